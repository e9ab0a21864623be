"""Parameters of the path that are no text: what callers give, and what is sent."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from scripts._generation.__main__ import main
from scripts._generation.comparing.changes import compare
from scripts._generation.reading.documents import load_document
from tests.generation.test_any_spec import Session
from tests.generation.typed import mistyped

SPEC = Path(__file__).with_name("path_values.yaml")
ID = "3f2b8c1e-5d0e-4a57-9a53-b6cf6ad0c1d1"
ORDER = {
    "id": ID,
    "line": 7,
    "share": 0.5,
    "is_open": True,
    "day": "2026-03-01",
    "at": "2026-03-01T10:20:30Z",
    "state": "open",
    "either": 8,
}
CALLER = '''"""What users write who have a model."""

from matillion_api.api import Resources
from matillion_api.api.orders import get_order
from matillion_api import Client


async def sent(client: Resources, text: str) -> None:
    order = await client.orders.get(text)
    await client.orders.get(order.id)
    await client.orders.get_line(
        order.id, order.line, order.share, order.is_open, order.day, order.at
    )
    await client.states.get(order.state, order.either, [order.id, text], order.line)


async def plain(client: Client) -> None:
    order = await get_order.asyncio("x", client=client)
    await get_order.asyncio(order.id, client=client)
'''


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package."""
    folder = tmp_path_factory.mktemp("path_values")
    assert 0 == main(["--spec", str(SPEC), "--output", str(folder), "--strict"])
    return folder


@pytest.fixture
def api(made: Path, separate_import: None) -> Iterator[Any]:
    """The groups of the package, over a session that keeps what is sent."""
    sys.path.insert(0, str(made))
    yield importlib.import_module("matillion_api.api").Resources(Session())
    sys.path.remove(str(made))


def order_of(api: Any) -> Any:
    return importlib.import_module("matillion_api.models").Order.from_dict(ORDER)


async def sent(call: Any, api: Any) -> str:
    await call
    return str(api._session.sent["url"])


async def test_the_values_of_a_model(api: Any) -> None:
    """Each is sent as the URL has it."""
    order = order_of(api)
    line = api.orders.get_line(
        order.id, order.line, order.share, order.is_open, order.day, order.at
    )
    moment = "2026-03-01T10%3A20%3A30%2B00%3A00"
    assert f"/orders/{ID}/7/0.5/true/2026-03-01/{moment}" == await sent(line, api)
    state = api.states.get(order.state, order.either, [order.id, ID], order.line)
    assert f"/states/open/8/{ID},{ID}/;line=7" == await sent(state, api)


async def test_text(api: Any) -> None:
    """It is sent as it is, such as an id of a command line, but nothing that would address something else."""
    line = api.orders.get_line(ID, "7", 1, "false", "today", "now")
    assert f"/orders/{ID}/7/1/false/today/now" == await sent(line, api)
    with pytest.raises(Exception, match="line must not be"):
        await api.orders.get_line(ID, "..", 1, True, "today", "now")


@pytest.mark.parametrize(
    ("index", "value", "told"),
    [
        (0, 7, "id must be a UUID or a string, not int"),
        (1, 0.5, "line must be an integer, not float"),
        (1, True, "line must be an integer, not bool"),
        (1, None, "line must be an integer, not NoneType"),
        (1, UUID(ID), "line must be an integer, not UUID"),
        (2, False, "share must be a number, not bool"),
        (3, 1, "is_open must be a boolean, not int"),
        (4, datetime(2026, 3, 1, tzinfo=UTC), "day must be a date, not datetime"),
        (5, date(2026, 3, 1), "at must be a datetime, not date"),
        (5, datetime(2026, 3, 1), "at has no time zone"),
    ],
)
async def test_another_type(api: Any, index: int, value: object, told: str) -> None:
    """It is refused before anything is sent."""
    given: list[Any] = [ID, 7, 0.5, True, date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)]
    given[index] = value
    with pytest.raises(Exception, match=told):
        await api.orders.get_line(*given)
    assert {} == api._session.sent


async def test_a_model_in_place_of_its_id(api: Any) -> None:
    """It says what to give."""
    with pytest.raises(
        Exception, match=r"id must be a UUID or a string, not Order: give order\.id"
    ):
        await api.orders.get(order_of(api))


def test_the_docstring(api: Any) -> None:
    """It has the types of the signature."""
    assert "id (UUID | str): Which one." in type(api.orders).get.__doc__
    assert "either (int | str):" in type(api.states).get.__doc__


@pytest.mark.long
def test_a_caller_is_typed(made: Path, mypy_cache: Path) -> None:
    """mypy takes the values of a model for them, as strict as it can be."""
    (made / "caller.py").write_text(CALLER, encoding="utf-8")
    assert [] == mistyped(made, mypy_cache, made / "caller.py", made / "matillion_api")


def test_what_changes_for_callers() -> None:
    """An id that becomes a UUID may still be text; one that becomes a number may not."""
    told = []
    for schema in ({"type": "string", "format": "uuid"}, {"type": "integer"}):
        old, new = load_document(SPEC), load_document(SPEC)
        old["components"]["schemas"]["Id"] = {"type": "string"}
        new["components"]["schemas"]["Id"] = schema
        told += [
            (each.kind, each.breaking)
            for each in compare(old, new)
            if each.place == "path id" and each.subject == "client.orders.get"
        ]
    assert [("type-widened", False), ("type-changed", True)] == told

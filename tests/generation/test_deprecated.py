"""Arguments that are deprecated: a warning where one is given."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generation.small import TEXT, body, document, fields, imported, made, models, named

OLD = {**TEXT, "deprecated": True}
QUERY = [
    {"name": "old", "in": "query", "deprecated": True, "schema": named("Word")},
    {"name": "flag", "in": "query", "schema": OLD},
    {"name": "X-Old", "in": "header", "deprecated": True, "schema": TEXT},
    {"name": "must", "in": "query", "deprecated": True, "required": True, "schema": TEXT},
    {"name": "projectId", "in": "query", "deprecated": True, "schema": TEXT},
    {"name": "new", "in": "query", "schema": TEXT},
]
DOCUMENT = document(
    {
        "POST /things": {
            "operationId": "send",
            "parameters": QUERY,
            **body(fields("name", name=OLD, note={**named("Word"), "deprecated": True}, size=TEXT)),
        },
        "PUT /things": {"operationId": "put", **body(named("Nowhere"))},
    },
    Word={"type": "string", "enum": ["a"]},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(DOCUMENT, tmp_path_factory.mktemp("deprecated"))


@pytest.fixture
def api(folder: Path, separate_import: None) -> Iterator[Any]:
    with imported(folder) as found:
        yield found


async def test_methods(api: Any) -> None:
    """Of what is given and need not be, at the line of the caller."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await api.default.send(name="n", must="m", new="n", size="s")
        assert [] == caught
        await api.default.send(
            name="n", must="m", old="a", flag="b", x_old="c", project_id="p", note="a"
        )
    assert [
        f"an argument of client.default.send is deprecated by the API: {name}"
        for name in ("old", "flag", "project_id", "x_old", "note")
    ] == [str(each.message) for each in caught]
    assert {__file__} == {each.filename for each in caught}


async def test_plain_functions(api: Any) -> None:
    """Their parameters; a body is one argument there."""
    send = importlib.import_module("matillion_api.api.default.send")
    types = importlib.import_module("matillion_api")
    sent = models().SendBody("n", note=models().Word.A)
    transport = httpx.MockTransport(lambda _: httpx.Response(204))
    client = types.Client(base_url="https://a.example", httpx_args={"transport": transport})
    with pytest.warns(DeprecationWarning, match=r"default\.send is deprecated .*: flag") as caught:
        await send.asyncio(client=client, body=sent, must="m", flag="b")
    assert [__file__] == [each.filename for each in caught]
    await client.aclose()

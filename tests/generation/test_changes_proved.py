"""The verdicts on changes, held against both packages: what a caller of the first one has written, checked with the second."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.findings import Findings
from scripts._generation.writing.package import build
from tests.generation.change_rows import ROWS, Row, document
from tests.generation.spec import ROOT
from tests.generation.typed import told

pytestmark = pytest.mark.long
CALLER = """
import asyncio
from typing import Any
from {package} import models
from {package}.api import Resources
from {package}.types import UNSET, Unset


async def use(api: Resources) -> None:
    {call}
"""
METHODS = {
    ("/things", "get"): "list",
    ("/things", "post"): "create",
    ("/groups/{group}/things/{id}", "get"): "get",
    ("/groups/{group}/things/{id}", "put"): "send",
    ("/thing-pages", "get"): "page_things",
}


def word_of(row: Row) -> str:
    """What things are called in the part of a document that is a row's own."""
    first, second = divmod(ROWS.index(row), 20)
    return f"z{chr(97 + first)}{chr(97 + second)}k"


def renamed(text: str, row: Row) -> str:
    """A document or a call with the row's own word."""
    word = word_of(row)
    return text.replace("thing", word).replace("Thing", word.capitalize())


def all_of(which: str) -> dict[str, Any]:
    """One document with those of all rows, each under names of its own, and without operations that nobody calls."""
    made = document({})
    made["paths"], made["components"]["schemas"] = {}, {}
    for row in ROWS:
        part = document(getattr(row, which))
        called = set(re.findall(r"things\.(\w+)\(", row.call))
        for (path, method), name in METHODS.items():
            if called and name not in called:
                part["paths"].get(path, {}).pop(method, None)
        part = json.loads(renamed(json.dumps(part), row))
        made["paths"] |= part["paths"]
        made["components"]["schemas"] |= part["components"]["schemas"]
    return made


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both packages, ``before`` and ``after``."""
    folder = tmp_path_factory.mktemp("packages")
    for package, which in (("before", "old"), ("after", "new")):
        found = folder / f"in_{package}"
        found.mkdir()
        shutil.move(build(all_of(which), ROOT / "openapi", found, Findings()), folder / package)
    return folder


@pytest.fixture(scope="module")
def refused(packages: Path, mypy_cache: Path) -> dict[str, str]:
    """What mypy says first of each file that it refuses."""
    callers = packages / "callers"
    callers.mkdir()
    for package in ("before", "after"):
        for row in ROWS:
            call = renamed(row.call.replace("PACKAGE", package), row)
            text = CALLER.format(package=package, call=call)
            (callers / f"{package}_{word_of(row)}.py").write_text(text, encoding="utf-8")
    options = ["--follow-imports=silent", "--no-error-summary", "--hide-error-context"]
    # Beside the packages, where both are found; each caller is a module of its own.
    for file in callers.iterdir():
        shutil.move(file, packages / file.name)
    found: dict[str, str] = {}
    for line in told(packages, mypy_cache, *options, *sorted(packages.glob("*.py"))).splitlines():
        if ": error: " in line:
            found.setdefault(Path(line.partition(":")[0]).stem, line)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_what_is_breaking_is_refused(row: Row, refused: dict[str, str]) -> None:
    """What was right is refused if a line says so, and else still accepted."""
    assert f"before_{word_of(row)}" not in refused, "the call is not right before"
    is_refused = f"after_{word_of(row)}" in refused
    assert is_refused == (row.is_breaking and row.is_typed), refused.get(f"after_{word_of(row)}")


class Session:
    """Keeps what an operation sends."""

    def __init__(self) -> None:
        self.sent: dict[str, Any] = {}

    async def call(self, operation: Any, /, **arguments: Any) -> None:
        self.sent = operation.get_kwargs(**arguments)


@pytest.fixture
def groups(packages: Path) -> Iterator[Any]:
    """Gives the group of a row in one of the packages, its session, and the models."""

    def group_in(package: str, name: str) -> tuple[Any, Session, Any]:
        row = next(row for row in ROWS if row.name == name)
        session = Session()
        resources = importlib.import_module(f"{package}.api").Resources(session)
        models = importlib.import_module(f"{package}.models")
        return getattr(resources, f"{word_of(row)}s"), session, models

    sys.path.insert(0, str(packages))
    yield group_in
    sys.path.remove(str(packages))
    for name in [name for name in sys.modules if name.partition(".")[0] in ("before", "after")]:
        del sys.modules[name]


async def test_positions_mean_something_else(groups: Any) -> None:
    """The same call asks for another thing, which no type tells."""
    urls = {}
    for package in ("before", "after"):
        group, session, _ = groups(package, "positions changed")
        await group.get("one", "two")
        urls[package] = re.sub("z..ks", "things", session.sent["url"])
        assert ["group", "id"] == sorted(inspect.signature(group.get).parameters)
    assert {"before": "/groups/one/things/two", "after": "/things/one/groups/two"} == urls


async def test_narrower_bounds_refuse(groups: Any) -> None:
    """What was sent is not, before the server is asked."""
    group, session, _ = groups("before", "bounds narrower")
    await group.list(limit=51)
    assert {"limit": 51} == session.sent["params"]
    group, _, _ = groups("after", "bounds narrower")
    with pytest.raises(ValueError, match="limit"):
        await group.list(limit=51)


def test_a_member_of_another_value_sends_it(groups: Any) -> None:
    """The name stays."""
    values = {}
    for package in ("before", "after"):
        _, _, models = groups(package, "member of another value")
        row = next(row for row in ROWS if row.name == "member of another value")
        values[package] = getattr(models, f"{word_of(row).capitalize()}State").VALUE_0.value
    assert {"before": "1", "after": "0"} == values


async def test_a_deprecated_operation_warns(groups: Any) -> None:
    """At the line of the caller, and in its docstring; before, it did neither."""
    group, session, _ = groups("before", "operation deprecated")
    await group.get("one", "two")
    assert "Deprecated" not in group.get.__doc__
    group, session, _ = groups("after", "operation deprecated")
    with pytest.warns(DeprecationWarning, match="get is deprecated by the API") as caught:
        await group.get("one", "two")
    assert [__file__] == [warning.filename for warning in caught]
    assert "Deprecated by the API." in group.get.__doc__
    assert session.sent["url"].endswith("two"), "it is sent all the same"


def test_what_is_deprecated_says_so(groups: Any) -> None:
    """Parameters, fields of a body, and fields of a model."""
    group, _, _ = groups("after", "argument deprecated")
    assert "sort (str | Unset): Deprecated." in group.list.__doc__
    assert "note (str | Unset): Deprecated." in group.create.__doc__
    _, _, models = groups("after", "field deprecated")
    row = next(row for row in ROWS if row.name == "field deprecated")
    model = getattr(models, word_of(row).capitalize())
    assert "size (int | Unset): Deprecated." in model.__doc__
    assert "weight (float | Unset):\n" in model.__doc__

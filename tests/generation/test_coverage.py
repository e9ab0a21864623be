"""docs/coverage.md, and what the spec says about the command line."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from matillion_async import MatillionClient
from matillion_async.cli._app import matillion
from scripts._generation import __main__ as command
from scripts._generation.bundle import join, operations
from scripts._generation.coverage import render

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = join(ROOT / "openapi")
PAGE = render(DOCUMENT)
CALLS = re.findall(r"`(client\.[^`]+)`", PAGE)

COMMANDS_WITHOUT_OPERATION = {"api", "sandbox"}
"""Any operation that is named, and none."""


def commands(group: click.Command, *names: str) -> Iterator[str]:
    """Every command below ``group``, as it is typed."""
    if not isinstance(group, click.Group):
        yield " ".join(names)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield from commands(found, *names, name)


def stated() -> set[str]:
    """The commands that operations of the spec name."""
    return {name for *_, each in operations(DOCUMENT) for name in each.get("x-cli", [])}


def test_the_spec_names_each_command_and_no_other() -> None:
    """Every command is that of an operation, or is known to have none; none is named that does not exist."""
    assert set(commands(matillion)) == stated() | COMMANDS_WITHOUT_OPERATION


def test_every_operation_is_on_the_page() -> None:
    """Each operation has its row, with its request and with each command that makes it."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    for path, method, operation in operations(DOCUMENT):
        row = next(row for row in rows if f"| `{method.upper()} {path}` |" in row)
        assert row.startswith(f"| {operation['summary']} |")
        assert row.endswith(f"| {operation['x-confidence']} | {', '.join(operation['x-source'])} |")
        assert [] == [
            name for name in operation.get("x-cli", []) if f"`matillion {name}`" not in row
        ]


def test_what_is_left_out_has_a_reason() -> None:
    """What is known and missing closes the page."""
    for each in DOCUMENT["x-left-out"]:
        assert f"| {each['name']} | {each['reason']} |" in PAGE.partition("## Left out")[2]


def test_there_is_a_call_for_each_operation() -> None:
    """Only the exchange of tokens has no call of its own: the client makes it."""
    assert len(list(operations(DOCUMENT))) == len(CALLS) + 1


@pytest.mark.parametrize("call", CALLS)
async def test_a_call_is_complete(call: str) -> None:
    """The method that the page names exists, and takes the arguments that the page gives it."""
    parsed = ast.parse(call, mode="eval").body
    assert isinstance(parsed, ast.Call)
    async with MatillionClient(client_id="a", client_secret="b", region="eu1") as client:
        method: Any = client
        for name in ast.unparse(parsed.func).split(".")[1:]:
            method = getattr(method, name)
        keywords = {str(each.arg): ... for each in parsed.keywords}
        inspect.signature(method).bind(*parsed.args, **keywords)


def test_check_fails_when_the_page_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check names a page that is out of date and leaves it; without --check it is written."""
    page = tmp_path / "coverage.md"
    page.write_text("old")
    monkeypatch.setattr(command, "COVERAGE", page)
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    monkeypatch.setattr(command, "GENERATED", tmp_path / "generated")

    assert command.main(["--check"]) == 1
    assert "differs: docs/coverage.md" in capsys.readouterr().err
    assert page.read_text() == "old"

    assert command.main([]) == 0
    assert page.read_text(encoding="utf-8") == PAGE


def test_another_spec_leaves_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page tells about the package in the tree, so generating another one does not touch it."""
    monkeypatch.setattr(command, "COVERAGE", tmp_path / "coverage.md")
    assert command.main(["--output", str(tmp_path / "generated")]) == 0
    assert not (tmp_path / "coverage.md").exists()

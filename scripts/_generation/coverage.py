"""Write docs/coverage.md: what of the API there is, how it is called, and how sure its description is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts._generation.bundle import operations
from scripts._generation.facts import name_of

_INTRODUCTION = """\
# Coverage of the API

<!-- Written by scripts/generate from openapi/; change it there. -->

{covered} operations, each with its call in Python and, where there is one, on the command line. `matillion api` sends any
other that takes and gives JSON.

Confidence is `HIGH` where the vendor and a working client agree, and `MEDIUM` where one of them describes the operation.
Of what is `LOW`, no more than a title is known: it is [left out](#left-out). Sources are:
"""
_HEAD = """\
| operation | method and path | Python | command line | confidence | source |
| --- | --- | --- | --- | --- | --- |
"""
_LEFT_OUT = """\
## Left out

| what | why |
| --- | --- |
"""


def render(document: dict[str, Any]) -> str:
    """The page, from the joined spec."""
    found = list(operations(document))
    sources = "".join(f"\n- {name}: {what}" for name, what in document["x-sources"].items())
    parts = [f"{_INTRODUCTION.format(covered=len(found))}{sources}\n"]
    for tag in document["tags"]:
        rows = [
            _row(path, method, operation)
            for path, method, operation in found
            if operation["tags"][0] == tag["name"]
        ]
        title = tag["name"].replace("_", " ").capitalize()
        parts.append(f"## {title}\n\n{tag['description']}\n\n{_HEAD}{''.join(rows)}")
    left_out = "".join(_line(each["name"], each["reason"]) for each in document["x-left-out"])
    parts.append(f"{_LEFT_OUT}{left_out}")
    return "\n".join(parts)


def _row(path: str, method: str, operation: dict[str, Any]) -> str:
    return _line(
        operation["summary"],
        f"`{method.upper()} {path}`",
        "done by the client"
        if operation.get("x-generate") is False
        else _call(operation, method, path),
        "<br>".join(f"`matillion {command}`" for command in operation.get("x-cli", ())),
        operation["x-confidence"],
        ", ".join(operation["x-source"]),
    )


def _call(operation: dict[str, Any], method: str, path: str) -> str:
    group, name = name_of(operation, method, path)
    return f"`client.{group}.{name}`"


def _line(*cells: str) -> str:
    return f"| {' | '.join(_escaped(cells))} |\n"


def _escaped(cells: tuple[str, ...]) -> Iterator[str]:
    for cell in cells:
        yield cell.replace("|", "\\|")

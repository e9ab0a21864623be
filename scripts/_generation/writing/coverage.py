"""Write docs/coverage.md: what of the API there is, how it is called, and how sure its description is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts._generation.preparing.facts import json_schema
from scripts._generation.preparing.names import python_name
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import operations, resolve

_INTRODUCTION = """\
# Coverage of the API

<!-- Written by scripts/generate from openapi/; change it there. -->

{covered} operations, each with its call in Python, as far as it must be given, and, where there is one, on the command line.
[The reference](reference/operations.md) has the other arguments. `matillion api` sends any other request that takes and gives
JSON.

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
    prepared = prepare(document)
    sources = "".join(f"\n- {name}: {what}" for name, what in document["x-sources"].items())
    parts = [f"{_INTRODUCTION.format(covered=len(found))}{sources}\n"]
    for tag in document["tags"]:
        rows = [
            _row(prepared, path, method, operation)
            for path, method, operation in found
            if operation["tags"][0] == tag["name"]
        ]
        title = tag["name"].replace("_", " ").capitalize()
        parts.append(f"## {title}\n\n{tag['description']}\n\n{_HEAD}{''.join(rows)}")
    left_out = "".join(_line(each["name"], each["reason"]) for each in document["x-left-out"])
    parts.append(f"{_LEFT_OUT}{left_out}")
    return "\n".join(parts)


def _row(prepared: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    is_generated = operation.get("x-generate") is not False
    return _line(
        operation["summary"],
        f"`{method.upper()} {path}`",
        f"`{_call(prepared, path, method)}`" if is_generated else "done by the client",
        "<br>".join(f"`matillion {command}`" for command in operation.get("x-cli", ())),
        operation["x-confidence"],
        ", ".join(operation["x-source"]),
    )


def _call(prepared: dict[str, Any], path: str, method: str) -> str:
    """The call with the arguments that it cannot do without."""
    operation = prepared["paths"][path][method]
    facts = next(iter(operation["responses"].values()))["x-operation"]
    required = [each for each in operation["parameters"] if each["required"]]
    given = [_argument(each) for each in required if each["in"] == "path"]
    given += [f"{field}=..." for field in _body(prepared, operation, facts)]
    given += [f"{_argument(each)}=..." for each in required if each["in"] != "path"]
    return f"client.{facts['id']}({', '.join(given)})"


def _argument(parameter: dict[str, Any]) -> str:
    is_project = (
        parameter["name"] == "projectId"
    )  # a name may stand for it, so it is not called an id
    return "project" if is_project else python_name(parameter["name"])


def _body(prepared: dict[str, Any], operation: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    body = operation.get("requestBody", {})
    if not facts["flatten"]:
        return ["body"] if body.get("required") else []
    schema = json_schema(prepared, body["content"])
    fields = {
        name: resolve(prepared, schema["properties"][name]) for name in schema.get("required", [])
    }
    return [
        python_name(name)
        for name, field in fields.items()
        if "const" not in field and "default" not in field
    ]


def _line(*cells: str) -> str:
    return f"| {' | '.join(_escaped(cells))} |\n"


def _escaped(cells: tuple[str, ...]) -> Iterator[str]:
    for cell in cells:
        yield cell.replace("|", "\\|")

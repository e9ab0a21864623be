"""Write docs/coverage.md: which operations there are, how to call each, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts._generation.bundle import operations, resolve
from scripts._generation.facts import json_schema, prepare
from scripts._generation.names import python_name

_HEAD = """<!-- Generated from openapi/ by scripts/generate. Do not edit. -->
# Operations of the API, and how to call them

{count} operations in {groups} groups. Python calls show what must be given; [the reference](reference/operations.md) lists
what else may be. Where there is no command, `matillion api METHOD PATH` makes the call.

How sure each description is, and where it comes from: **HIGH** means that the vendor and a working client agree,
**MEDIUM** that only one of them says so. Sources are the vendor's API reference (REF), its newer and older guides (GUIDE,
GUIDE-OLD), its Go client (VENDOR-GO) and public clients (C1 to C9).
"""


def render(document: dict[str, Any]) -> str:
    """The page as Markdown, from the joined spec: a table for each group, in the order of its tags."""
    generated = prepare(document)["paths"]
    rows: dict[str, list[str]] = {tag["name"]: [] for tag in document.get("tags", [])}
    for path, method, operation in operations(document):
        prepared = generated.get(path, {}).get(method)
        rows[operation["tags"][0]].append(
            _row(
                operation["summary"],
                _code(f"{method.upper()} {path}"),
                _code(_python_call(document, prepared))
                if prepared
                else "made by the client itself",
                "<br>".join(_code(f"matillion {name}") for name in operation.get("x-cli", [])),
                operation["x-confidence"],
                ", ".join(operation["x-source"]),
            )
        )
    count = sum(len(group) for group in rows.values())
    parts = [_HEAD.format(count=count, groups=len(rows))]
    for tag in document["tags"]:
        parts += [f"## {_title(tag['name'])}\n", f"{tag['description']}\n"]
        parts += [*_table("Operation", "Request", "Python", "Command line", "Confidence", "Source")]
        parts += [*rows[tag["name"]], ""]
    return "\n".join([*parts, *_left_out(document)]) + "\n"


def _left_out(document: dict[str, Any]) -> Iterator[str]:
    yield "## Left out\n"
    yield "What is known to exist, and not well enough to be called:\n"
    yield from _table("Operation", "Reason")
    for each in document["x-left-out"]:
        yield _row(each["name"], each["reason"])


def _python_call(document: dict[str, Any], operation: dict[str, Any]) -> str:
    """The call with the arguments that it cannot do without, as the resource class names them."""
    facts = next(iter(operation["responses"].values()))["x-operation"]
    required = [each for each in operation["parameters"] if each.get("required")]
    arguments = [_argument(facts, each) for each in required if each["in"] == "path"]
    arguments += [f"{name}=..." for name in _body_arguments(document, operation, facts)]
    arguments += [f"{_argument(facts, each)}=..." for each in required if each["in"] != "path"]
    return f"client.{facts['id']}({', '.join(arguments)})"


def _argument(facts: dict[str, Any], parameter: dict[str, Any]) -> str:
    name = python_name(parameter["name"])
    return name.replace("_id", "") if name in facts["projects"] else name


def _body_arguments(
    document: dict[str, Any], operation: dict[str, Any], facts: dict[str, Any]
) -> list[str]:
    body = operation.get("requestBody", {})
    if not facts["flatten"]:
        return ["body"] if body.get("required") else []
    schema = json_schema(document, body["content"])
    required = schema.get("required", [])
    fields = {name: resolve(document, schema["properties"][name]) for name in required}
    return [
        python_name(name)
        for name, field in fields.items()
        if "const" not in field and "default" not in field
    ]


def _title(tag: str) -> str:
    return tag.replace("_", " ").capitalize()


def _code(text: str) -> str:
    return f"`{text}`"


def _table(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row(*("---" for _ in titles))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"

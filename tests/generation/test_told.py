"""What of a file is told, and where: nothing of it is left out in silence."""

from __future__ import annotations

from typing import Any

import pytest

from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from tests.generation.small import NUMBER, TEXT, document, fields


def told(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    findings = Findings()
    prepare(found, findings)
    return [(*each.place, str(each)) for each in findings]


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        (
            {"schema": {**fields(x=NUMBER), "additionalProperties": TEXT}},
            " takes further fields: they are left out",
        ),
        (
            {"style": "deepObject", "schema": fields(x=NUMBER, y={"type": "array", "items": TEXT})},
            ": lists have no form in the style deepObject, and cannot be sent: p[y]",
        ),
        ({"schema": {**fields(x=NUMBER), "additionalProperties": False}}, None),
        ({"style": "deepObject", "schema": fields(x=NUMBER)}, None),
        ({"schema": {"type": "object", "additionalProperties": TEXT}}, None),
    ],
)
def test_an_object_in_the_query(parameter: dict[str, Any], reason: str | None) -> None:
    """Of which a part has no form there."""
    found = document({"GET /a": {"parameters": [{"name": "p", "in": "query", **parameter}]}})
    place = ("paths", "/a", "get", "parameters", 0)
    expected = [(*place, f"GET /a: the parameter 'p' (query){reason}")] if reason else []
    assert expected == told(found)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (
            {"name": "o", "in": "query", "schema": fields(x=NUMBER)},
            {"name": "x", "in": "query"},
            "x",
        ),
        ({"name": "X-Id", "in": "header"}, {"name": "x-id", "in": "header"}, "x-id"),
    ],
)
def test_two_that_are_sent_as_one(first: Any, second: Any, name: str) -> None:
    """A field of an object and a parameter, or names that differ in case only: one would be lost."""
    parameters = [{"schema": TEXT, **first}, {"schema": TEXT, **second}]
    where, last = second["in"], second["name"]
    reason = f"GET /a: the parameter {last!r} ({where}) is sent as {name!r}, and so is another one: it is left out"
    ((*_, found),) = told(document({"GET /a": {"parameters": parameters}}))
    assert reason == found

"""What a change of the spec means for users, and what of it breaks their code."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts._generation.changes import compare
from tests.generation.test_mistakes import (
    CREATION,
    DOCUMENT,
    FIELDS,
    GET,
    GONE,
    LISTING,
    POST,
    SCHEMAS,
    TEXT,
    changed,
)
from tests.generation.test_vendor_spec import camel_case, without_extensions

PAGE_FIELDS = (*SCHEMAS, "WidgetPage", "properties")
SIZE = (*GET, "parameters", 1)
COLOUR = {"name": "colour", "in": "query", "schema": TEXT}
LIMITED = {"type": "integer", "minimum": 1, "maximum": 50}


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ((*POST, "x-method"), "add", "BREAKING operation create_widget is client.widgets.add, not"),
        ((*POST, "tags"), ["things"], "BREAKING operation create_widget is client.things.create"),
        ((*POST, "x-idempotent"), True, "operation create_widget: idempotent is now True"),
        ((*POST, "x-generate"), False, "BREAKING operation create_widget removed"),
        (
            (*POST, "requestBody", "required"),
            True,
            "BREAKING operation create_widget takes the fields of its body",
        ),
        (
            (*POST, "responses", "204"),
            {"description": "", "content": {"application/json": {"schema": TEXT}}},
            "BREAKING operation create_widget returns string, not nothing",
        ),
        (
            (*GET, "responses", "204"),
            {"description": ""},
            "BREAKING operation list_widgets returns Widg",
        ),
        ((*GET, "x-paging", "max_size"), 50, "operation list_widgets is paged otherwise"),
        ((*GET, "parameters", 2), COLOUR, "operation list_widgets: parameter colour added"),
        (
            (*GET, "parameters", 2),
            COLOUR | {"required": True},
            "BREAKING operation list_widgets: parameter colour added, required",
        ),
        (
            ("paths", "/v1/widgets", "parameters"),
            [COLOUR],
            "operation list_widgets: parameter colour added",
        ),
        ((*SIZE, "schema"), TEXT, "BREAKING operation list_widgets: parameter size is string, not"),
        ((*SIZE, "required"), True, "BREAKING operation list_widgets: parameter size is now requi"),
        (
            (*SIZE, "schema"),
            LIMITED,
            "BREAKING operation list_widgets: parameter size has minimum 1 and maximum 50",
        ),
        ((*FIELDS, "id"), GONE, "BREAKING model Widget: field id removed"),
        ((*FIELDS, "name"), TEXT, "model Widget: field name added"),
        (
            (*FIELDS, "id", "format"),
            "uuid",
            "BREAKING model Widget: field id is string (uuid), not",
        ),
        (
            (*SCHEMAS, "Widget", "required"),
            ["id"],
            "BREAKING model Widget: field id is now required",
        ),
        (
            (*SCHEMAS, "WidgetPage", "required"),
            [],
            "BREAKING model WidgetPage: field results is now optional",
        ),
        (
            (*SCHEMAS, "WidgetPage", "required"),
            ["results", "total"],
            "model WidgetPage: field total is now required",
        ),
        (
            (*FIELDS, "part"),
            {"$ref": "#/components/schemas/WidgetPage"},
            "model Widget: field part added",
        ),
    ],
)
def test_a_change_is_told(place: tuple[Any, ...], value: Any, told: str) -> None:
    """Each in one line; what breaks a caller or a reader is marked."""
    lines = [str(change) for change in compare(DOCUMENT, changed(place, value))]
    assert [told] == [line.strip()[: len(told)] for line in lines if told in line]


def test_wider_bounds_break_nothing() -> None:
    """What was accepted is accepted still."""
    told = compare(changed((*SIZE, "schema"), LIMITED), DOCUMENT)
    assert ["         operation list_widgets: parameter size has no bounds"] == list(map(str, told))


def test_what_is_described_inside_is_told() -> None:
    """Objects and enums without a name of their own are told by that of their class."""
    inner = {"type": "object", "properties": {"a": TEXT, "e": {"enum": ["x", "y"]}}}
    other = {"type": "object", "properties": {"b": TEXT, "e": {"enum": ["y", "z"]}}}
    told = compare(changed((*FIELDS, "part"), inner), changed((*FIELDS, "part"), other))
    assert [
        "BREAKING enum WidgetPartE: x removed",
        "BREAKING model WidgetPart: field a removed",
        "         enum WidgetPartE: z added",
        "         model WidgetPart: field b added",
    ] == list(map(str, told))


def test_a_path_that_moves() -> None:
    """The call stays the same."""
    moved = changed(("paths",), {"/v2/widgets": {"get": LISTING, "post": CREATION}})
    assert [
        "         operation create_widget moved from POST /v1/widgets to POST /v2/widgets",
        "         operation list_widgets moved from GET /v1/widgets to GET /v2/widgets",
    ] == list(map(str, compare(DOCUMENT, moved)))


def test_a_parameter_that_leaves_the_path() -> None:
    """It was given by position, and is given by name now."""
    named = {"name": "id", "required": True, "schema": TEXT}
    places = [changed(("paths",), {}) for _ in range(2)]
    for document, where in zip(places, ("path", "query"), strict=True):
        operation = CREATION | {"parameters": [named | {"in": where}]}
        document["paths"]["/v1/{id}" if where == "path" else "/v1"] = {"post": operation}
    assert (
        "BREAKING operation create_widget: parameter id is string, not string in the path"
    ) in list(map(str, compare(*places)))


def test_what_is_written_otherwise_is_no_change() -> None:
    """The same package from a file that states less, or names its operations in another case."""
    other = without_extensions(DOCUMENT)
    for item in other["paths"].values():
        for operation in item.values():
            operation["operationId"] = camel_case(operation["operationId"])
    assert [] == compare(DOCUMENT, other)
    assert [] == compare(DOCUMENT, changed((*FIELDS, "id", "format"), "password"))


def test_the_order_of_fields_means_nothing() -> None:
    """A published package has its fields in the order of the alphabet, and the file in another one."""
    document = copy.deepcopy(DOCUMENT)
    fields = document["components"]["schemas"]["WidgetPage"]["properties"]
    document["components"]["schemas"]["WidgetPage"]["properties"] = dict(reversed(fields.items()))
    assert [] == list(compare(DOCUMENT, document))

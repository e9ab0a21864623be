"""Requests are checked by whatever OpenAPI document the sandbox is given."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._problems import ProblemError
from matillion_async.sandbox._spec import Spec
from matillion_async.sandbox._validation import Validator
from tests.sandbox.raw_client import signed_in

SCHEMAS: dict[str, dict[str, Any]] = {
    "flag": {"type": "boolean"},
    "ratio": {"type": "number", "maximum": 1},
    "status": {"type": "array", "items": {"type": "string", "enum": ["A", "B"]}},
    "ids": {"type": "array", "items": {"type": "integer"}},
    "from": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
    "owner": {"type": "string", "format": "uuid"},
    "count": {"type": "integer", "format": "int32"},
    "code": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 4},
}


def document() -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"in": "query", "name": name, "schema": schema} for name, schema in SCHEMAS.items()
    ]
    parameters[3]["explode"] = False
    header = {"in": "header", "name": "Version-Name", "required": True, "schema": {"minLength": 1}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://example.com/dpc/"}],
        "paths": {
            "/v1/things/special": {"get": {"operationId": "special", "responses": {"200": {}}}},
            "/v1/things/{thingId}": {
                "parameters": [{"$ref": "#/components/parameters/ThingId"}],
                "get": {
                    "operationId": "get_thing",
                    "tags": ["odd things"],
                    "x-method": "get",
                    "security": [],
                    "parameters": [*parameters, header],
                    "responses": {"default": {}},
                },
            },
            "/v1/things/{thingId}/parts": {
                "get": {"operationId": "parts", "responses": {"200": {}}}
            },
        },
        "components": {
            "parameters": {
                "ThingId": {
                    "in": "path",
                    "name": "thingId",
                    "required": True,
                    "schema": {"maxLength": 9},
                }
            }
        },
    }


def values(query: str, headers: dict[str, str] | None = None, thing: str = "x") -> dict[str, Any]:
    spec = Spec(document())
    given = {"version-name": "1"} if headers is None else headers
    return Validator(spec).parameters(
        spec.operations["get_thing"], {"thingId": thing}, query.encode(), given
    )


def violations(query: str, **options: Any) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        values(query, **options)
    return list(caught.value.violations)


def test_values_have_their_types() -> None:
    """Booleans, numbers, arrays of both styles and headers are read as the schema says."""
    query = (
        "flag=true&ratio=0.5&status=A&status=B&ids=1,2&from=2026-01-02T03:04:05.678Z&day=2026-01-02"
        "&owner=7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10&count=-5&code=abc&unknown=1"
    )
    assert {
        "thingId": "x",
        "flag": True,
        "ratio": 0.5,
        "status": ["A", "B"],
        "ids": [1, 2],
        "from": "2026-01-02T03:04:05.678Z",
        "day": "2026-01-02",
        "owner": "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10",
        "count": -5,
        "code": "abc",
        "Version-Name": "1",
    } == values(query)


@pytest.mark.parametrize(
    ("query", "violation"),
    [
        ("flag=1", "flag: must be true or false"),
        ("ratio=1.5", "ratio: must be at most 1"),
        ("ratio=inf", "ratio: must be a number"),
        ("status=A&status=C", "status[1]: must be one of A, B"),
        ("ids=1,x", "ids: must be an integer"),
        ("from=2026-01-02", "from: must be a valid date-time"),
        ("from=2026-01-02T03:04:05", "from: must be a valid date-time"),
        ("from=yesterday", "from: must be a valid date-time"),
        ("from=20260102T030405Z", "from: must be a valid date-time"),
        ("from=2026-W01-2T03:04:05Z", "from: must be a valid date-time"),
        ("from=2026-01-02T03Z", "from: must be a valid date-time"),
        ("from=2026-13-02T03:04:05Z", "from: must be a valid date-time"),
        ("day=2026-02-30", "day: must be a valid date"),
        ("day=20260102", "day: must be a valid date"),
        ("owner=7f2a", "owner: must be a valid uuid"),
        ("count=2147483648", "count: must be a valid int32"),
        ("code=ABC", "code: must match ^[a-z]+$"),
        ("code=abcde", "code: must have at most 4 characters"),
    ],
)
def test_values_that_are_not_allowed(query: str, violation: str) -> None:
    """Each gets a sentence with its name."""
    assert [violation] == violations(query)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02T03:04Z",
        "2026-01-02t03:04:05.123456789z",
        "2026-01-02T03:04:05%2B05:30",
        "2026-01-02T03:04:05-00:00",
    ],
)
def test_dates_of_rfc_3339(text: str) -> None:
    """With any offset and fraction, and as Java writes them, without the seconds."""
    assert unquote(text) == values(f"from={text}")["from"]


@pytest.mark.parametrize(
    ("value", "violation"),
    [
        ("1e400", "body: must be valid JSON"),
        ("NaN", "body: must be valid JSON"),
        ("[" * 100_000, "body: must be valid JSON"),
        ("[" * 500 + "]" * 500, "body: must not be nested more than 100 levels deep"),
        ('{"a":' * 500 + "1" + "}" * 500, "body: must not be nested more than 100 levels deep"),
    ],
)
async def test_json_that_could_not_be_given_back(value: str, violation: str) -> None:
    """A number that is not one in JSON, and what is nested without end, are refused."""
    body = f'{{"Operations": [{{"op": "add", "path": "x", "value": {value}}}]}}'
    async with signed_in(Sandbox()) as client:
        users = (await client.get("/v1/directory-integration/scim/v2/Users")).json()
        response = await client.patch(
            f"/v1/directory-integration/scim/v2/Users/{users['Resources'][0]['id']}",
            content=body,
            headers={"Content-Type": "application/json"},
        )
    assert (400, [violation]) == (response.status_code, response.json()["violations"])


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Path, query and header together; a missing one is told too."""
    assert [
        "thingId: must have at most 9 characters",
        "flag: must be true or false",
        "Version-Name: must be given",
    ] == violations("flag=no", headers={}, thing="x" * 10)


@pytest.mark.parametrize(
    ("path", "operations", "found"),
    [
        ("dpc/v1/things/special", ["special"], {}),
        ("dpc/v1/things/other", ["get_thing"], {"thingId": "other"}),
        ("dpc/v1/things/special/parts", ["parts"], {"thingId": "special"}),
    ],
)
def test_fixed_segments_come_first(path: str, operations: list[str], found: dict[str, str]) -> None:
    """A fixed segment wins over a variable one, unless the rest of the path does not fit."""
    match = Spec(document()).match(path.split("/"))
    assert match is not None
    assert operations == [operation.id for operation in match.methods.values()]
    assert found == match.values


@pytest.mark.parametrize("path", ["dpc/v1/things", "dpc/v1/things/", "v1/things/x", "dpc"])
def test_paths_that_are_not_there(path: str) -> None:
    """An empty segment is not a value, and the server's own path is needed."""
    assert Spec(document()).match(path.split("/")) is None


async def test_an_operation_that_has_no_handler_yet() -> None:
    """A document with more operations works; those that the sandbox cannot do get 501."""
    bundled = Sandbox().spec.document
    added = document()["paths"]["/v1/things/{thingId}/parts"]
    added["get"]["parameters"] = [{"in": "path", "name": "thingId", "schema": {}}]
    spec = Spec({**bundled, "paths": {**bundled["paths"], "/v1/{thingId}": added}})

    async with signed_in(Sandbox(spec=spec)) as client:
        response = await client.get("/v1/x")

    assert 501 == response.status_code
    assert "parts" in response.json()["detail"]

"""The check of the sandbox's responses against the OpenAPI document would find a wrong one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matillion_async.sandbox._spec import bundled_spec
from matillion_async.sandbox._validation import Validator
from tests.sandbox.conformance import check_response

JSON = {"content-type": "application/json"}
PROBLEM = {"content-type": "application/problem+json"}


def check(operation_id: str | None, status: int, headers: dict[str, str], body: Any) -> None:
    spec = bundled_spec()
    operation = spec.operations[operation_id] if operation_id else None
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    check_response(Validator(spec), operation, status, headers, content)


@pytest.mark.parametrize(
    ("operation_id", "status", "headers", "body"),
    [
        ("list_projects", 200, JSON, {"results": [{"id": "a", "name": "b"}]}),
        ("list_projects", 503, PROBLEM, {"status": 503}),
        ("list_projects", 429, {"content-type": "text/plain", "retry-after": "1"}, b"no"),
        ("create_environment", 201, {}, b""),
        (None, 404, PROBLEM, {}),
        (None, 405, {**PROBLEM, "allow": "GET"}, {}),
    ],
)
def test_documented(
    operation_id: str | None, status: int, headers: dict[str, str], body: Any
) -> None:
    """Documented responses pass."""
    check(operation_id, status, headers, body)


@pytest.mark.parametrize(
    ("operation_id", "status", "headers", "body"),
    [
        ("list_projects", 418, JSON, {}),
        ("list_projects", 404, PROBLEM, {}),
        ("list_projects", 200, JSON, {"results": [{"id": 1, "name": "b"}]}),
        ("list_projects", 200, JSON, {"results": [{"name": "b"}]}),
        ("list_projects", 200, PROBLEM, {"results": []}),
        ("list_projects", 200, {}, {"results": []}),
        ("list_projects", 200, JSON, b"{"),
        ("list_projects", 401, PROBLEM, {}),
        ("list_projects", 429, {"content-type": "text/plain"}, b"no"),
        ("create_environment", 201, JSON, {"name": "x"}),
        (None, 200, PROBLEM, {}),
        (None, 404, JSON, {}),
        (None, 405, PROBLEM, {}),
    ],
)
def test_undocumented(
    operation_id: str | None, status: int, headers: dict[str, str], body: Any
) -> None:
    """Another status, type, shape or header, and a body that is cut off, do not."""
    with pytest.raises((AssertionError, ValueError, KeyError)):
        check(operation_id, status, headers, body)

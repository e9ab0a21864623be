"""A schema-driven fuzzer finds no answer of the sandbox that the spec does not describe."""

from __future__ import annotations

import copy
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._contract import Contract


def _document() -> dict[str, Any]:
    """The spec with the sandbox's own paths in place of its servers."""
    document = copy.deepcopy(Contract().document)
    paths = {}
    for path, item in document["paths"].items():
        here = path if "servers" in item else f"/dpc{path}"
        paths[here] = {key: value for key, value in item.items() if key != "servers"}
    return document | {"paths": paths, "servers": [{"url": "/"}]}


# One sandbox for all examples: its state grows, as that of a real server does.
SANDBOX = Sandbox(projects=5, token_ttl=1e9, clock=lambda: 0.0)
SCHEMA = schemathesis.openapi.from_dict(_document())
SCHEMA.app = SANDBOX


@SCHEMA.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_answer_is_undocumented(case: Case[Any]) -> None:
    """Status, content type, headers and body of every answer are those of the spec, and none is a server error."""
    token = SANDBOX._tokens._issue()["access_token"]  # the fuzzer needs one that is always good
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

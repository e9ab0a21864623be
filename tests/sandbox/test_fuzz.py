"""A schema-driven fuzzer finds no answer of the sandbox that the OpenAPI document does not describe."""

from __future__ import annotations

import asyncio
import copy
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
import schemathesis
import schemathesis.openapi
from hypothesis import strategies as st
from schemathesis.engine import events, from_schema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._delivery import Receive, Scope, Send, deliver
from matillion_async.sandbox._problems import ProblemError
from matillion_async.sandbox._spec import bundled_spec
from tests.sandbox.obliging import ObligingSandbox

CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
    "valid_data_acceptance",
}
"""All that schemathesis has, its positive_data_acceptance as below."""

_PROJECT = "/v1/projects/{projectId}"
RULES_BEYOND_A_SCHEMA = {
    "GET /v1/consumption": "consumedBefore: must be after consumedFrom",
    "GET /v1/consumption/etl-users": "consumedBefore: must be after consumedFrom",
    "GET /v1/events": "to: must be after from",
    "GET /v1/lineage/events": "generatedBefore: must be (after|at most 31 days after) generatedFrom",
    f"PATCH {_PROJECT}/schedules/{{scheduleId}}": "effectiveFrom: must be from year 1 to 9999 in UTC",
    "PATCH /v1/directory-integration/scim/v2/Groups/{groupId}": r"Operations(\[\d+\])?: .+",
    "PATCH /v1/directory-integration/scim/v2/Users/{userId}": r"Operations(\[\d+\])?: .+",
    f"POST {_PROJECT}/schedules": "schedule.effectiveFrom: must be from year 1 to 9999 in UTC",
    f"POST {_PROJECT}/test-executions": "(tests|pipelines): must be given with scope (TEST|PIPELINE)",
}
"""The only reasons for which data that are valid by the schemas may get 400, by operation."""
ACCEPTED = ["2xx", "401", "403", "404", "409", "429", "5xx"]


@schemathesis.check
def valid_data_acceptance(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> bool | None:
    """As positive_data_acceptance, but for the rules that no schema can state."""
    rule = RULES_BEYOND_A_SCHEMA.get(case.operation.label)
    if rule is not None and response.status_code == 400:
        violations = json.loads(response.content).get("violations", [])
        if violations and all(re.fullmatch(rule, violation) for violation in violations):
            return None
    return positive_data_acceptance(ctx, response, case)


schemathesis.openapi.format(
    "quartz-cron",
    st.sampled_from(["0 0 2 ? * MON-FRI", "0 0/5 * L-3W * ?", "0 0 0 ? JAN 6#3 2030"]),
)


async def access_token(sandbox: Sandbox) -> str:
    """A token, from the sandbox's own token endpoint."""
    options = sandbox.client_options()
    form = {name: options[name] for name in ("client_id", "client_secret", "audience")}
    async with httpx.AsyncClient(transport=options["transport"]) as client:
        answer = await client.post(
            options["token_url"], data={"grant_type": "client_credentials", **form}
        )
    token: str = answer.json()["access_token"]
    return token


def fuzz(
    sandbox: Sandbox, group: str, *, examples: int, phases: Iterable[str] = ()
) -> tuple[list[str], Counter[str]]:
    """What the fuzzer found in the operations of a group, and how often each check was made."""
    token = asyncio.run(access_token(sandbox))
    config = schemathesis.Config.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "headers": {"Authorization": f"Bearer {token}"},
            "checks": {
                "enabled": True,
                "positive_data_acceptance": {"enabled": False, "expected-statuses": ACCEPTED},
            },
        }
    )
    schema = schemathesis.openapi.from_dict(
        copy.deepcopy(dict(bundled_spec().document)), config=config
    ).include(tag=group)
    schema.app = sandbox
    if phases:
        schema.config.phases.update(phases=list(phases))
    found: list[str] = []
    made: Counter[str] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.info.format()}")
        elif isinstance(event, events.FatalError):
            found.append(repr(event.exception))
        elif isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                made.update(check.name for check in checks)
                found += [
                    f"{event.label}: {check.name}: {check.failure_info.failure.message}"
                    for check in checks
                    if check.failure_info is not None
                ]
    return found, made


def operations_of(group: str) -> set[str]:
    """The names of a group's operations."""
    document = bundled_spec().document
    ids = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and operation.get("tags") == [group]
    }
    return {
        operation.name for operation in bundled_spec().operations.values() if operation.id in ids
    }


GROUPS = [tag["name"] for tag in bundled_spec().document["tags"] if operations_of(tag["name"])]


@pytest.mark.parametrize("group", GROUPS)
def test_no_undocumented_answer(group: str) -> None:
    """Examples, boundary values, random data and sequences of calls get documented answers only; and each
    operation is carried out, rather than refused, by some of them."""
    sandbox = ObligingSandbox(projects=3, clock=lambda: 0.0)

    found, made = fuzz(sandbox, group, examples=15)

    assert [] == found
    carried_out = {call.operation for call in sandbox.requests if (call.status or 0) // 100 == 2}
    assert set() == operations_of(group) - carried_out
    assert sandbox.checked > 10 * len(operations_of(group))
    assert set(made) <= CHECKS
    assert group != "projects" or set(made) == CHECKS, "every check is made somewhere"


class _Teapot(Sandbox):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "DELETE":
            await send({"type": "http.response.start", "status": 418, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await super().__call__(scope, receive, send)


class _Refusing(Sandbox):
    """Refuses some tests for a reason that has to do with none of its rules."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith("/test-executions"):
            answer = ProblemError(400, "No.", ["scope: not today"]).answer(scope["path"])
            await deliver(answer, None, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


@pytest.mark.parametrize(
    ("kind", "group", "check"),
    [
        (_Teapot, "projects", "status_code_conformance"),
        (_Refusing, "test_executions", "valid_data_acceptance"),
    ],
)
def test_the_fuzzer_would_find_one(kind: type[Sandbox], group: str, check: str) -> None:
    """An undocumented status, and a refusal of valid data for another reason than the group's rule, are found out."""
    found, _ = fuzz(kind(projects=1, clock=lambda: 0.0), group, examples=1, phases=["examples"])

    assert any(f": {check}: " in finding for finding in found)

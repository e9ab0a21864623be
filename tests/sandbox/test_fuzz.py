"""A schema-driven fuzzer finds no response of the sandbox that the OpenAPI document does not describe."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import schemathesis
import schemathesis.openapi
from hypothesis import settings
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import events, from_schema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._delivery import Receive, Scope, Send, deliver
from matillion_async.sandbox._problems import ProblemError
from matillion_async.sandbox._spec import bundled_spec
from matillion_async.sandbox._validation import Validator
from tests.sandbox.obliging import ObligingSandbox

pytestmark = pytest.mark.long

CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "invalid_data_rejection",
    "missing_required_header",
    "not_a_server_error",
    "object_level_authorization",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
    "valid_data_acceptance",
}
"""All that schemathesis has, two of them as below."""

_PROJECT = "/v1/projects/{projectId}"
RULES_BEYOND_A_SCHEMA = {
    "GET /v1/consumption": "consumedBefore: must be after consumedFrom",
    "GET /v1/consumption/etl-users": "consumedBefore: must be after consumedFrom",
    "GET /v1/events": "to: must be after from",
    "GET /v1/lineage/events": "generatedBefore: must be (after|at most 31 days after) generatedFrom",
    f"PATCH {_PROJECT}/schedules/{{scheduleId}}": "effectiveFrom: must be from year 1 to 9999 in UTC",
    "PATCH /v1/directory-integration/scim/v2/Groups/{groupId}": r"Operations(\[\d+\])?: .+",
    "PATCH /v1/directory-integration/scim/v2/Users/{userId}": r"Operations(\[\d+\])?: .+",
    f"POST {_PROJECT}/connections/environment-overrides": "authType: must be .+, as the connection has it",
    f"PUT {_PROJECT}/connections/environment-overrides": "authType: must be .+, as the connection has it",
    f"POST {_PROJECT}/schedules": "schedule.effectiveFrom: must be from year 1 to 9999 in UTC",
    f"POST {_PROJECT}/test-executions": "(tests|pipelines): must be given with scope (TEST|PIPELINE)",
}
"""The only reasons for which data that are valid by the schemas may get 400, by operation."""
VALIDATOR = Validator(bundled_spec())
DOCUMENT = json.dumps(bundled_spec().document)
EXAMPLES = 5 if settings.get_current_profile_name() == "repeatable" else 50
"""Random ones for each operation, and sequences of calls; those of the spec and boundary values come on top."""
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


@schemathesis.check
def invalid_data_rejection(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> bool | None:
    """As negative_data_rejection, but for a query that has become valid on its way: a text in place of a list in one
    value is a list of one, and an object without fields is not sent."""
    others = (ParameterLocation.BODY, ParameterLocation.HEADER, ParameterLocation.PATH)
    is_of_the_query = case.meta and not any(case.meta.is_negative_at(place) for place in others)
    if is_of_the_query and is_valid_query(case.operation.label, response.request.url or ""):
        return None
    return negative_data_rejection(ctx, response, case)


def is_valid_query(label: str, url: str) -> bool:
    """Whether the parameters of a query, as they were sent, are what an operation's schemas allow."""
    (operation,) = (
        known
        for known in bundled_spec().operations.values()
        if label == f"{known.method} {known.path}"
    )
    sent = parse_qs(urlsplit(url).query, keep_blank_values=True)
    for parameter in operation.parameters:
        texts = sent.get(parameter.name, [])
        value: Any = texts if len(texts) != 1 else texts[0]
        kind = parameter.schema.get("type")
        if parameter.location != "query" or (not texts and not parameter.required):
            continue
        if kind == "array":
            value = texts if parameter.explode else ",".join(texts).split(",")
        elif kind == "integer" and re.fullmatch("-?[0-9]+", str(value)):
            value = int(value)
        elif kind == "boolean" and value in ("true", "false"):
            value = value == "true"
        if VALIDATOR.violations(value, parameter.pointer):
            return False
    return True


schemathesis.openapi.format(
    "quartz-cron",
    st.sampled_from(["0 0 2 ? * MON-FRI", "0 0/5 * L-3W * ?", "0 0 0 ? JAN 6#3 2030"]),
)


async def access_token(sandbox: Sandbox) -> str:
    """A token, from the sandbox's own token endpoint."""
    options = sandbox.client_options()
    form = {name: options[name] for name in ("client_id", "client_secret", "audience")}
    async with httpx.AsyncClient(transport=options["transport"]) as client:
        response = await client.post(
            options["token_url"], data={"grant_type": "client_credentials", **form}
        )
    token: str = response.json()["access_token"]
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
                "negative_data_rejection": {"enabled": False},
            },
        }
    )
    document = json.loads(DOCUMENT)  # it is changed, and copied sooner than by copy.deepcopy
    schema = schemathesis.openapi.from_dict(document, config=config).include(tag=group)
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
def test_no_undocumented_response(group: str) -> None:
    """Examples, boundary values, random data and sequences of calls get documented responses only; and each
    operation is carried out, rather than refused, by some of them."""
    sandbox = ObligingSandbox(projects=3, clock=lambda: 0.0)

    found, made = fuzz(sandbox, group, examples=EXAMPLES)

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
            response = ProblemError(400, "No.", ["scope: not today"]).response(scope["path"])
            await deliver(response, None, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class _Careless(Sandbox):
    """Does not look at what the query says."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__({**scope, "query_string": b""}, receive, send)


@pytest.mark.parametrize(
    ("kind", "group", "check"),
    [
        (_Careless, "agents", "invalid_data_rejection"),
        (_Teapot, "projects", "status_code_conformance"),
        (_Refusing, "test_executions", "valid_data_acceptance"),
    ],
)
def test_the_fuzzer_would_find_one(kind: type[Sandbox], group: str, check: str) -> None:
    """An undocumented status is found out, a query that is not looked at, and valid data that are refused for
    another reason than the operation's rule."""
    phases = ["examples", "coverage"]
    found, _ = fuzz(kind(projects=1, clock=lambda: 0.0), group, examples=1, phases=phases)

    assert any(f": {check}: " in finding for finding in found)

"""A schema-driven fuzzer finds no answer of the sandbox that the OpenAPI document does not describe."""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from collections.abc import Iterable

import httpx
import pytest
import schemathesis
import schemathesis.openapi
from hypothesis import strategies as st
from schemathesis.engine import events, from_schema

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._delivery import Receive, Scope, Send
from matillion_async.sandbox._spec import bundled_spec
from tests.sandbox.conformance import ConformingSandbox

CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "positive_data_acceptance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
}
"""All that schemathesis has."""


RULES_BEYOND_A_SCHEMA = {
    "audit": "the end comes after the start",
    "consumption": "the end comes after the start",
    "directory_integration": "a patch applies to what is there",
    "lineage": "the end comes after the start, and at most 31 days later",
}
"""Why data that are valid by the schemas may get 400 in these groups."""
ACCEPTED = ["2xx", "401", "403", "404", "409", "429", "5xx"]

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
                "positive_data_acceptance": {
                    "expected-statuses": ACCEPTED + ["400"] * (group in RULES_BEYOND_A_SCHEMA)
                },
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
    """Examples, boundary values, random data and sequences of calls get documented answers only."""
    sandbox = ConformingSandbox(projects=3, clock=lambda: 0.0)

    found, made = fuzz(sandbox, group, examples=15)

    assert [] == found
    assert operations_of(group) <= set(sandbox.stats.operations)
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


@pytest.mark.parametrize("kind", [_Teapot])
def test_the_fuzzer_would_find_one(kind: type[Sandbox]) -> None:
    """A sandbox that answers with an undocumented status is found out."""
    found, _ = fuzz(
        kind(projects=1, clock=lambda: 0.0), "projects", examples=1, phases=["examples"]
    )

    assert any("status_code_conformance" in finding for finding in found)

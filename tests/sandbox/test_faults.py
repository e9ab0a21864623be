"""Faults that the sandbox injects."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from matillion_async import ConfigurationError, ServerError
from matillion_async.sandbox import Fault, Sandbox, parse_fault
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import FORM, TOKEN_URL, connected, sign_in, signed_in

pytestmark = pytest.mark.virtual_time

PROJECT = {"name": "Sales", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}


async def statuses(fault: Fault | str, calls: int, sandbox: type[Sandbox] = Sandbox) -> list[int]:
    """The responses to that many listings."""
    async with signed_in(sandbox(faults=[fault])) as client:
        return [(await client.get("/v1/projects")).status_code for _ in range(calls)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("503x2", [503, 503, 200, 200, 200, 200]),
        ("503@2", [200, 503, 200, 200, 200, 200]),
        ("503@2x2", [200, 503, 503, 200, 200, 200]),
        ("503%2", [200, 503, 200, 503, 200, 503]),
        ("503@1%3", [503, 200, 200, 503, 200, 200]),
        ("503@2%2x2", [200, 503, 200, 503, 200, 200]),
        ("503", [503, 503, 503, 503, 503, 503]),
        ("projects.list:500x1", [500, 200, 200, 200, 200, 200]),
        ("list_projects:500x1", [500, 200, 200, 200, 200, 200]),
        ("*.list:500x1", [500, 200, 200, 200, 200, 200]),
        ("GET /v1/*:500x1", [500, 200, 200, 200, 200, 200]),
        ("* /v1/projects:500x1", [500, 200, 200, 200, 200, 200]),
        ("projects.create:500", [200, 200, 200, 200, 200, 200]),
        ("environments.*:500", [200, 200, 200, 200, 200, 200]),
        ("POST /v1/projects:500", [200, 200, 200, 200, 200, 200]),
        ("token:500@2", [200, 200, 200, 200, 200, 200]),
    ],
)
async def test_which_calls_are_hit(text: str, expected: list[int]) -> None:
    """Target, first call, distance and number say which calls are hit."""
    assert expected == await statuses(text, 6, ConformingSandbox)


async def test_a_fault_for_all_calls_spares_tokens_and_takes_unknown_paths() -> None:
    """Without a target every call is hit except those for tokens."""
    async with connected(Sandbox(faults=["503"])) as client:
        token = await client.post(TOKEN_URL, data=FORM)
        unknown = await client.get("/v1/nothing")
    assert [200, 503] == [token.status_code, unknown.status_code]


async def test_a_fault_of_the_token_endpoint() -> None:
    """The target token is the token endpoint."""
    async with connected(ConformingSandbox(faults=["token:503x1"])) as client:
        responses = [await client.post(TOKEN_URL, data=FORM) for _ in range(2)]
    assert [503, 200] == [response.status_code for response in responses]


async def test_a_status_in_place_of_the_call() -> None:
    """With processed the call is carried out all the same."""
    for text, total in (("projects.create:500", 0), ("projects.create:500,processed", 1)):
        async with signed_in(ConformingSandbox(faults=[text])) as client:
            created = await client.post("/v1/projects", json=PROJECT)
            listed = await client.get("/v1/projects")
        assert (500, total) == (created.status_code, listed.json()["total"])


async def test_a_429_is_plain_text() -> None:
    """As a gateway responds, with Retry-After as given."""
    async with signed_in(ConformingSandbox(faults=["429,retry-after=7"])) as client:
        response = await client.get("/v1/projects")
    assert (429, "7", "Too many requests") == (
        response.status_code,
        response.headers["Retry-After"],
        response.text,
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [("<html>Bad gateway", "text/html; charset=utf-8"), ("", "text/plain; charset=utf-8")],
)
async def test_a_body_of_ones_own(body: str, content_type: str) -> None:
    """A status no standard knows, with a gateway's page instead of problem details."""
    async with signed_in(Sandbox(faults=[Fault(status=520, body=body)])) as client:
        response = await client.get("/v1/projects")
    assert (520, body, content_type) == (
        response.status_code,
        response.text,
        response.headers["Content-Type"],
    )


async def test_delays_add_up() -> None:
    """Faults that hit the same call add their delays, and the first with an outcome decides."""
    async with signed_in(Sandbox(faults=["delay=2", "delay=3,504", "500"])) as client:
        started = asyncio.get_running_loop().time()
        response = await client.get("/v1/projects")
        passed = asyncio.get_running_loop().time() - started
    assert 504 == response.status_code
    assert pytest.approx(5.0) == passed


async def test_a_slow_body() -> None:
    """It arrives whole, over the seconds that were given."""
    async with signed_in(ConformingSandbox(projects=3, faults=["slow=20"])) as client:
        started = asyncio.get_running_loop().time()
        response = await client.get("/v1/projects")
        passed = asyncio.get_running_loop().time() - started
    assert 3 == response.json()["total"]
    assert pytest.approx(20.0) == passed


async def test_a_truncated_body() -> None:
    """It ends early, and its length says nothing of it."""
    async with signed_in(Sandbox(faults=["truncate=10"])) as client:
        response = await client.get("/v1/projects")
    assert (200, "10", 10) == (
        response.status_code,
        response.headers["Content-Length"],
        len(response.content),
    )


@pytest.mark.parametrize(
    ("text", "error", "status"),
    [("reset", httpx.ReadError, None), ("reset-middle", httpx.RemoteProtocolError, 201)],
)
async def test_a_reset_in_process(text: str, error: type[Exception], status: int | None) -> None:
    """It is raised as httpx raises a broken connection, and the call was carried out."""
    sandbox = Sandbox(faults=[f"projects.create:{text}"])
    async with signed_in(sandbox) as client:
        with pytest.raises(error):
            await client.post("/v1/projects", json=PROJECT)
        assert status == sandbox.requests[-1].status
        assert 1 == (await client.get("/v1/projects")).json()["total"]


async def test_a_token_outage() -> None:
    """From the call that is hit on, the token endpoint responds with 503 as long as it lasts; calls go on."""
    sandbox = ConformingSandbox(faults=["projects.list:token-outage=60@2"])
    async with signed_in(sandbox) as client:
        await client.get("/v1/projects")
        await sign_in(client)
        assert 200 == (await client.get("/v1/projects")).status_code
        assert 503 == (await client.post(TOKEN_URL, data=FORM)).status_code
        await asyncio.sleep(59.9)
        assert 503 == (await client.post(TOKEN_URL, data=FORM)).status_code
        await asyncio.sleep(0.1)
        assert 200 == (await client.post(TOKEN_URL, data=FORM)).status_code


async def test_a_revoked_token() -> None:
    """The n-th call gets 401, and so do later ones until there is a new token; once only."""
    async with signed_in(ConformingSandbox(faults=["revoke-token@3"])) as client:
        responses = [(await client.get("/v1/projects")).status_code for _ in range(4)]
        await sign_in(client)
        responses += [(await client.get("/v1/projects")).status_code for _ in range(2)]
    assert [200, 200, 401, 401, 200, 200] == responses


async def test_a_client_rides_out_a_revoked_token() -> None:
    """500 concurrent calls, the token revoked under way: none fails."""
    sandbox = ConformingSandbox(projects=1, faults=["projects.list:revoke-token@250"])
    async with sandbox.client() as client:

        async def total() -> int | object:
            return (await client.projects.list()).total

        assert [1] * 500 == await asyncio.gather(*(total() for _ in range(500)))
    assert 2 == sandbox.stats.tokens_issued


async def test_limits_and_faults_are_counted() -> None:
    """A refused call is not a call for the faults; each is told in the record of requests."""
    sandbox = ConformingSandbox(limits="2/s", faults=["503@3"])
    async with signed_in(sandbox) as client:
        responses = [(await client.get("/v1/projects")).status_code for _ in range(3)]
        await asyncio.sleep(1)
        responses += [(await client.get("/v1/projects")).status_code for _ in range(2)]
    assert [200, 200, 429, 503, 200] == responses
    assert (5, 1, 1) == (sandbox.stats.arrived, sandbox.stats.refused, sandbox.stats.faults)
    assert [None, None, None, None, "at=3, status=503", None] == [
        seen.fault for seen in sandbox.requests
    ]


@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
async def test_a_limit(algorithm: Any) -> None:
    """Calls above it get 429 in plain text with Retry-After, after which the next one is accepted."""
    sandbox = ConformingSandbox(limits=["60/min", "5/s"], limit_algorithm=algorithm)
    async with signed_in(sandbox) as client:
        responses = [await client.get("/v1/projects") for _ in range(6)]
        assert [200] * 5 + [429] == [response.status_code for response in responses]
        await asyncio.sleep(float(responses[-1].headers["Retry-After"]))
        assert 200 == (await client.get("/v1/projects")).status_code
        for _ in range(10):
            assert 200 == (await client.post(TOKEN_URL, data=FORM)).status_code
    assert (7, 1) == (sandbox.stats.arrived, sandbox.stats.refused)


@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
async def test_a_client_keeps_the_limit(algorithm: Any) -> None:
    """200 concurrent calls: 200 arrive, none is refused."""
    sandbox = ConformingSandbox(projects=1, limits=["60/min", "5/s"], limit_algorithm=algorithm)
    async with sandbox.client(rate_limits=("60/min", "5/s")) as client:

        async def call() -> None:
            await client.projects.list()

        await asyncio.gather(*(call() for _ in range(200)))
    assert (200, 0) == (sandbox.stats.arrived, sandbox.stats.refused)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("503", Fault(status=503)),
        (
            " projects.list : 503,retry-after=2.5 ",
            Fault(target="projects.list", status=503, retry_after="2.5"),
        ),
        ("token:delay=0.5", Fault(target="token", delay=0.5)),
        ("*:reset@100", Fault(reset="before", at=100)),
        ("reset-middle%7x3", Fault(reset="middle", every=7, times=3)),
        ("truncate=100,delay=1@2", Fault(truncate=100, delay=1, at=2)),
        ("slow=5", Fault(slow_body=5)),
        ("revoke-token", Fault(revoke_token=True)),
        ("token-outage=60@9", Fault(token_outage=60, at=9)),
        (
            "GET /v1/projects/*:500,processed",
            Fault(target="GET /v1/projects/*", status=500, processed=True),
        ),
    ],
)
def test_text(text: str, expected: Fault) -> None:
    """A fault is written as short text."""
    assert expected == parse_fault(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is unknown; known are a status"),
        (":503", "there is no target"),
        ("503x0", "times must be an integer, at least 1"),
        ("503@0", "at must be an integer, at least 1"),
        ("503%0", "every must be an integer, at least 1"),
        ("200", "status must be from 400 to 599, not 200"),
        ("600", "status must be from 400 to 599, not 600"),
        ("503,reset", "status and reset exclude each other"),
        ("delay=soon", "'delay=soon' needs a number"),
        ("delay=-1", "delay must be a number of seconds, 0 or more"),
        ("delay=nan", "delay must be a number of seconds, 0 or more"),
        ("delay=inf", "delay must be a number of seconds, 0 or more"),
        ("delay=0", "a fault must say what goes wrong"),
        ("truncate=1.5", "'truncate=1.5' needs a number"),
        ("retry-after=3", "need a status"),
        ("429,retry-after=a\x01b", "retry_after must be visible ASCII"),
        ("processed,delay=1", "need a status"),
        ("503\nx2@1", "is unknown"),
        ("503@" + "9" * 5000, "is unknown"),
        ("boom", "'boom' is unknown"),
    ],
)
def test_bad_text(text: str, message: str) -> None:
    """One error names the part that is wrong, and how a fault is written."""
    with pytest.raises(ConfigurationError) as caught:
        parse_fault(text)
    assert message in str(caught.value)
    assert "Write TARGET:WHAT" in str(caught.value)


def test_an_unknown_reset() -> None:
    """Only before and middle are known."""
    options: dict[str, Any] = {"reset": "after"}
    with pytest.raises(ConfigurationError, match="'before' or 'middle', not 'after'"):
        Fault(**options)


@pytest.mark.parametrize(
    "targets", [["projects.list", "*", "token", "environments.*", "DELETE /v1/*"]]
)
def test_targets(targets: Sequence[str]) -> None:
    """Operations, patterns, the token endpoint, and method with path."""
    Sandbox(faults=[Fault(target=target, status=503) for target in targets])
    with pytest.raises(
        ConfigurationError,
        match=r"'widgets\.\*' is not an operation; none of \d+ is near; give one as .*projects\.list",
    ):
        Sandbox(faults=[Fault(target="widgets.*", status=503)])


async def test_one_fault_needs_no_list() -> None:
    """A string is one, and not a list of its letters."""
    async with Sandbox(faults="projects.list:503x1").client(retry=None) as client:
        with pytest.raises(ServerError):
            await client.projects.list()
        await client.projects.list()

"""The loop of attempts, whatever the server does and whoever is cancelled."""

from __future__ import annotations

import asyncio
import json
import math
import ssl
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async import (
    AiohttpTransport,
    APITimeoutError,
    Attempt,
    DeadlineExceededError,
    MatillionClient,
    MatillionError,
    RateLimitedError,
    RetryPolicy,
)
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.raw_server import Peer, RawServer, raw_server
from tests.matillion_async.scripted import CountingTokens, Script, project_page, scripted_client

PROJECT = {"warehouse": "SNOWFLAKE", "agent_deployment_type": "HYBRID"}
NEVER_SENT = {"unreachable": httpx.ConnectError("refused"), "busy": httpx.PoolTimeout("busy")}
LOST = {"reset": httpx.ReadError("reset"), "cut": httpx.RemoteProtocolError("cut")}


@dataclass(frozen=True)
class Reaction:
    """What the server does with one request."""

    kind: str
    """A status, or a failure of the transport."""
    seconds: float = 0.0
    retry_after: float | None = None


@dataclass(frozen=True)
class Planned:
    """A call, and what becomes of whoever makes it."""

    at: float
    method: Literal["GET", "POST"]
    cancelled_after: float | None
    deadline: float | None


@dataclass
class Seen:
    """What the server saw of one call."""

    times: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


class Server(httpx.AsyncBaseTransport):
    """Reacts as planned, request by request, over and over."""

    def __init__(self, plan: list[Reaction]) -> None:
        self._plan = plan
        self._count = 0
        self.times: list[float] = []
        self.shut: list[tuple[float, float]] = []
        self.calls: dict[str, Seen] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        loop = asyncio.get_running_loop()
        reaction = self._plan[self._count % len(self._plan)]
        self._count += 1
        self.times.append(loop.time())
        if request.method == "POST":
            name = json.loads(request.content)["name"]
        else:
            name = str(int(request.url.params["size"]) - 1)
        seen = self.calls.setdefault(name, Seen())
        seen.times.append(loop.time())
        # Until the response is on its way the client cannot know what became of the request.
        seen.kinds.append("lost")
        await asyncio.sleep(reaction.seconds)
        seen.kinds[-1] = reaction.kind
        if reaction.kind in NEVER_SENT:
            raise NEVER_SENT[reaction.kind]
        if reaction.kind in LOST:
            raise LOST[reaction.kind]
        headers = {}
        if reaction.kind == "429":
            pause = reaction.retry_after
            if pause is not None:
                headers["Retry-After"] = str(pause)
                self.shut.append((loop.time(), loop.time() + min(pause, 20.0)))
        if reaction.kind != "200":
            return httpx.Response(int(reaction.kind), headers=headers)
        if request.method == "POST":
            return httpx.Response(201, json={"projectId": "p"})
        return httpx.Response(200, json=project_page("a"))


reactions = st.builds(
    Reaction,
    kind=st.sampled_from(
        ["200", "200", "200", "429", "401", "404", "500", "503", *NEVER_SENT, *LOST]
    ),
    seconds=st.sampled_from([0.0, 0.0, 0.1, 3.0, 8.0]),
    retry_after=st.sampled_from([None, 0.0, 0.5, 7.0, 20.0, 21.0]),
)
calls = st.builds(
    Planned,
    at=st.integers(0, 200).map(lambda tenths: tenths / 10),
    method=st.sampled_from(["GET", "POST"]),
    cancelled_after=st.none() | st.integers(0, 100).map(lambda tenths: tenths / 10),
    deadline=st.none() | st.sampled_from([0.05, 1.0, 10.0, 60.0]),
)


@settings(max_examples=100, deadline=None)
@given(
    plan=st.lists(reactions, min_size=1, max_size=12),
    planned=st.lists(calls, min_size=1, max_size=25),
    limits=st.sampled_from(["none", "2/s", "6/10s,2/s"]),
    max_attempts=st.integers(1, 4),
)
def test_whatever_the_server_does(
    plan: list[Reaction], planned: list[Planned], limits: str, max_attempts: int
) -> None:
    """No POST that may have been processed is sent again, no limit is broken, no attempt too many, nobody forgotten.

    During a pause nobody sends; a deadline is kept; the hook sees each attempt; an error says how many there
    were, where the seconds went, and whether the server may have acted.
    """
    server = Server(plan)
    attempts: dict[str, list[Attempt]] = {}

    async def call(client: Any, number: int, one: Planned) -> None:
        name = str(number)
        mine = client.with_options(
            deadline=one.deadline, on_attempt=attempts.setdefault(name, []).append
        )

        async def make() -> Any:
            if one.method == "GET":
                return await mine.projects.list(size=number + 1)
            return await mine.projects.create(name=name, **PROJECT)

        task = asyncio.ensure_future(make())
        began = asyncio.get_running_loop().time()
        if one.cancelled_after is not None:
            await asyncio.wait([task], timeout=one.cancelled_after)
            task.cancel()
        results = await asyncio.gather(task, return_exceptions=True)
        check(name, one, results[0], asyncio.get_running_loop().time() - began)

    def check(name: str, one: Planned, result: Any, seconds: float) -> None:
        seen = server.calls.get(name, Seen())
        hooked = attempts[name]
        if one.method == "POST":
            harmful = [k for k in seen.kinds if k in LOST or k in ("lost", "200", "500", "503")]
            assert len(harmful) <= 1
            assert not harmful or harmful[0] == seen.kinds[-1]
        news = sum(kind == "429" for kind in seen.kinds)
        renewals = min(5, sum(kind == "401" for kind in seen.kinds))
        assert len(seen.kinds) <= max_attempts + news + renewals
        if isinstance(result, asyncio.CancelledError):
            return
        assert len(hooked) == len(seen.kinds)
        assert [attempt.number for attempt in hooked] == list(range(1, len(hooked) + 1))
        assert all(attempt.retry_in is not None for attempt in hooked[:-1])
        assert not hooked or hooked[-1].retry_in is None or one.deadline is not None
        if one.deadline is not None:
            assert seconds <= one.deadline + 1e-6
        if not isinstance(result, BaseException):
            assert "200" == seen.kinds[-1]
            return
        assert isinstance(result, MatillionError)
        assert len(seen.kinds) == result.attempts
        timing = result.timing
        assert timing is not None
        spent = timing.queue + timing.pause + timing.token + timing.backoff + sum(timing.requests)
        assert math.isclose(seconds, spent, abs_tol=1e-6)
        if not result.may_have_been_processed and seen.kinds:
            assert seen.kinds[-1] not in {*LOST, "lost", "200", "500", "503"}
        if isinstance(result, RateLimitedError):
            assert "429" == seen.kinds[-1]
        if isinstance(result, DeadlineExceededError):
            assert one.deadline is not None

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        client = scripted_client(
            lambda request: httpx.Response(500),
            transport=server,
            token_source=CountingTokens(),
            rate_limits=limits,
            timeout=5.0,
            retry=RetryPolicy(max_attempts=max_attempts, max_retry_after=20.0),
        )
        async with client:
            running = []
            for number, one in enumerate(sorted(planned, key=lambda one: one.at)):
                await asyncio.sleep(one.at - loop.time())
                running.append(asyncio.create_task(call(client, number, one)))
            async with asyncio.timeout(100_000):
                await asyncio.gather(*running)
            assert 0 == client.limiter.stats().waiting
        for limit in parse_rate_limits(limits):
            for first, last in zip(server.times, server.times[limit.count :], strict=False):
                assert last - first >= limit.seconds
        for began, ended in server.shut:
            assert [] == [at for at in server.times if began < at < ended]

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(scenario())


class Holding:
    """A server that reads requests and never responds; ``enough`` is set when it has as many as expected."""

    def __init__(self, expected: int) -> None:
        self._expected = expected
        self.enough = asyncio.Event()

    async def __call__(self, peer: Peer) -> None:
        await peer.request()
        if len(peer.server.requests) == self._expected:
            self.enough.set()
        await peer.wait_for_the_end()


async def test_a_post_that_times_out_while_its_connection_is_made_was_not_sent() -> None:
    """It has done nothing, its error says so, and it may be sent again."""
    seen: list[Attempt] = []
    async with (
        raw_server(Peer.wait_for_the_end) as server,
        MatillionClient(
            base_url=f"https://{server.address}",
            token_source=CountingTokens(),
            rate_limits="none",
            transport=AiohttpTransport(verify=ssl.create_default_context(), trust_env=False),
            timeout=0.02,
            retry=RetryPolicy(max_attempts=2, backoff_base=0),
            on_attempt=seen.append,
        ) as client,
    ):
        with pytest.raises(APITimeoutError, match="the request was not sent") as caught:
            await _create(client, "a")
    assert (2, False) == (caught.value.attempts, caught.value.may_have_been_processed)
    assert ["APITimeoutError", "APITimeoutError"] == [attempt.outcome for attempt in seen]


async def test_the_wait_for_a_connection_is_no_part_of_an_attempt() -> None:
    """It ends by the call's deadline, not by the limit of an attempt, and nothing was sent."""
    holds = Holding(1)
    async with (
        raw_server(holds) as server,
        _client_of(server, AiohttpTransport(max_connections=1)) as client,
    ):
        holding = asyncio.ensure_future(_create(client, "first"))
        await holds.enough.wait()
        hasty = client.with_options(timeout=0.02, deadline=0.1)
        with pytest.raises(
            DeadlineExceededError, match="too many requests were under way"
        ) as caught:
            await _create(hasty, "second")
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)
    assert (0, False) == (caught.value.attempts, caught.value.may_have_been_processed)
    assert caught.value.timing is not None
    assert caught.value.timing.queue > 0
    assert 1 == len(server.requests)


async def test_a_transport_of_another_kind_may_say_how_many_connections_it_has() -> None:
    """Calls then wait at the limiter, as they do for those of the built-in one; without a number they do not."""
    under_way: list[int] = []

    class Wrapper(httpx.AsyncBaseTransport):
        def __init__(self, max_connections: object) -> None:
            self.max_connections = max_connections
            self._busy = 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self._busy += 1
            under_way.append(self._busy)
            await asyncio.sleep(0)
            self._busy -= 1
            return httpx.Response(200, json=project_page())

    most: list[int] = []
    for number in (2, None, "2"):
        under_way.clear()
        async with scripted_client(Script(), transport=Wrapper(number)) as client:
            await asyncio.gather(*(client.projects.list(size=25) for _ in range(10)))
        most.append(max(under_way))
    assert [2, 10, 10] == most


async def test_calls_that_wait_for_a_connection_are_held_back_by_a_429() -> None:
    """A pause holds all that is not on the wire: of 50 calls over 2 connections no more than 2 are refused."""
    refused: list[float] = []
    times: list[float] = []
    clock = asyncio.get_running_loop().time

    async def behaviour(peer: Peer) -> None:
        while await peer.request() is not None:
            times.append(clock())
            if len(times) > 10 and (not refused or clock() < refused[0] + 0.03):
                refused.append(clock())
                await peer.respond(b"", "Retry-After: 0.05", status="429 Too Many Requests")
            else:
                await peer.respond(b'{"results": []}')

    transport = AiohttpTransport(max_connections=2)
    async with raw_server(behaviour) as server, _client_of(server, transport, "1000/s") as client:
        await asyncio.gather(*(client.projects.list(size=25) for _ in range(50)))
        assert 0 == client.limiter.stats().in_flight
    assert 1 <= len(refused) <= 2
    assert 50 + len(refused) == len(times)


async def test_a_cancelled_bulk_knows_which_posts_were_never_sent() -> None:
    """Those on the wire are unknown, those that waited for a connection can be run."""
    holds = Holding(2)
    async with (
        raw_server(holds) as server,
        _client_of(server, AiohttpTransport(max_connections=2)) as client,
    ):
        work = client.bulk(lambda name: _create(client, name), ["a", "b", "c", "d", "e"])

        async def run() -> None:
            await work

        task = asyncio.ensure_future(run())
        await holds.enough.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    unknown = {outcome.item for outcome in work.unfinished if outcome.is_unknown}
    assert {"a", "b"} == unknown
    assert ["c", "d", "e"] == sorted([item async for item in work.remaining()])


def _client_of(
    server: RawServer, transport: AiohttpTransport, rate_limits: str = "none"
) -> MatillionClient:
    return MatillionClient(
        base_url=f"http://{server.address}",
        token_source=CountingTokens(),
        rate_limits=rate_limits,
        transport=transport,
    )


async def _create(client: MatillionClient, name: str) -> Any:
    return await client.projects.create(
        name=name, warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
    )

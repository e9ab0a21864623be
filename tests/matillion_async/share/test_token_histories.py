"""Whatever happens to processes that share a token: each call succeeds in time, and each reason costs one request."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from matillion_async._share.token_record import LEASE
from matillion_async._share.tokens import LAST_LOOK
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.share.token_world import Process, World, now

LATENCY = 0.3
PROCESSES = 4
ROUND = 4 * 0.02  # of a far place, there and back, twice

STEPS = st.one_of(
    st.tuples(st.just("call"), st.integers(0, PROCESSES - 1)),
    st.tuples(st.just("call"), st.integers(0, PROCESSES - 1)),
    st.tuples(
        st.just("pass"), st.sampled_from([0.0, 0.1, 0.35, 2.0, 60.0, 1450.0, 1795.0, 5000.0])
    ),
    st.tuples(st.just("revoke"), st.none()),
    st.tuples(st.just("kill"), st.integers(0, PROCESSES - 1)),
    st.tuples(st.just("forget"), st.none()),
    st.tuples(st.just("older"), st.none()),
)


class History:
    """Carries out steps, and counts the reasons for a request."""

    def __init__(self, travel: float) -> None:
        self.world = World(latency=LATENCY)
        self.travel = travel
        self.processes = self.world.processes(PROCESSES, travel=travel)
        self.reasons = 1
        self.calls: dict[asyncio.Task[float], Process] = {}
        self.kept: list[dict[str, bytes]] = []
        self.waits: list[float] = []

    async def carry_out(self, steps: list[tuple[str, Any]]) -> None:
        """Do all of it, and then wait for all calls."""
        began = now()
        for kind, value in steps:
            await getattr(self, f"_{kind}")(value)
            self.kept.append(dict(self.world.memory.values))
        await asyncio.sleep(60)
        await asyncio.gather(*(each.call() for each in self.processes))
        assert all(call.done() for call in self.calls)
        self.waits += [await call for call in self.calls]
        self.reasons += int((now() - began) / 1500) + 1
        for each in self.processes:
            await each.tokens.aclose()

    async def _call(self, number: int) -> None:
        process = self.processes[number]

        async def call() -> float:
            began = now()
            await process.call()
            return now() - began

        self.calls[asyncio.create_task(call())] = process

    async def _pass(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _revoke(self, _: None) -> None:
        self.world.issuer.revoke_all()
        self.reasons += 1

    async def _kill(self, number: int) -> None:
        victim = self.processes[number]
        victim.place.is_dead = True
        for call in [call for call, process in self.calls.items() if process is victim]:
            call.cancel()
            del self.calls[call]
        if victim.tokens._renewal is not None:
            victim.tokens._renewal.cancel()
        self.processes[number] = self.world.process(travel=self.travel)
        self.reasons += 1

    async def _forget(self, _: None) -> None:
        self.world.memory.values.clear()
        self.reasons += 1 + PROCESSES  # also of those that were just about to store theirs

    async def _older(self, _: None) -> None:
        self.world.memory.values.update(self.kept[0] if self.kept else {})
        self.reasons += 1 + PROCESSES


@given(st.lists(STEPS, max_size=30), st.sampled_from([0.0, 0.02]))
@example([("call", 0), ("pass", 0.1), ("call", 1), ("kill", 0)], 0.0)
@example(
    [("call", 0), ("pass", 1450.0), ("pass", 60.0), ("call", 0), ("kill", 0), ("call", 1)], 0.02
)
def test_each_call_succeeds_in_time(steps: list[tuple[str, Any]], travel: float) -> None:
    """Calls, renewals, revoked tokens, deaths, and a place that forgets or comes back older."""
    history = History(travel)
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(history.carry_out(steps))

    assert history.world.fetched <= history.reasons
    deaths = sum(kind == "kill" for kind, _ in steps)
    revoked = sum(kind in ("revoke", "older") for kind, _ in steps)
    a_fetch = LATENCY + LAST_LOOK + ROUND
    assert max(history.waits, default=0.0) <= deaths * (LEASE + a_fetch) + (1 + revoked) * (
        a_fetch + 2.0
    )

"""Any history of waits that join and leave: each has its own end, in time, and nothing is left behind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from matillion_async import MatillionClient, PipelineRunTimeoutError
from matillion_async._runs.polling import LATENESS, LONGEST, Polling
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.runs.test_gathering import OPS, SALES, Server, client_of, now

_OUTAGE = 100.0
"""Seconds at most."""


@dataclass(frozen=True)
class Wait:
    """One wait: when it joins, when its run ends, how it leaves, and where its run is."""

    joins: float
    lasts: float
    timeout: float | None
    cancelled_after: float | None
    is_listed: bool
    is_elsewhere: bool
    interval: float | None


def seconds(most: float) -> st.SearchStrategy[float]:
    """Some time, in tenths of a second."""
    return st.integers(0, int(most * 10)).map(lambda tenths: tenths / 10)


waits = st.builds(
    Wait,
    joins=seconds(200),
    lasts=seconds(300),
    timeout=st.none() | seconds(200),
    cancelled_after=st.none() | seconds(200),
    is_listed=st.booleans(),
    is_elsewhere=st.booleans(),
    interval=st.none() | st.just(7.0),
)


async def live(waits: list[Wait], outage: tuple[float, float], breaks: str) -> None:
    """Wait as told, and hold what came of it against what must."""
    server = Server({str(index): wait.joins + wait.lasts for index, wait in enumerate(waits)})
    server.projects = {str(index): OPS for index, wait in enumerate(waits) if wait.is_elsewhere}
    server.unlisted = {str(index) for index, wait in enumerate(waits) if not wait.is_listed}

    def refuse(kind: str, about: str) -> httpx.Response | None:
        is_out = outage[0] <= now() < outage[0] + outage[1]
        return httpx.Response(503) if is_out and kind.startswith(breaks) else None

    server.refuse = refuse
    async with client_of(server, retry=None) as client:
        before = asyncio.all_tasks()
        await asyncio.gather(
            *(one(client, server, index, wait) for index, wait in enumerate(waits))
        )
        assert before == asyncio.all_tasks()
        sent = server.asked.total()
        await asyncio.sleep(100)
        assert sent == server.asked.total()
        polling = client._own_session.connection.shared(Polling)
        with polling.member():
            assert polling.pause(0, 120) == 1


async def one(client: MatillionClient, server: Server, index: int, wait: Wait) -> None:
    """One wait, and whether it was over as it should."""
    await asyncio.sleep(wait.joins)
    name = str(index)
    run = client.pipeline_executions.attach(server.projects.get(name, SALES), name)
    waiting = asyncio.create_task(run.wait(wait.timeout, poll_interval=wait.interval))
    await asyncio.wait([waiting], timeout=wait.cancelled_after)
    was_cancelled = not waiting.done() and waiting.cancel()
    (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
    took, ended = now() - wait.joins, server.ends[name]
    if was_cancelled:
        assert isinstance(outcome, asyncio.CancelledError)
        assert wait.cancelled_after is not None
        assert abs(took - wait.cancelled_after) < 0.01
    elif isinstance(outcome, PipelineRunTimeoutError):
        assert wait.timeout is not None
        assert abs(took - wait.timeout) < 0.01
    else:
        assert not isinstance(outcome, BaseException), outcome
        assert outcome.status == "SUCCESS"
        pause = min(LONGEST, max(1.0, LATENESS * took)) if wait.interval is None else wait.interval
        assert ended <= now() + 0.01 <= ended + pause + _OUTAGE + 2 * LONGEST


@settings(max_examples=40, phases=[Phase.generate, Phase.explicit])
@given(
    st.lists(waits, min_size=1, max_size=25),
    st.tuples(seconds(300), seconds(_OUTAGE)),
    st.sampled_from(["nothing", "list", "details", ""]),
)
def test_each_wait_has_its_end(waits: list[Wait], outage: tuple[float, float], breaks: str) -> None:
    """However they come and go, wherever their runs are, and whatever fails meanwhile."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(live(waits, outage, breaks))

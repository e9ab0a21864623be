"""Real processes on one machine that share a limit, against a real server."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence

import pytest

pytest.importorskip("benchmarks", reason="it is of the checkout")

from benchmarks import _far_server
from benchmarks._fleet import Outcome, Worker, fleet
from benchmarks._world import Travel
from matillion_async.sandbox._limits import Algorithm

LIMITS = ("30/2s", "10/s")


def calls(
    processes: int,
    algorithm: Algorithm,
    seconds: float,
    meanwhile: Callable[[list[Worker]], None] = lambda workers: None,
    limits: Sequence[str] = LIMITS,
) -> tuple[_far_server.Counts, list[Outcome]]:
    """What the server saw, and what became of the calls of the processes that lived."""
    with (
        _far_server.running(limits, algorithm, Travel(0.01, "spiky")) as (url, counts),
        fleet(url, processes, share="host", callers=10, limits=limits) as workers,
    ):
        for worker in workers:
            worker.go(seconds)
        meanwhile(workers)
        outcomes = [outcome for worker in workers if (outcome := worker.outcome())]
    assert [] == [failure for outcome in outcomes for failure in outcome.failed]
    return counts, outcomes


def test_processes_share_a_limit() -> None:
    """None is refused, and each gets its part."""
    counts, outcomes = calls(2, "sliding-window", 2.5)
    assert 0 == counts.refused
    assert counts.arrived >= 10
    assert all(outcome.done for outcome in outcomes)


@pytest.mark.long
@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
def test_many_processes_share_a_limit(algorithm: Algorithm) -> None:
    """However the server counts."""
    counts, outcomes = calls(6, algorithm, 8.0)
    assert 0 == counts.refused
    assert counts.arrived >= 0.8 * (10 + 8 * 10)
    least, mean = min(each.done for each in outcomes), sum(each.done for each in outcomes) / 6
    assert least > 0.6 * mean


@pytest.mark.long
def test_a_process_that_is_killed() -> None:
    """The limit is kept, and the others go on with all of it once its last requests can have arrived."""

    def kill(workers: list[Worker]) -> None:
        time.sleep(1.5)
        workers[0].signal(signal.SIGKILL)

    counts, outcomes = calls(3, "sliding-window", 14.0, kill)
    assert 0 == counts.refused
    assert 2 == len(outcomes)
    assert counts.arrived >= 0.6 * (10 + 14 * 10)


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.8, 3.0, 8.0])
def test_a_process_that_stands_still(seconds: float) -> None:
    """When it goes on it harms nobody: what it was about to send is too late, and is given up."""

    def stop(workers: list[Worker]) -> None:
        for _ in range(2):
            time.sleep(0.7)
            workers[0].signal(signal.SIGSTOP)
            time.sleep(seconds)
            workers[0].signal(signal.SIGCONT)

    counts, outcomes = calls(3, "sliding-window", 2 * seconds + 4, stop)
    assert counts.refused <= 1  # the one request that it was just writing
    assert 3 == len(outcomes)

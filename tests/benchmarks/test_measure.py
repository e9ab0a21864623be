"""How benchmarks measure: turns, ratios, worst cases, and the goals that follow."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from benchmarks import calls
from benchmarks._measure import WARM_UP, Call, Cost, cost_of_calls, ratio, take_turns
from benchmarks._server import page
from benchmarks.limits import Result, worst


def test_each_round_begins_with_another_candidate() -> None:
    """Nobody always runs first."""
    order: list[str] = []

    def measure(name: str) -> int:
        order.append(name)
        return len(order)

    results = take_turns(measure, ["a", "b"], 2)

    assert order == ["a", "b", "b", "a"]
    assert results == {"a": [1, 4], "b": [2, 3]}


def test_a_ratio_is_that_of_the_same_round() -> None:
    """A round in which everything took ten times as long changes nothing, and neither does one that is off."""
    assert ratio({"a": [1.0, 10.0, 9.0], "b": [2.0, 20.0, 2.0]}, "a", "b") == 0.5


def test_cost_is_shown_for_one_call() -> None:
    """In microseconds."""
    assert Cost(calls=4, cpu=0.001, wall=1.0).cpu_us == 250


def test_the_worst_counts_the_largest_share_refused() -> None:
    """Each number is the worst of all; what was refused late is judged by its share."""
    few = Result(10, 20, 3, arrived_late=10, refused_late=1, seconds=5.0)
    many = Result(9, 30, 2, arrived_late=1000, refused_late=2, seconds=4.0)

    assert worst([few, many]) == Result(9, 30, 3, arrived_late=10, refused_late=1, seconds=5.0)


def test_only_what_was_measured_is_compared_with_goals() -> None:
    """Without peers there is nothing to say but how the cost grows."""
    found = calls.goals("at once", {10: {"ours": [100.0]}, 5000: {"ours": [110.0]}})

    assert [(goal.measured, goal.limit) for goal in found] == [(1.1, 1.25)]


def test_the_goals_of_a_call() -> None:
    """At 10 in flight, each against its peer."""
    costs = {name: [100.0] for name in ("ours", "httpx + json()", "openai SDK", "aiohttp + json()")}

    assert [0.70, 0.40, 1.5] == [goal.limit for goal in calls.goals("at once", {10: costs})]


def test_the_last_page_of_the_benchmark_server_holds_the_rest() -> None:
    """It pages as the API does."""
    found = page(2, 100, 250)

    assert (found["total"], len(found["results"])) == (250, 50)  # type: ignore[arg-type]  # JSON, read as object


@pytest.mark.virtual_time
@pytest.mark.parametrize("in_flight", [1, 50])
async def test_the_calls_that_warm_up_do_not_count(in_flight: int) -> None:
    """What is counted begins after the first calls, and covers at least as many as are in flight."""
    made = 0

    @contextlib.asynccontextmanager
    async def candidate(url: str) -> AsyncIterator[Call]:
        async def call() -> None:
            nonlocal made
            await asyncio.sleep(1)
            made += 1

        yield call

    cost = await cost_of_calls(candidate, "", in_flight, seconds=0.0)

    assert made - WARM_UP - in_flight == cost.calls >= in_flight


async def test_a_failing_call_fails_the_measurement() -> None:
    """Nothing is measured of what does not work, be it that only the calls side by side fail."""
    made = 0

    @contextlib.asynccontextmanager
    async def candidate(url: str) -> AsyncIterator[Call]:
        async def call() -> None:
            nonlocal made
            made += 1
            if made > WARM_UP:
                raise ConnectionError("no server")

        yield call

    with pytest.raises(ConnectionError, match="no server"):
        await cost_of_calls(candidate, "", 2, seconds=0.0)

"""The oracle of the soak: quiet about a client that keeps the rules, and not about one that breaks any."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from matillion_async import MatillionClient
from scripts._soak import plans
from scripts._soak.faults import Fault
from scripts._soak.findings import Findings
from scripts._soak.in_process import in_process
from scripts._soak.soak import Soak
from tests.soak import broken

pytestmark = [pytest.mark.virtual_time, pytest.mark.long]

SEED = 8
FAULTS = {
    Fault.ERROR_AFTER: 0.05,
    Fault.RESET_AFTER: 0.05,
    Fault.RESET: 0.02,
    Fault.UNREAD: 0.02,
    Fault.SLOW: 0.05,
}
"""None after which a client has to find back to its rate, or to a run whose start was lost."""


async def soak(
    faults: dict[Fault, float],
    kind: type[broken.Broken] | None = None,
    make_client: Callable[..., MatillionClient] = MatillionClient,
    least_rate: float = 0.95,
    seed: int = SEED,
) -> Findings:
    """Some minutes with one storm, and no disturbance of the server as a whole."""
    plan = plans.virtual(0.2)
    plan = dataclasses.replace(
        plan,
        workload=dataclasses.replace(plan.workload, **kind.workload if kind else {}),
        storm=400.0,
        settle=60.0,
        measured=60.0,
        disturbance=1e9,
        shares=faults,
        least_used=0.9,
        least_rate=least_rate,
    )
    made: list[broken.Broken] = []

    def around(inner: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        if kind is None:
            return inner
        made.append(kind(inner))
        return made[0]

    def client(**options: Any) -> MatillionClient:
        result = make_client(**options)
        for transport in made:
            transport.client = result
        return result

    findings = await Soak(plan, seed, in_process, around=around, make_client=client).run()
    for transport in made:
        transport.undo()
    return findings


async def test_a_good_client_on_a_good_server() -> None:
    """Nothing is found, and every kind of call was made."""
    findings = await soak({})
    assert {} == findings.witness.broken
    kinds = {kind for kind, end in findings.oracle.ends if end == "value"}
    assert {"get", "walk", "create", "delete", "start", "wait", "watch", "publish"} < kinds
    assert {"bulk of reads", "bulk of writes", "get in a calm"} < kinds
    assert findings.used[0] > 0.95


@pytest.mark.parametrize(
    ("rules", "kind", "make_client"),
    [
        (("a POST was sent again",), broken.SendsTwice, MatillionClient),
        (("a POST was sent again",), broken.RepeatsAfterServerErrors, MatillionClient),
        (("a POST was sent again",), broken.Denies, MatillionClient),
        (("told as not processed, but it was",), broken.Denies, broken.final),
        (("a response that belongs to another call",), broken.Swaps, MatillionClient),
        (("an error of a foreign type",), None, broken.foreign),
        (("a call never ended",), broken.Hangs, broken.patient),
        (("the limiter is not at rest",), broken.LeaksSlots, MatillionClient),
        (("a cancellation was swallowed",), broken.SwallowsCancellations, MatillionClient),
        (
            ("a cancellation took its time", "a deadline was not kept"),
            broken.TakesItsTime,
            MatillionClient,
        ),
        (("a task stays behind", "a timer stays behind"), broken.LeavesTasks, MatillionClient),
        (("a descriptor stays open",), broken.LeavesFiles, MatillionClient),
        (("a secret in an error",), broken.TellsSecrets, MatillionClient),
        (("a call failed with 401 though new tokens worked",), broken.Refuses, MatillionClient),
        (("asyncio complained",), broken.Complains, MatillionClient),
        (("a bulk lost an item, or had one twice",), None, broken.LosesItems),
        (("the limit was not used",), None, broken.told("30/min")),
        (("too many requests were refused",), broken.Hammers, broken.told("none")),
    ],
    ids=lambda value: (
        " and ".join(value) if isinstance(value, tuple) else getattr(value, "__name__", str(value))
    ),
)
async def test_a_broken_client_is_found(
    rules: tuple[str, ...],
    kind: type[broken.Broken] | None,
    make_client: Callable[..., MatillionClient],
) -> None:
    """Each rule is broken by a client made for it, and by no client that keeps it."""
    findings = await soak(FAULTS, kind, make_client)
    for rule in rules:
        assert findings.witness.broken[rule] > 0
        (first, *_) = [found for found in findings.witness.violations if found.rule == rule]
        assert first.history


async def test_a_soak_repeats_exactly() -> None:
    """The same seed gives the same calls with the same ends, event by event, whatever time of day it is."""
    first, second = await soak(FAULTS), await soak(FAULTS)
    assert first.oracle.ends == second.oracle.ends
    assert first.service.statuses == second.service.statuses
    assert _told(first) == _told(second)


def _told(findings: Findings) -> list[tuple[str, str]]:
    """The latest events without their times: those of a later soak on the same loop are rounded otherwise."""
    return [(marker, text) for _, marker, text in findings.witness.events]


@pytest.mark.long
@pytest.mark.parametrize("seed", [SEED, 1, 3, 6])
async def test_a_lower_rate_that_is_used_may_be_allowed(seed: int) -> None:
    """Where a storm is too short for a client to find all the way back, it uses what it has, and has none of it refused."""
    findings = await soak({}, None, broken.told("30/min"), least_rate=0.4, seed=seed)
    assert 0 == findings.witness.broken["the limit was not used"]
    assert findings.refused == [0]
    assert findings.used == pytest.approx([0.5], abs=0.02)

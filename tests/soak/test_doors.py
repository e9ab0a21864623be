"""The soak as a whole: its command, its two doors, and what it says."""

from __future__ import annotations

import asyncio
import dataclasses
import sys

import pytest

from matillion_async.sandbox import VirtualTimeLoop
from scripts._soak import __main__ as command
from scripts._soak import plans
from scripts._soak.faults import Fault
from scripts._soak.in_process import in_process
from scripts._soak.leftovers import Level, growth
from scripts._soak.plans import Plan
from scripts._soak.soak import Soak
from scripts._soak.wire import wire

REAL, VIRTUAL = plans.real, plans.virtual


def _gentle(plan: Plan, shares: dict[Fault, float]) -> Plan:
    """The plan without what needs the client to find back to its rate."""
    return dataclasses.replace(plan, shares=shares, disturbance=1e9, least_used=0.3)


@pytest.mark.long
async def test_over_real_sockets() -> None:
    """A good client breaks no rule on a server that responses at once, and its connections are gone at the end."""
    plan = _gentle(REAL(1.0), {})
    # No share of the limit is asked for: all that a second allows may go before or after so short a time.
    plan = dataclasses.replace(plan, users=4, storm=0.5, settle=0.1, measured=0.2, least_used=0.0)
    findings = await Soak(plan, 1, wire).run()
    assert {} == findings.witness.broken
    assert findings.service.statuses[200] > 10


@pytest.mark.long
async def test_faults_on_real_sockets() -> None:
    """Each fault of a socket happens, and is told apart by the client from what it is not."""
    kinds = [Fault.UNREAD, Fault.RESET_AFTER, Fault.CLOSED_AFTER, Fault.CUT, Fault.GARBAGE]
    plan = _gentle(REAL(1.0), dict.fromkeys(kinds, 0.05))
    plan = dataclasses.replace(plan, users=8, storm=1.5, settle=0.1, measured=0.2, least_used=0.0)
    findings = await Soak(plan, 2, wire).run()
    assert findings.service.faults.total() > 5
    assert 0 == findings.witness.broken["a POST was sent again"]
    assert 0 == findings.witness.broken["told as not processed, but it was"]
    assert 0 == findings.witness.broken["an error of a foreign type"]


@pytest.mark.long
def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It names its seed, shows its tables, and ends with 0 if no rule was broken."""
    monkeypatch.setattr(plans, "virtual", lambda hours: _gentle(VIRTUAL(hours), {}))
    assert 0 == command.main(["--virtual-hours", "0.2", "--seed", "8"])
    told = capsys.readouterr().out
    assert "virtual time: 0.2 h, seed 8" in told
    assert "virtual time: ok, seed 8" in told
    for title in ("calls", "faults", "measured", "violations"):
        assert f"\n{title}\n" in told


@pytest.mark.long
def test_the_command_after_a_violation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which rule was broken and what happened around it, and ends with 1; it shows no secret."""

    def plan(hours: float) -> Plan:
        return dataclasses.replace(_gentle(VIRTUAL(hours), {}), least_used=1.5)

    monkeypatch.setattr(plans, "virtual", plan)
    assert 1 == command.main(["--virtual-hours", "0.2", "--seed", "8"])
    told = capsys.readouterr().out
    assert "VIOLATION at" in told
    assert "the limit was not used" in told
    assert "server: GET" in told
    assert "virtual time: FAILED, seed 8" in told
    assert "soak-token" not in told
    assert "soak-secret" not in told


def test_what_a_command_line_must_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    """A duration must be more than 0."""
    with pytest.raises(SystemExit):
        command.main(["--seconds", "0"])
    assert "0 is not more than 0" in capsys.readouterr().err


def test_uvloop_is_there_or_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it is not installed, the command says how to get it, before anything runs."""
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with pytest.raises(SystemExit):
        command.main(["--seconds", "1", "--loop", "uvloop"])
    told = capsys.readouterr()
    assert "pip install uvloop" in told.err
    assert "" == told.out


def test_growth_is_what_comes_after_the_warm_up() -> None:
    """Levels that rise at first and stay are not growth, those that go on rising are."""

    def levels(objects: list[int], memory: list[float]) -> list[Level]:
        return [Level(count, size, 10, 1) for count, size in zip(objects, memory, strict=True)]

    flat = [50_000.0] * 9
    steady = [int(count) for count in flat]
    assert [] == growth(levels([1_000, 2_000, *steady[2:]], [10.0, 20.0, *[50.0] * 7]))
    rising = [50_000 + 2_000 * number for number in range(9)]
    assert ["objects grew from 58000 to 64000"] == growth(levels(rising, [50.0] * 9))
    swelling = [50.0 + 10 * number for number in range(9)]
    assert ["memory grew from 90 to 120 MB"] == growth(levels(steady, swelling))


def test_a_few_levels_tell_nothing() -> None:
    """Growth is not judged before there is something to compare."""
    assert [] == growth([Level(1_000 * number, None, None, 1) for number in range(5)])


def test_without_procfs_memory_is_not_judged() -> None:
    """Where the system does not tell how much memory there is, objects are counted all the same."""
    levels = [Level(50_000 + 9_000 * number, None, None, 1) for number in range(9)]
    assert ["objects grew from 86000 to 113000"] == growth(levels)


@pytest.mark.long
def test_virtual_time_takes_no_real_time() -> None:
    """A virtual soak runs on any virtual loop, one after the other in a process."""
    plan = _gentle(VIRTUAL(0.1), {})
    for _ in range(2):
        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            findings = runner.run(Soak(plan, 8, in_process).run())
        assert {} == findings.witness.broken

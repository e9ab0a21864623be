"""What refusals do to the rate: those that mean nothing, a limit that changes, and clients that share one.

A saturated client on a virtual clock, which has always calls waiting, and a server 100 to 200 ms away. A stray refusal
is a 429 that has nothing to do with the client's rate: another process, a gateway. Where three numbers are in a cell
they are for the server's algorithms: bucket, sliding windows, fixed windows.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
from collections.abc import Iterable, Sequence
from typing import get_args

from benchmarks._report import Goal, Report, Table
from benchmarks._saturated import SAMPLE, History, saturate
from benchmarks._virtual import on_virtual_time
from benchmarks._world import Travel, World
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
LIMITS = ("600/min", "20/s")
DOCUMENTED = ("1000/min",)
TRAVEL = Travel(0.1, "uniform")
HOUR, MINUTE = 3600.0, 60.0
STRAYS = {100: 25, 600: 10, 3_000: 3, 20_000: 3}
"""One in so many requests is refused, and the share of the limit in per cent that may stay unused for it."""
SMALLER = {"halved": ("300/min", "10/s"), "cut to a third": ("200/min", "6/s")}
CHANGED, RESTORED, END = 10 * MINUTE, 40 * MINUTE, 100 * MINUTE
"""When a limit becomes smaller, when it is as before, and when nobody looks any more."""
EARLY = SAMPLE
"""When a client without a limit is refused."""
SHARING = (1, 2, 4)


def with_strays(
    every: int, retry_after: int, seconds: float, *, configured: bool = True
) -> tuple[History, float]:
    """Hours with one stray refusal in so many requests; also the share of the limit that was used."""
    limits = LIMITS if configured else DOCUMENTED
    world = World(limits, "bucket", TRAVEL, stray_every=every, stray_retry_after=retry_after)
    history = on_virtual_time(saturate([world], seconds, limits if configured else None))
    return history, history.share(_rate(limits), 0, seconds)


def after_one(seconds: float) -> tuple[float, float]:
    """An unlimited client that is refused once, soon after its start: calls per minute before, and in the time after."""

    async def story() -> History:
        world = World((), "bucket", TRAVEL)
        asyncio.get_running_loop().call_later(EARLY, _refuse_one, world)
        return await saturate([world], EARLY + seconds, "none", at_once=8)

    history = on_virtual_time(story())
    before = history.between(0, EARLY)
    after = history.between(EARLY, EARLY + seconds)
    return before.accepted / before.time * MINUTE, after.accepted / after.time * MINUTE


def _refuse_one(world: World) -> None:
    unlimited = world.limit

    class Once(ServerLimit):
        def hit(self, now: float) -> float:
            world.limit = unlimited
            return 1.0

    world.limit = Once("bucket", ())


def with_change(smaller: Sequence[str], algorithm: Algorithm, *, retry_after: bool) -> History:
    """A limit that becomes smaller, and is as before later."""

    async def story() -> History:
        world = World(LIMITS, algorithm, TRAVEL, retry_after=retry_after)
        loop = asyncio.get_running_loop()
        for when, limits in ((CHANGED, smaller), (RESTORED, LIMITS)):
            limit = ServerLimit(algorithm, parse_rate_limits(limits))
            loop.call_later(when, setattr, world, "limit", limit)
        return await saturate([world], END, LIMITS)

    return on_virtual_time(story())


def refused_later(history: History) -> float:
    """The share that was refused of what was sent from a minute after the change on, until it ended."""
    later = history.between(CHANGED + MINUTE, RESTORED)
    return later.refused / later.arrived


def back_after(history: History) -> float:
    """Seconds from the end of the change until nine tenths of the limit were used in a minute."""
    rate = _rate(LIMITS)
    for sample in history.samples:
        begin = sample.time - MINUTE
        if begin >= RESTORED - SAMPLE and history.share(rate, begin, sample.time) >= 0.9:
            return sample.time - RESTORED
    return math.inf


def shared(clients: int, algorithm: Algorithm, seconds: float) -> tuple[float, float]:
    """Clients that share a limit without knowing of each other: the share of it they use, and of their requests refused."""
    worlds = [World(LIMITS, algorithm, TRAVEL, seed=number) for number in range(clients)]
    for world in worlds[1:]:
        world.limit = worlds[0].limit
    history = on_virtual_time(saturate(worlds, seconds, LIMITS))
    whole = history.between(0, seconds)
    return history.share(_rate(LIMITS), 0, seconds), whole.refused / whole.arrived


def add_options(parser: argparse.ArgumentParser) -> None:
    """How long the strays are looked at."""
    parser.add_argument(
        "--hours", type=float, help="of virtual time with strays, 12 unless --quick"
    )


def run(options: argparse.Namespace) -> Report:
    """Strays, a single refusal, changes of the limit, clients that share it."""
    hours = options.hours or (0.5 if options.quick else 12)
    report = Report()
    for part in (
        _strays(hours),
        _one(),
        _changes(options.quick),
        _sharing(10 if options.quick else 60),
    ):
        table, goals = part
        print(table, file=sys.stderr, flush=True)
        report.tables.append(table)
        report.goals += goals
    return report


def _strays(hours: float) -> tuple[Table, list[Goal]]:
    rows, goals = [], []
    for configured in (True, False):
        for every, unused in STRAYS.items():
            name = f"{'configured' if configured else 'nothing configured'}, one in {every:,}"
            cells, used = [], []
            for retry_after in (0, 1):
                seconds = HOUR * (hours if configured and not retry_after else min(hours, 1))
                history, share = with_strays(every, retry_after, seconds, configured=configured)
                cells += [f"{100 * share:.1f} %", f"{history.failed:,} of {history.calls:,}"]
                used.append(share)
            rows.append((name, *cells))
            if configured:
                goals.append(
                    Goal(f"{name} is a stray: limit unused", 100 - 100 * min(used), unused, "%", 1)
                )
    head = (
        f"Stray refusals, {hours:g} h at {' + '.join(LIMITS)}",
        "used",
        "calls failed",
        "Retry-After: 1, 1 h: used",
        "calls failed",
    )
    return Table(head, rows), goals


def _one() -> tuple[Table, list[Goal]]:
    before, after = after_one(10 * MINUTE)
    table = Table(
        ("No limit, a single refusal", "calls/min before", "in the ten minutes after"),
        [('ours, `rate_limits="none"`', f"{before:,.0f}", f"{after:,.0f}")],
    )
    goal = Goal(
        "no limit, a single refusal: slower after it by", 100 - 100 * after / before, 10, "%", 1
    )
    return table, [goal]


def _changes(quick: bool) -> tuple[Table, list[Goal]]:
    rows, shares = [], []
    for name, limits in SMALLER.items():
        for retry_after in (True,) if quick else (True, False):
            found = [with_change(limits, each, retry_after=retry_after) for each in ALGORITHMS]
            later = [refused_later(history) for history in found]
            shares += later
            rows.append(
                (
                    f"{name}, {'Retry-After' if retry_after else 'no Retry-After'}",
                    _cell(f"{100 * share:.2f} %" for share in later),
                    _cell(
                        f"{100 * each.share(_rate(limits), CHANGED + MINUTE, RESTORED):.0f} %"
                        for each in found
                    ),
                    _cell(f"{back_after(each) / MINUTE:.1f} min" for each in found),
                )
            )
    head = (
        f"{' + '.join(LIMITS)}, smaller for half an hour",
        "refused after a minute",
        "of the smaller limit used",
        "back at 90 % after",
    )
    goal = Goal("smaller limit: refused of what was sent after a minute", 100 * max(shares), 2, "%")
    return Table(head, rows), [goal]


def _sharing(minutes: float) -> tuple[Table, list[Goal]]:
    rows, used = [], []
    for clients in SHARING:
        found = [shared(clients, algorithm, minutes * MINUTE) for algorithm in ALGORITHMS]
        used += [share for share, _ in found]
        rows.append(
            (
                f"{clients}",
                _cell(f"{100 * share:.1f} %" for share, _ in found),
                _cell(f"{100 * refused:.2f} %" for _, refused in found),
            )
        )
    head = (
        f"Clients that share {' + '.join(LIMITS)}, each told all of it",
        "used together",
        "refused",
    )
    return Table(head, rows), [
        Goal("clients that share a limit: unused", 100 - 100 * min(used), 3, "%", 1)
    ]


def _cell(numbers: Iterable[str]) -> str:
    return " / ".join(numbers)


def _rate(limits: Sequence[str]) -> float:
    return min(limit.rate for limit in parse_rate_limits(limits))

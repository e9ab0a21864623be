"""The command behind scripts/soak."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import random
import sys
from collections.abc import Callable

from matillion_async.sandbox import VirtualTimeLoop
from scripts._soak import plans
from scripts._soak.in_process import in_process
from scripts._soak.plans import Plan
from scripts._soak.report import Progress, summary, violation
from scripts._soak.soak import OpenDoor, Soak
from scripts._soak.wire import wire

_SECONDS = 900.0
_QUICK_SECONDS = 45.0  # the last calm, its calls and the end come on top
_QUICK_HOURS = 4.0
_HIGHEST_SEED = 999_999


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for; the exit code is 1 if a rule was broken."""
    parser = argparse.ArgumentParser(
        prog="scripts/soak",
        description="Use a client under random faults, and hold what it does against what the server saw.",
    )
    parser.add_argument("--seconds", type=_positive, metavar="N", help="of real time; default: 900")
    parser.add_argument("--virtual-hours", type=_positive, metavar="N", help="of virtual time")
    parser.add_argument(
        "--quick", action="store_true", help="a minute of real time, some hours of virtual"
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help="of an earlier soak; virtual ones repeat exactly"
    )
    parser.add_argument(
        "--loop", choices=("asyncio", "uvloop"), default="asyncio", help="of real time"
    )
    options = parser.parse_args(argv)
    seconds, hours = options.seconds, options.virtual_hours
    if options.quick:
        seconds, hours = seconds or _QUICK_SECONDS, hours or _QUICK_HOURS
    elif hours is None:
        seconds = seconds or _SECONDS
    seed = random.randint(1, _HIGHEST_SEED) if options.seed is None else options.seed
    broken = False
    if seconds is not None:
        factory = _loop_factory(parser, options.loop)
        label = f"real time on {options.loop}"
        broken |= _soak(label, plans.real(seconds), seed, wire, factory, (1, "s"))
    if hours is not None:
        plan = plans.virtual(hours)
        broken |= _soak("virtual time", plan, seed, in_process, VirtualTimeLoop, (3600, "h"))
    return int(broken)


def _soak(
    label: str,
    plan: Plan,
    seed: int,
    door: OpenDoor,
    loop_factory: Callable[[], asyncio.AbstractEventLoop],
    unit: tuple[float, str],
) -> bool:
    """Run one, and tell of it; whether a rule was broken."""
    print(f"{label}: {plan.seconds / unit[0]:g} {unit[1]}, seed {seed}", flush=True)
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        findings = runner.run(Soak(plan, seed, door, Progress(label, *unit)).run())
    for found in findings.witness.violations:
        print(f"\n{violation(found)}")
    result = "FAILED" if findings.witness.broken else "ok"
    print(f"\n{summary(findings)}\n\n{label}: {result}, seed {seed}", flush=True)
    return bool(findings.witness.broken)


def _loop_factory(
    parser: argparse.ArgumentParser, name: str
) -> Callable[[], asyncio.AbstractEventLoop]:
    if name == "asyncio":
        return asyncio.new_event_loop
    try:
        factory: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module(
            name
        ).new_event_loop
    except ImportError:
        parser.error(
            "--loop uvloop: uvloop is not installed: .venv/bin/python -m pip install uvloop"
        )
    return factory


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return number


if __name__ == "__main__":
    sys.exit(main())

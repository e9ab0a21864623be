"""Import time: the package with every model of the API, against what it builds on.

CPU time of an import in a new process, Python's own start not included; the median over rounds in which all take turns.
The files are in the system's cache and compiled. Models and groups are imported when they are first used, so a program
that uses a few does not wait for all; "with every model" imports every module of the generated package.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

from benchmarks._measure import ratio, take_turns
from benchmarks._report import Goal, Report, Table

ALL_MODELS = (
    "import importlib, pkgutil, matillion_async, matillion_api\n"
    "for module in pkgutil.walk_packages(matillion_api.__path__, 'matillion_api.'):\n"
    "    importlib.import_module(module.name)"
)
OURS, EVERYTHING = "matillion_async", "matillion_async with every model"
BASE = "httpx, aiohttp and attrs"
IMPORTED = {
    OURS: "import matillion_async",
    EVERYTHING: ALL_MODELS,
    BASE: "import httpx, aiohttp, attrs",
    "httpx": "import httpx",
    "aiohttp": "import aiohttp",
    "Authlib's core class": "import authlib.oauth2.client",
    "the openai SDK": "import openai",
}


def import_ms(name: str) -> float:
    """Milliseconds of CPU to run an import in a new process."""
    code = (
        "import time\n"
        "started = time.process_time()\n"
        f"{IMPORTED[name]}\n"
        "print(1000 * (time.process_time() - started))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def run(options: argparse.Namespace) -> Report:
    """One row for each import."""
    names = [*IMPORTED]
    take_turns(import_ms, names, 1)  # compiles the files and fills the caches
    times = take_turns(import_ms, names, 5 if options.quick else 11)
    rows = [
        (name, f"{statistics.median(times[name]):.0f} ms", f"{ratio(times, name, BASE):.2f} x")
        for name in names
    ]
    goals = [Goal(f"{name} / {BASE}", ratio(times, name, BASE), 1.3) for name in (OURS, EVERYTHING)]
    return Report(
        tables=[Table(("Import", "CPU", f"of {BASE}"), rows)], goals=goals, peers=("openai",)
    )

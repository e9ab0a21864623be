"""Import time: the package with every model of the API, against what it builds on.

CPU time of an import in a new process, Python's own start not included; the median over rounds in which all take turns.
The files are in the system's cache and compiled. Models and groups are imported when they are first used, so a program
that uses a few does not wait for all; the rows "with every" import all of them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial

from benchmarks._measure import ratio, take_turns
from benchmarks._report import Goal, Report, Table


def _importing_all_of(package: str) -> str:
    return (
        f"import importlib, pkgutil, matillion_async, {package}\n"
        f"for module in pkgutil.walk_packages({package}.__path__, '{package}.'):\n"
        "    importlib.import_module(module.name)"
    )


OURS = "matillion_async"
EVERY_MODEL, EVERYTHING = f"{OURS} with every model", f"{OURS} with every model and operation"
BASE = "httpx, aiohttp and attrs"
IMPORTED = {
    OURS: "import matillion_async",
    EVERY_MODEL: _importing_all_of("matillion_api.models"),
    EVERYTHING: _importing_all_of("matillion_api"),
    BASE: "import httpx, aiohttp, attrs",
    "httpx": "import httpx",
    "aiohttp": "import aiohttp",
    "Authlib's core class": "import authlib.oauth2.client",
    "the openai SDK": "import openai",
}


def import_ms(name: str, compiled: str) -> float:
    """Milliseconds of CPU to run an import in a new process, which keeps compiled files in that folder."""
    code = (
        "import time\n"
        "started = time.process_time()\n"
        f"{IMPORTED[name]}\n"
        "print(1000 * (time.process_time() - started))"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # with it, what is not installed is compiled anew
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return float(done.stdout)


def run(options: argparse.Namespace) -> Report:
    """One row for each import."""
    names = [*IMPORTED]
    with tempfile.TemporaryDirectory() as compiled:
        measure = partial(import_ms, compiled=compiled)
        take_turns(measure, names, 1)  # compiles the files and fills the caches
        times = take_turns(measure, names, 5 if options.quick else 11)
    rows = [
        (name, f"{statistics.median(times[name]):.0f} ms", f"{ratio(times, name, BASE):.2f} x")
        for name in names
    ]
    goals = [
        Goal(f"{name} / {BASE}", ratio(times, name, BASE), 1.3) for name in (OURS, EVERY_MODEL)
    ]
    return Report(
        tables=[Table(("Import", "CPU", f"of {BASE}"), rows)], goals=goals, peers=("openai",)
    )

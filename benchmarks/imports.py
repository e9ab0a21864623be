"""Start: what imports, the first help page and a client cost, against what they build on.

CPU time in new processes; the median over rounds in which all take turns. The files are in the system's cache and compiled.
Of an import, Python's own start does not count; of a command it does. Models and groups are imported when they are first used,
so a program that uses a few does not wait for all; the rows "with every" import all of them.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial

from benchmarks._measure import ratio, take_turns
from benchmarks._report import Goal, Report, Table


def _importing_all_of(package: str) -> str:
    return (
        f"import importlib, pkgutil, matillion_async, {package}\n"
        f"for module in pkgutil.walk_packages({package}.__path__, '{package}.'):\n"
        "    importlib.import_module(module.name)"
    )


OURS, CLIENT = "matillion_async", "MatillionClient, MatillionError and RetryPolicy of it"
EVERY_MODEL, EVERYTHING = f"{OURS} with every model", f"{OURS} with every model and operation"
BASE = "httpx, aiohttp and attrs"
IMPORTED = {
    OURS: "import matillion_async",
    CLIENT: "from matillion_async import MatillionClient, MatillionError, RetryPolicy",
    EVERY_MODEL: _importing_all_of("matillion_api.models"),
    EVERYTHING: _importing_all_of("matillion_api"),
    BASE: "import httpx, aiohttp, attrs",
    "httpx": "import httpx",
    "aiohttp": "import aiohttp",
    "Authlib's core class": "import authlib.oauth2.client",
    "the openai SDK": "import openai",
}
HELP, CLICK = "matillion --help", 'python -c "import click"'
RUN = {
    HELP: ("-m", "matillion_async.cli", "--help"),
    "matillion projects --help": ("-m", "matillion_async.cli", "projects", "--help"),
    CLICK: ("-c", "import click"),
}
CONSTRUCTED = """
import statistics, time
from matillion_async import MatillionClient
def made():
    started = time.process_time()
    MatillionClient(client_id="id", client_secret="secret", region="eu1")
    return 1000 * (time.process_time() - started)
made()
print(statistics.median(made() for _ in range(100)))
"""


def import_ms(name: str, compiled: str) -> float:
    """Milliseconds of CPU to run an import in a new process, which keeps compiled files in that folder."""
    code = (
        "import time\n"
        "started = time.process_time()\n"
        f"{IMPORTED[name]}\n"
        "print(1000 * (time.process_time() - started))"
    )
    return float(_run(("-c", code), compiled))


def command_ms(name: str, compiled: str) -> float:
    """Milliseconds of CPU of a whole process, which keeps compiled files in that folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(RUN[name], compiled)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def constructor_ms(name: str, compiled: str) -> float:
    """Milliseconds of CPU to make a client, the first one of a process not counted."""
    return float(_run(("-c", CONSTRUCTED), compiled))


def _run(arguments: Sequence[str], compiled: str) -> str:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # with it, what is not installed is compiled anew
    command = [sys.executable, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return done.stdout


def run(options: argparse.Namespace) -> Report:
    """One row for each import, for each command, and for a client."""
    rounds = 5 if options.quick else 11
    with tempfile.TemporaryDirectory() as compiled:

        def measured(measure: partial[float], names: Sequence[str]) -> dict[str, list[float]]:
            take_turns(measure, names, 1)  # compiles the files and fills the caches
            return take_turns(measure, names, rounds)

        imports = measured(partial(import_ms, compiled=compiled), [*IMPORTED])
        commands = measured(partial(command_ms, compiled=compiled), [*RUN])
        client = measured(partial(constructor_ms, compiled=compiled), ["MatillionClient()"])
    made = statistics.median(client["MatillionClient()"])
    return Report(
        tables=[
            Table(("Import", "CPU", f"of {BASE}"), _rows(imports, BASE)),
            Table(("Command", "CPU", "of importing click"), _rows(commands, CLICK)),
        ],
        goals=[
            Goal(f"{OURS} / {BASE}", ratio(imports, OURS, BASE), 0.5),
            Goal(f"{EVERY_MODEL} / {BASE}", ratio(imports, EVERY_MODEL, BASE), 1.3),
            Goal(f"{HELP} / {CLICK}", ratio(commands, HELP, CLICK), 2),
            Goal("the second and each later MatillionClient()", made, 1, "ms"),
        ],
        peers=("click", "openai"),
    )


def _rows(times: dict[str, list[float]], base: str) -> list[tuple[str, str, str]]:
    return [
        (name, f"{statistics.median(found):.0f} ms", f"{ratio(times, name, base):.2f} x")
        for name, found in times.items()
    ]

"""Generation: how long scripts/generate takes, against an older revision, with 1,000 operations, and with nothing to do.

Wall-clock time of new processes; the median over rounds in which all take turns. The package is written into an empty folder.
"Changed" is a spec that was not found valid before, which is looked at by the validators of OpenAPI. The older revision comes
from the repository's history, and runs with the tools that are installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._measure import ratio, take_turns
from benchmarks._report import Goal, Report, Table
from scripts._generation.digest import CACHE

ROOT = Path(__file__).resolve().parents[1]
OLD = "97f2818"
OURS, CHANGED, BEFORE = "our spec", "our spec, changed", "our spec, older revision"
LARGE, CHECK = "a file of 3 MB with 1,000 operations", "--check with nothing to do"
SECONDS_OF_LARGE, SECONDS_OF_CHECK = 60, 2


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which revision to compare with."""
    parser.add_argument("--against", default=OLD, metavar="REVISION", help=f"default: {OLD}")


def run(options: argparse.Namespace) -> Report:
    """One row for each kind of run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, large, output = folder / "old", folder / "large.json", folder / "made"
        _check_out(options.against, old)
        _python("-m", "tests.generation.large_spec", str(large))
        start = ("-P", "-m", "scripts._generation.start")
        runs = {
            BEFORE: (old, ("-P", "-m", "scripts._generation", "--output", str(output))),
            OURS: (ROOT, (*start, "--output", str(output))),
            CHANGED: (ROOT, (*start, "--output", str(output))),
            LARGE: (ROOT, (*start, "--spec", str(large), "--output", str(output))),
            CHECK: (ROOT, (*start, "--check")),
        }

        def seconds(name: str) -> float:
            shutil.rmtree(output, ignore_errors=True)
            if name == CHANGED:
                (CACHE / "valid").unlink(missing_ok=True)
            root, arguments = runs[name]
            started = time.perf_counter()
            _python(*arguments, root=root)
            return time.perf_counter() - started

        take_turns(seconds, [*runs], 1)  # compiles files and templates, and checks once
        times = take_turns(seconds, [*runs], 2 if options.quick else 5)
    medians = {name: statistics.median(found) for name, found in times.items()}
    return Report(
        tables=[
            Table(
                ("", "time", f"of {BEFORE}"),
                [
                    (name, f"{medians[name]:.2f} s", f"{ratio(times, name, BEFORE):.2f} x")
                    for name in runs
                ],
            )
        ],
        goals=[
            Goal(f"{OURS} / {BEFORE}", ratio(times, OURS, BEFORE), 0.5),
            Goal(LARGE, medians[LARGE], SECONDS_OF_LARGE, "s"),
            Goal(CHECK, medians[CHECK], SECONDS_OF_CHECK, "s"),
        ],
        peers=("openapi-python-client", "ruff"),
    )


def _check_out(revision: str, folder: Path) -> None:
    folder.mkdir()
    made = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    subprocess.run(["tar", "-x"], cwd=folder, input=made.stdout, check=True)


def _python(*arguments: str, root: Path = ROOT) -> None:
    subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=True,
    )

"""Build the package, and test what was built: on each Python from 3.11, with the lowest and the newest dependencies.

Each job gets an empty environment and a copy of the tests without the source tree.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints"
TESTS = ("conftest.py", "matillion_async", "sandbox", "cli", "evidence")
TEST_TOOLS = ("anyio", "hypothesis", "pytest", "pyyaml", "schemathesis", "trustme")
IN_THE_WHEEL = (
    "matillion_async/py.typed",
    "matillion_api/py.typed",
    "matillion_api/openapi.json",
    "matillion_api/api/projects/__init__.py",
)


@dataclass(frozen=True)
class Job:
    """One environment to test the wheel in."""

    python: Path
    version: str
    name: str
    constraints: tuple[str, ...]
    packages: tuple[str, ...] = ()


class JobError(Exception):
    """A step of a job failed; the message is its output."""


def main() -> int:
    """Run all jobs, two at a time; the exit code is 1 as soon as one failed."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        print(f"ok     wheel and sdist are built and complete: {wheel.name}", flush=True)
        bare_install(wheel, Path(folder))
        pythons = installed_pythons()
        newest = max(pythons, key=lambda version: tuple(map(int, version.split("."))))
        jobs = [
            Job(path, version, f"{kind} dependencies", (f"{kind}.txt",))
            for version, path in pythons.items()
            for kind in ("lowest", "highest")
        ]
        together = ("highest.txt", "httpx2.txt")
        jobs.append(Job(pythons[newest], newest, "with httpx2", together, ("httpx2",)))
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda job: run(job, wheel, Path(folder)), jobs))
    return 0 if all(results) else 1


def build(folder: Path) -> Path:
    """Build sdist and wheel, and check that what users need is in them, and no tests."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    wheel = next(folder.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    missing = [name for name in IN_THE_WHEEL if name not in names]
    foreign = [name for name in names if name.split("/")[0] in ("tests", "scripts", "generated")]
    if missing or foreign:
        raise SystemExit(f"the wheel lacks {missing} and should not have {foreign}")
    return wheel


def bare_install(wheel: Path, folder: Path) -> None:
    """Without extras the client can be imported, and the command says what it needs."""
    python = environment(Path(sys.executable), folder / "bare")
    install(python, "-c", str(CONSTRAINTS / "highest.txt"), str(wheel))
    command([str(python), "-c", "import matillion_async"], folder)
    asked = subprocess.run(
        [str(python.parent / "matillion")], cwd=folder, capture_output=True, text=True, check=False
    )
    if asked.returncode != 2 or "matillion-async[cli]" not in asked.stderr:
        raise SystemExit(f"matillion without its extra: {asked.returncode} {asked.stderr}")
    print("ok     an install without extras imports, and its command says what to install")


def run(job: Job, wheel: Path, folder: Path) -> bool:
    """Install and test; prints one line, and the output if something failed."""
    started = time.monotonic()
    place = folder / f"{job.version} {job.name}"
    output = ""
    try:
        python = environment(job.python, place / "venv")
        constraints = [part for name in job.constraints for part in ("-c", str(CONSTRAINTS / name))]
        # The tools may pull in newer versions of what is being tested: so they come first.
        install(python, "-c", str(CONSTRAINTS / "dev.txt"), *TEST_TOOLS)
        extras = f"{wheel}[cli,sandbox]"
        install(python, *constraints, extras, *job.packages)
        tests = place / "tests"
        tests.mkdir()
        for name in TESTS:
            source = ROOT / "tests" / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, tests / name)
        shutil.copy(ROOT / "pyproject.toml", place)
        output = command([str(python), "-m", "pytest", "-q", "tests"], place)
    except JobError as failure:
        print(failure)
        result = "FAILED"
    else:
        result = "ok"
    seconds = time.monotonic() - started
    summary = output.strip().splitlines()[-1] if output else ""
    print(f"{result:6} Python {job.version}, {job.name:24} {seconds:4.0f} s  {summary}", flush=True)
    return result == "ok"


def environment(python: Path, folder: Path) -> Path:
    """The Python of a new, empty environment."""
    command([str(python), "-m", "venv", str(folder)], ROOT)
    return folder / "bin" / "python"


def install(python: Path, *arguments: str) -> None:
    """Install with pip, quietly."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-warn-conflicts")
    command([str(python), "-m", "pip", "install", *quiet, *arguments], ROOT)


def command(arguments: list[str], folder: Path) -> str:
    """Run a command in a folder, with nothing of the source tree on its path; returns what it printed."""
    done = subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise JobError(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def installed_pythons() -> dict[str, Path]:
    """One interpreter of each minor version from 3.11 that is installed, by version."""
    folders = Path.home().glob(".pyenv/versions/3.*/bin")
    names = [f"python3.{minor}" for minor in range(11, 20)]
    candidates = [shutil.which(name) for name in names]
    candidates += [str(folder / "python") for folder in folders]
    found: dict[str, Path] = {}
    for candidate in [sys.executable, *filter(None, candidates)]:
        asked = subprocess.run(
            [candidate, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        version = asked.stdout.strip()
        if asked.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
            found.setdefault(version, Path(candidate))
    return found


if __name__ == "__main__":
    sys.exit(main())

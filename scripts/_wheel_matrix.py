"""Build the package as its users get it, install it where the source is not, and run the tests against it there.

    python scripts/_wheel_matrix.py

One job for each Python of the classifiers that is installed here, with the lowest and with the highest allowed
dependencies; one with httpx2 beside them; one with OpenTelemetry; one without extras. Three jobs run at a time. Stops at the first failure.

All tests run with the oldest Python and the lowest dependencies, and with the newest of both: a feature that one of them lacks,
or has no longer, is met there. Between them only what leans on Python and the dependencies is looked at, since the rest is code
of ours, which scripts/test has tested: the claims about them, connections, tokens, the command line, and whole scenarios.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
AT_A_TIME = 3  # each waits half of its time for sockets
JOB_SECONDS = 1800.0  # a job that takes longer hangs
NEEDS_THE_CHECKOUT = ("airflow_provider", "benchmarks", "flows", "generation", "repository", "soak")
LEANS_ON_OTHERS = (
    *("tests/evidence", "tests/scenarios", "tests/cli"),
    *(f"tests/matillion_async/{name}" for name in ("share", "tokens", "transport")),
)
MUST_HOLD = (
    r"matillion_async/py\.typed", r"matillion_async/(airflow|cli|otel|sandbox)/__init__\.py",
    r"matillion_api/py\.typed", r"matillion_api/client\.py", r"matillion_api/openapi\.json",
    r"[^/]+\.dist-info/licenses/LICENSE", r"[^/]+\.dist-info/entry_points\.txt",
)  # fmt: skip


class JobError(Exception):
    """A job's command failed; the message is its output."""


@dataclass(frozen=True)
class Job:
    """One environment and what runs in it."""

    name: str
    python: Path
    install: tuple[str, ...]
    command: tuple[str, ...]


def build(folder: Path) -> Path:
    """Build the sdist from the checkout and the wheel from the sdist, and check what the wheel holds."""
    _hatchling("sdist", ROOT, folder)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as sdist:
        sdist.extractall(folder / "source", filter="data")
    _hatchling("wheel", next((folder / "source").iterdir()), folder)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    ours = r"matillion_(async|api)"
    expected = re.compile(rf"({ours}|[^/]+\.dist-info)/(?!.*__pycache__)")
    strangers = [name for name in names if not expected.match(name)]
    missing = [name for name in MUST_HOLD if not any(re.fullmatch(name, held) for held in names)]
    if strangers or missing:
        sys.exit(f"FAILED the wheel holds {strangers} that no user needs, and lacks {missing}")
    print(f"ok     {wheel.name}: {len(names)} files", flush=True)
    return wheel


def _hatchling(target: str, source: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    completed = subprocess.run(command, cwd=source, check=False, capture_output=True, text=True)
    if completed.returncode:
        sys.exit(f"{completed.stdout}{completed.stderr}\nFAILED build of the {target}")


def interpreters() -> dict[str, Path]:
    """The installed Pythons among those that the classifiers name, oldest first."""
    classifiers = "\n".join(PROJECT["project"]["classifiers"])
    found: dict[str, Path] = {}
    for version in re.findall(r"Python :: (3\.\d+)", classifiers):
        folders = [f"{sys.base_prefix}/bin", *os.get_exec_path()]
        folders += (str(path) for path in Path.home().glob(f".pyenv/versions/{version}.*/bin"))
        candidates = (Path(folder) / f"python{version}" for folder in folders)
        if python := next(filter(_works, candidates), None):
            found[version] = python
        else:
            print(f"--     Python {version} is not installed here: not tested", flush=True)
    if not found:
        sys.exit("FAILED no Python that the package is made for is installed here")
    return found


def _works(python: Path) -> bool:
    # What is on PATH may be a shim of a version manager that has no such Python.
    if not python.is_file():
        return False
    command = [str(python), "-c", "import venv"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def jobs(wheel: Path, pythons: dict[str, Path]) -> list[Job]:
    """Every combination that is tested."""

    def pins(*names: str) -> tuple[str, ...]:
        files = [ROOT / "constraints" / f"{name}.txt" for name in ("dev", *names)]
        return tuple(part for file in files for part in ("--constraint", str(file)))

    tools = tuple(PROJECT["dependency-groups"]["test"])
    package = (f"{wheel}[cli,redis,sandbox]", *tools)
    # The long ones are run on the checkout; what differs between environments is seen without them.
    pytest = ("-m", "pytest", "--quiet", "-m", "not long")
    in_part = (*pytest, *LEANS_ON_OTHERS)
    versions = [*pythons]
    oldest, newest = versions[0], versions[-1]
    todo = []
    for version, python in pythons.items():
        for bound in ("lowest", "highest"):
            is_end = (version, bound) in ((oldest, "lowest"), (newest, "highest"))
            name = f"{version}, {bound} dependencies"
            install = (*pins(bound), *package)
            todo.append(
                Job(name, python, install, pytest)
                if is_end
                else Job(f"{name}, in part", python, install, in_part)
            )
    todo.sort(key=lambda job: len(job.command))  # the long ones first
    with_httpx2 = (*pins("highest", "httpx2"), *package, *PROJECT["dependency-groups"]["httpx2"])
    todo.append(
        Job(
            f"{newest}, httpx2 installed too, in part",
            pythons[newest],
            with_httpx2,
            in_part,
        )
    )
    groups = PROJECT["dependency-groups"]
    with_telemetry = (*pins("highest"), f"{wheel}[cli,sandbox,otel]", *tools, *groups["telemetry"])
    todo.append(
        Job(
            f"{newest}, with OpenTelemetry, in part",
            pythons[newest],
            (*with_telemetry, *groups["httpx2"]),
            (*pytest, "tests/otel", "tests/evidence/test_opentelemetry.py"),
        )
    )
    without_extras = (*pins("highest"), str(wheel))
    todo.append(
        Job(
            f"{newest}, no extras",
            pythons[newest],
            without_extras,
            (str(ROOT / "scripts/_without_extras.py"),),
        )
    )
    return todo


async def run_job(job: Job, folder: Path) -> str:
    """Make the environment, run the command beside a copy of the tests, return its last line."""
    excluded = shutil.ignore_patterns(*NEEDS_THE_CHECKOUT, "__pycache__")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=excluded)
    shutil.copy(
        ROOT / "pyproject.toml", folder
    )  # for pytest's settings; nothing is built from it here
    python = str(folder / "environment/bin/python")
    await run(folder, str(job.python), "-m", "venv", "--without-pip", "environment")
    install = (sys.executable, str(ROOT / "scripts/_uv.py"), "install", python)
    await run(folder, *install, *job.install)
    origin = await run(folder, python, "-c", "import matillion_api as m; print(m.__file__)")
    if not origin.startswith(str(folder / "environment")):
        raise JobError(f"imported from {origin}, not from the installed wheel")
    output = await run(folder, python, *job.command)
    return output.splitlines()[-1]


async def run(folder: Path, *command: str) -> str:
    """The command's output; JobError with the output if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output = (await process.communicate())[0].decode(errors="replace").strip()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if process.returncode != 0:
        raise JobError(output)
    return output


async def run_all(todo: list[Job], folder: Path) -> None:
    """Run the jobs, some at a time, one line of output each."""
    places = asyncio.Semaphore(AT_A_TIME)

    async def timed(number: int, job: Job) -> None:
        async with places:
            start = time.monotonic()
            (place := folder / str(number)).mkdir()
            try:
                async with asyncio.timeout(JOB_SECONDS):
                    result = await run_job(job, place)
            except (JobError, TimeoutError) as error:
                sys.exit(f"{error or 'still running, given up'}\nFAILED {job.name}")
            shutil.rmtree(place)
            print(
                f"ok     wheel on {job.name:<43} {time.monotonic() - start:4.0f} s   {result}",
                flush=True,
            )

    async with asyncio.TaskGroup() as group:
        for number, job in enumerate(todo):
            group.create_task(timed(number, job))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wheel matrix ") as name:
        folder = Path(name).resolve()
        wheel = build(folder)
        asyncio.run(run_all(jobs(wheel, interpreters()), folder))


if __name__ == "__main__":
    main()

"""Programs of the pages, in processes of their own with the Python of scripts/flows."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from matillion_async.sandbox import Served
from tests.repository.pages import ROOT, blocks, environment

PYTHON = Path(os.environ.get("FLOWS_PYTHON", ""))
SECONDS = 60


class Programs:
    """Where the files of a page are, and programs run.

    Args:
        folder: an empty one, which is their home too.
        page: such as ``prefect``.
        server: the sandbox that they use.
        settings: further variables of their environment.
    """

    def __init__(self, folder: Path, page: str, server: Served, settings: dict[str, str]) -> None:
        self.folder = folder
        self.server = server
        for block in blocks(ROOT / "docs" / f"{page}.md"):
            if block.language == "python":
                name = block.text.partition("\n")[0].removeprefix("# ")
                assert name.endswith(".py"), block
                (folder / name).write_text(block.text, encoding="utf-8")
        inherited = environment(server)
        path = os.pathsep.join([str(PYTHON.parent), inherited["PATH"]])
        home = {"HOME": str(folder), "PATH": path, "PYTHONUNBUFFERED": "1"}
        self.environment = {**inherited, **home, **settings}

    def run(self, *words: str) -> str:
        """What a command prints, once it has ended as it should."""
        done = subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextlib.contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command in a group of its own, which is ended as a whole; its output is in ``log``."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                words,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            for each in [process.pid, *_below(process.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            process.wait()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for something; otherwise show what the programs have printed."""
        end = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < end, (self.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)

    def printed(self, text: str) -> bool:
        """Whether the programs have printed something."""
        return text in (self.folder / "log").read_text(encoding="utf-8")

    def calls(self, operation: str) -> int:
        """How often the sandbox was asked for an operation, such as ``start``."""
        return self.server.sandbox.stats.operations[f"pipeline_executions.{operation}"]

    def statuses(self) -> list[str]:
        """Those of all runs of pipelines, the newest last."""

        async def listed() -> list[str]:
            async with self.server.sandbox.client() as client:
                found = await client.pipeline_executions.list(project="Sales").all()
                by_start = sorted(found, key=lambda each: str(each.started_at))
                return [str(each.status) for each in by_start]

        return asyncio.run(listed())


def kill_step(process: subprocess.Popen[bytes], words: str = "multiprocessing.spawn") -> None:
    """End the lowest of the processes below one, which is the one that waits for a pipeline, as a crash would.

    Args:
        process: the highest.
        words: what its command has, unlike helpers beside it.
    """
    os.kill(_below(process.pid, words)[-1], signal.SIGKILL)


def _below(parent: int, words: str = "") -> list[int]:
    """The processes that a process has started, and those that they have, from the highest to the lowest."""
    command = ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    found = [parent]
    for above in found:
        found += [int(row[0]) for row in rows if int(row[1]) == above]
    commands = {int(row[0]): row[2] for row in rows if len(row) == 3}
    return [each for each in found[1:] if words in commands[each]]

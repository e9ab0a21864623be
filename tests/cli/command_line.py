"""The command line in a process of its own, with or without a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from click.testing import Result

from matillion_async.sandbox import Served

PROGRAM = [sys.executable, "-m", "matillion_async.cli"]
SECONDS = 60
"""A limit for what hangs; nothing here takes long."""

_OF_THE_TESTS = ("PYTHONUNBUFFERED", "COLUMNS", "LINES")
"""Output is buffered and a terminal has its size, as for most users, wherever the tests run: workers of pytest-xdist have
COLUMNS in their environment."""

Invoke = Callable[..., Result]
Start = Callable[..., Served]


def environment(served: Served | None = None, **changes: str) -> dict[str, str]:
    """The environment of a process that talks to a sandbox as fast as it can."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_THE_TESTS}
    settings = served.environment if served is not None else {}
    return {**inherited, **settings, "MATILLION_RATE_LIMITS": "none", **changes}


def run_program(
    *arguments: str, env: dict[str, str], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=env,
        stdin=options.pop("stdin", subprocess.DEVNULL),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        **options,
    )


def on_terminal(
    *arguments: str, env: dict[str, str], question: str = "", answer: str = ""
) -> tuple[int, str]:
    """Run the command line on a terminal; gives its exit code and what the terminal showed.

    Args:
        *arguments: of the command line.
        env: its environment.
        question: the text after which ``answer`` is typed.
        answer: what is typed, without the end of line.
    """
    ours, theirs = pty.openpty()
    with contextlib.closing(os.fdopen(ours, "r+b", buffering=0)) as terminal:
        process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env={"TERM": "xterm", "COLUMNS": "120"} | env,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        guard = threading.Timer(SECONDS, process.kill)
        guard.start()
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while piece := terminal.read(65536):
                shown += piece
                if question and question.encode() in shown:
                    terminal.write(f"{answer}\n".encode())
                    question = ""
        code = process.wait(SECONDS)
        guard.cancel()
        return code, shown.decode()

"""The command line in a process of its own, or on a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any

import pytest
from click.testing import Result

from matillion_async.cli._app import matillion
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


def on_terminal(*arguments: str, env: dict[str, str]) -> tuple[int, str]:
    """Run the command line in this process with a terminal for its standard streams; gives its exit code and what was shown."""
    ours, theirs = pty.openpty()
    shown: list[bytes] = []
    with (
        contextlib.closing(os.fdopen(ours, "rb", buffering=0)) as terminal,
        pytest.MonkeyPatch.context() as patch,
        contextlib.ExitStack() as streams,
    ):
        reader = threading.Thread(target=lambda: shown.extend(_pieces(terminal)))
        reader.start()
        for name in {*os.environ} - {*env}:
            patch.delenv(name)
        for name, value in ({"TERM": "xterm", "COLUMNS": "120"} | env).items():
            patch.setenv(name, value)
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            stream = os.fdopen(os.dup(theirs), mode, encoding="utf-8", errors="backslashreplace")
            patch.setattr(sys, name, streams.enter_context(stream))
        os.close(theirs)
        with pytest.raises(SystemExit) as end:
            matillion.main(arguments, prog_name="matillion")
        streams.close()
        reader.join(SECONDS)
    return int(end.value.code or 0), b"".join(shown).decode()


def _pieces(terminal: IO[bytes]) -> Iterator[bytes]:
    """What is shown, until the other end is closed."""
    with contextlib.suppress(OSError):  # how Linux says that it is
        while piece := terminal.read(65536):
            yield piece


def asked_on_terminal(
    *arguments: str, env: dict[str, str], question: str, answer: str
) -> tuple[int, str]:
    """Run the command line in a process with a terminal of its own; gives its exit code and what the terminal showed.

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
        for piece in _pieces(terminal):
            shown += piece
            if question and question.encode() in shown:
                terminal.write(f"{answer}\n".encode())
                question = ""
        code = process.wait(SECONDS)
        guard.cancel()
        return code, shown.decode()

"""The command line in this process, and sandboxes to talk to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matillion_async.cli._app import matillion
from matillion_async.sandbox import Sandbox, Served, serve
from tests.cli.command_line import SECONDS, Invoke, Start


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests do not reach them."""
    for name in list(os.environ):
        if name.startswith("MATILLION_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process look soon again at what they wait for: how often is no matter of the command line."""
    monkeypatch.setattr("matillion_async._runs.polling.SHORTEST", 0.05)


@pytest.fixture
def invoke() -> Invoke:
    """Runs the command line in this process, with standard streams that are not terminals."""
    # Before click 8.2 the streams were one unless this was said; since then they are never.
    separate: dict[str, Any] = {"mix_stderr": False}
    try:
        runner = CliRunner(**separate)
    except TypeError:
        runner = CliRunner()

    def run(*arguments: str, **options: Any) -> Result:
        return runner.invoke(matillion, arguments, **options)

    return run


@pytest.fixture
def served() -> Iterator[Start]:
    """Serves sandboxes on loopback sockets, each from a thread with an event loop."""
    with contextlib.ExitStack() as stack:

        def start(**options: Any) -> Served:
            return stack.enter_context(_served(Sandbox(**options)))

        yield start


@contextlib.contextmanager
def _served(sandbox: Sandbox) -> Iterator[Served]:
    started = threading.Event()
    running: list[tuple[Served, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> None:
        stopped = asyncio.Event()
        async with serve(sandbox) as result:
            running.append((result, asyncio.get_running_loop(), stopped))
            started.set()
            await stopped.wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    assert started.wait(SECONDS)
    result, loop, stopped = running[0]
    try:
        yield result
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(SECONDS)

"""README.md: its code runs, its commands exist."""

from __future__ import annotations

import ast
import asyncio
import inspect
import os
import re
import shlex
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matillion_async.sandbox import Sandbox, serve

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


PYTHON = blocks("python")
COMMANDS = [line for block in blocks("console") for line in block.splitlines() if line.strip()]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sandbox on a loopback port, in a thread of its own; the environment points to it."""
    started: list[dict[str, str]] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        async with serve(Sandbox(projects=["Sales", *map(str, range(30))])) as server:
            started.append(server.environment)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[run()])
    thread.start()
    assert ready.wait(30)
    for name in [name for name in os.environ if name.startswith("MATILLION_")]:
        monkeypatch.delenv(name)
    for name, value in {**started[0], "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_code_runs(number: int) -> None:
    """A Python block runs against a sandbox, after the imports of the blocks above it."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for block in PYTHON[:number]:
        nodes = ast.parse(block).body
        imports: list[ast.stmt] = [
            node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        exec(compile(ast.Module(imports, []), "README.md", "exec"), namespace)  # noqa: S102 - our own
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(PYTHON[number], f"README.md, Python block {number + 1}", "exec", flags)
    result = eval(code, namespace)
    if inspect.iscoroutine(result):
        asyncio.run(result)


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("matillion ")])
def test_command_line_takes_what_is_shown(line: str) -> None:
    """The command line knows the commands, arguments and options of a ``matillion`` line."""
    command = [sys.executable, "-m", "matillion_async.cli", *shlex.split(line, comments=True)[1:]]
    answer = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("matillion ")])
def test_other_commands_exist(line: str) -> None:
    """A script that the README runs is there; an extra that it installs is one of the package's."""
    command = shlex.split(line, comments=True)
    if command[:2] == ["pip", "install"]:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        name, _, extra = command[2].rstrip("]").partition("[")
        assert name == project["name"]
        assert extra in ("", *project["optional-dependencies"])
    else:
        assert os.access(ROOT / command[0], os.X_OK)


def test_it_is_short_and_begins_with_two_commands() -> None:
    """The demo and the tests are the first two commands; the whole is at most 150 lines."""
    assert ["scripts/demo", "scripts/test"] == COMMANDS[:2]
    assert len(TEXT.splitlines()) <= 150

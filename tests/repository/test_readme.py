"""What the README shows is what happens."""

from __future__ import annotations

import asyncio
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from matillion_async.sandbox import Sandbox, serve

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [
    line
    for block in re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
    if line.startswith("matillion ")
]


def test_it_is_short() -> None:
    """150 lines at most, with the two commands at the top."""
    lines = README.splitlines()
    assert len(lines) <= 150
    assert {"scripts/demo", "scripts/test"} <= set(lines[:20])


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: code.splitlines()[0])
async def test_python_runs(code: str) -> None:
    """Every example runs, in a process of its own, with nothing but the environment to lead it to a sandbox."""
    if "asyncio.run(" not in code:
        code = f"import asyncio\nfrom matillion_async import MatillionClient\nasync def main():\n{textwrap.indent(code, '    ')}\nasyncio.run(main())\n"
    async with serve(Sandbox(projects=30)) as served:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "-c",
            code,
            env=served.environment,
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
    assert (process.returncode, errors.decode()) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_line_is_understood(command: str) -> None:
    """Every command exists with the options that are shown."""
    arguments = shlex.split(command)[1:]
    if "--sandbox" not in arguments:
        arguments.append("--help")  # the options before it are read all the same
    done = subprocess.run(
        [sys.executable, "-m", "matillion_async.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")

"""Does what README.md and the pages of docs/ show, each page from top to bottom against a sandbox of its own.

A block of Python is a program: it may use ``await`` at the top, and what the blocks above it import. One whose first
line is a comment with the name of a file is that file, written to the folder that the page is done in.

A block of the console is done in that folder, line by line: a command of ours in this process, since a process of its own
takes most of a second, and any other line by bash; by one shell as a whole if it has variables. A line whose exit code is
not 0 says so: ``# exits with 1``. What installs or works on this repository is looked up and not run.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from click.testing import CliRunner

from matillion_async.cli._app import matillion
from matillion_async.sandbox import AgentWork, Pipeline, Served

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROJECTS = ["Sales", "Marketing", "Finance"]
PIPELINES = [
    Pipeline("daily.orch.yaml", seconds=0),
    Pipeline("ingest/orders.orch.yaml", seconds=0),
    Pipeline("fail.orch.yaml", "FAILED", seconds=0),
]
"""Those that a sandbox has anyway, without their waiting."""
AGENT_WORK = AgentWork(seconds=0.1)
SECONDS = 150
"""A limit for what hangs; nothing here takes long on a machine that does little else."""

_FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"# ([\w/.-]+\.\w+)\n")
_PRINTED = re.compile(r'print\(.*\)  # "(.+)"$', re.MULTILINE)
_EXIT_CODE = re.compile(r"# exits with (\d+)$")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FOR_A_SHELL = re.compile(r"[|<>&;()*?~\\{}\[\]`]")
_SCRIPT = """
set -u -o pipefail
command -v jq >/dev/null || jq() { cat; }
expect() { (($1 == $2)) || { echo "line $3 exits with $1, not with $2" >&2; exit 1; }; }
"""


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    page: Path
    line: int
    """Of its first line of code, from 1."""
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page whose language is given."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, match.start(2)) + 1, match[1], dedent(match[2]))
        for match in _FENCE.finditer(text)
    ]


def environment(server: Served) -> dict[str, str]:
    """What connects a client to it, as fast as it can; the commands of this Python come first."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("MATILLION_")
    }
    commands = os.pathsep.join([str(Path(sys.executable).parent), inherited["PATH"]])
    loopback = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    limits = {"MATILLION_RATE_LIMITS": "none"}
    # All plugins of this environment would take longer to load than a page takes to run.
    plugins = {"PYTEST_ADDOPTS": "--disable-plugin-autoload -p anyio.pytest_plugin -p matillion"}
    return {**inherited, "PATH": commands, **server.environment, **limits, **loopback, **plugins}


def run_python(block: Block, above: list[Block]) -> None:
    """Run a block after the imports of those above it; a traceback has the line of the page.

    What a comment after ``print()`` has in quotation marks must be printed.
    """
    if file := _FILE.match(block.text):
        Path(file[1]).write_text(block.text, encoding="utf-8")
        return
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for earlier in above:
        if earlier.language == "python" and not _FILE.match(earlier.text):
            nodes = ast.parse(earlier.text).body
            imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
            exec(compile(ast.Module([*imports], []), str(block.page), "exec"), namespace)  # noqa: S102
    text = "\n" * (block.line - 1) + block.text
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        result = eval(
            compile(text, str(block.page), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), namespace
        )
        if inspect.iscoroutine(result):
            asyncio.run(result)
    for quoted in _PRINTED.findall(block.text):
        parts = quoted.split(" … ")
        assert all(part in printed.getvalue() for part in parts), (
            f"{block.page.name}: not {quoted!r}"
        )


def run_console(block: Block) -> None:
    """Run the lines of a block; what is not a command of users is looked up."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(block.text.splitlines(), block.line):
        words = shlex.split(line, comments=True)
        if words[:2] == ["pip", "install"]:
            _check_extra(words[2])
        elif words and words[0].startswith("scripts/"):
            assert os.access(ROOT / words[0], os.X_OK), f"{block.page.name}:{number}: no {words[0]}"
        elif words[:2] == ["matillion", "sandbox"]:
            _start_and_stop(words)
        elif words:
            lines.append((number, line))
    if "$" in block.text:
        _run_in_shell(block.page, lines)
        return
    for number, line in lines:
        command, _, file = line.partition(" > ")
        is_ours = command.startswith("matillion ") and re.fullmatch(r"[\w.-]*", file)
        if is_ours and not _FOR_A_SHELL.search(_QUOTED.sub("", command)):
            _run_here(block.page, number, command, file)
        else:
            _run_in_shell(block.page, [(number, line)])


def _exit_code(line: str) -> int:
    """What a line says that it exits with."""
    stated = _EXIT_CODE.search(line)
    return int(stated[1]) if stated else 0


def _run_here(page: Path, number: int, line: str, file: str) -> None:
    """Run a command of ours in this process; what it writes goes into a file if there is a name of one."""
    arguments = shlex.split(line, comments=True)[1:]
    result = CliRunner().invoke(matillion, arguments, catch_exceptions=False)
    code = _exit_code(line)
    assert code == result.exit_code, (
        f"{page.name}: line {number} exits with {result.exit_code}, not with {code}: {result.output}"
    )
    if file:
        Path(file).write_bytes(result.stdout_bytes)


def _run_in_shell(page: Path, lines: list[tuple[int, str]]) -> None:
    """Run lines one after the other in one shell."""
    script = [_SCRIPT]
    for number, line in lines:
        script += [line, f"expect $? {_exit_code(line)} {number}"]
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{page.name}: {done.stderr}{done.stdout[-2000:]}"


def _check_extra(requirement: str) -> None:
    """What is to be installed is this package, with extras that it has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, _, extras = requirement.rstrip("]").partition("[")
    assert name == project["name"]
    assert {"", *project["optional-dependencies"]} >= set(extras.split(","))


def _start_and_stop(words: list[str]) -> None:
    """Serve a sandbox until it says that it does; on any port, since pages are done side by side."""
    at = words.index("--port") + 1 if "--port" in words else len(words)
    arguments = [*words[:at], *(["0"] if at < len(words) else []), *words[at + 1 :]]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"export MATILLION_"), arguments
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)
    assert process.returncode == 0

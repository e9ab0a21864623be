"""What the command line imports before it does anything: help and shell completion need no client."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from matillion_async.cli._app import GROUPS, matillion

HEAVY = {"aiohttp", "authlib", "httpx", "httpx2", "rich"}
"""What only a command needs that talks to the API, or draws."""

MODULES = {f"matillion_async.cli.{name}" for name in GROUPS}

ALL_HELP = """
def show(command, parent=None):
    context = click.Context(command, parent, command.name)
    command.get_help(context)
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        show(command.get_command(context, name), context)

import click
from matillion_async.cli._app import matillion
show(matillion)
"""


def imported(code: str, **environment: str) -> set[str]:
    """The modules that a new process has imported after the code."""
    script = (
        f"import sys\ntry:\n{_indented(code)}\nexcept SystemExit as end:\n    assert not end.code\n"
    )
    script += "sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def _indented(code: str) -> str:
    return "\n".join(f"    {line}" for line in code.splitlines())


def called(*arguments: str) -> str:
    return f"sys.argv = {['matillion', *arguments]!r}\nfrom matillion_async.cli import main\nmain()"


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_the_first_page_needs_no_group(arguments: tuple[str, ...]) -> None:
    """The first help page and the version import click, and not one module of a command."""
    modules = imported(called(*arguments))
    assert "click" in modules
    assert set() == modules & (HEAVY | MODULES | {"asyncio", "attrs", "matillion_api"})


def test_no_help_page_needs_a_client() -> None:
    """The help of every group and every command is shown without what sends requests, and without what draws."""
    modules = imported(ALL_HELP)
    assert modules >= MODULES
    assert set() == modules & HEAVY


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("matillion", "exec"), set()),
        (("matillion", "projects", "create", "--ware"), {"matillion_async.cli.projects"}),
        (
            ("matillion", "projects", "create", "--warehouse", "SNOW"),
            {"matillion_async.cli.projects"},
        ),
    ],
)
def test_completion_needs_no_client(words: tuple[str, ...], found: set[str]) -> None:
    """A word is completed with the one group that it belongs to, if any."""
    modules = imported(
        called(),
        _MATILLION_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(words),
        COMP_CWORD=str(len(words) - 1),
    )
    assert "click.shell_completion" in modules
    assert found == modules & MODULES
    assert set() == modules & HEAVY


@pytest.mark.parametrize("name", GROUPS)
def test_the_first_page_says_what_the_group_says(name: str) -> None:
    """The line of a group on the first page is the beginning of its own help, in any width."""
    group = matillion.get_command(click.Context(matillion), name)
    assert group is not None
    line = click.Command(name, help=GROUPS[name])
    for width in (20, 45, 60, 300):
        assert group.get_short_help_str(width) == line.get_short_help_str(width)


def test_groups_are_completed() -> None:
    """What begins with the word, each with its line, as click does it for groups that it has imported."""
    items = matillion.shell_complete(click.Context(matillion), "pro")
    assert [("projects", "List, create and delete projects.")] == [
        (item.value, item.help) for item in items
    ]

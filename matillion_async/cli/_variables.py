"""Options that say what a pipeline is started with."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

import click

from matillion_async.cli._types import TEXT_FILE


def start_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--var``, ``--var-file``, ``--grid-var``, ``--version`` and ``--agent`` to a command.

    It gets ``scalars`` and ``grids``, by name, and ``version_name`` and ``agent_id``; None stands for what is not given.
    """

    @functools.wraps(function)
    def command(
        *args: Any, scalars: dict[str, str], scalar_files: dict[str, str], **options: Any
    ) -> None:
        twice = scalars.keys() & scalar_files.keys()
        if twice:
            raise click.UsageError(
                f"{min(twice)!r} was given by --var and by --var-file", click.get_current_context()
            )
        function(*args, scalars=scalars | scalar_files or None, **options)

    for option in (
        click.option(
            "--agent",
            "agent_id",
            metavar="ID",
            help="Agent to run on; the environment's default unless given.",
        ),
        click.option(
            "--version",
            "version_name",
            metavar="NAME",
            help="Published version to run; the latest unless given.",
        ),
        click.option(
            "--grid-var",
            "grids",
            metavar="NAME=JSON",
            multiple=True,
            callback=grid_variables,
            help="Value of a grid variable, as rows of strings in JSON; may be repeated.",
        ),
        click.option(
            "--var-file",
            "scalar_files",
            metavar="NAME=FILE",
            multiple=True,
            callback=scalar_variables_of_files,
            help="A scalar variable whose value is the text in FILE, without the end of its last line; - is stdin. "
            "Other users can read arguments, but not this. May be repeated.",
        ),
        click.option(
            "--var",
            "scalars",
            metavar="NAME=VALUE",
            multiple=True,
            callback=scalar_variables,
            help="Value of a scalar variable, as it stands, also if it begins with @; may be repeated.",
        ),
    ):
        command = option(command)
    return command


def scalar_variables(
    ctx: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Read ``NAME=VALUE``; the value is a string, and may be empty.

    Raises:
        click.BadParameter: an argument is of another form, or a name comes twice.
    """
    return _pairs(ctx, option, given, "NAME=VALUE, such as day=2026-03-01")


def scalar_variables_of_files(
    ctx: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Read ``NAME=FILE``.

    Raises:
        click.BadParameter: an argument is of another form, a name comes twice, or a file cannot be read.
    """
    files = _pairs(ctx, option, given, "NAME=FILE, such as token=token.txt")
    if [*files.values()].count("-") > 1:
        raise click.BadParameter("stdin can be read only once", ctx, option)
    return {name: TEXT_FILE.convert(file, option, ctx) for name, file in files.items()}


def _pairs(
    ctx: click.Context, option: click.Parameter, given: tuple[str, ...], form: str
) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in given:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise click.BadParameter(f"{text!r} is not a variable; write {form}", ctx, option)
        _add(ctx, option, values, name, value)
    return values


def grid_variables(
    ctx: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, list[list[str]]] | None:
    """Read ``NAME=ROWS``, where the rows are a JSON array of arrays of strings.

    Raises:
        click.BadParameter: an argument is of another form, or a name comes twice.
    """
    values: dict[str, list[list[str]]] = {}
    for text in given:
        name, _, rows = text.partition("=")
        try:
            parsed = json.loads(rows)
        except ValueError:
            parsed = None
        if not name or not _are_rows(parsed):
            raise click.BadParameter(
                f"{text!r} is not a grid variable; write NAME=JSON, the JSON an array of arrays of strings, "
                """such as 'tables=[["orders", "id"]]'""",
                ctx,
                option,
            )
        _add(ctx, option, values, name, parsed)
    return values or None


def _add(
    ctx: click.Context, option: click.Parameter, values: dict[str, Any], name: str, value: Any
) -> None:
    if name in values:
        raise click.BadParameter(f"{name!r} was given twice", ctx, option)
    values[name] = value


def _are_rows(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(value, str) for value in row) for row in rows
    )

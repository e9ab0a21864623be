"""``matillion token``: an access token for other tools."""

from __future__ import annotations

import sys

import click

from matillion_async.cli._commands import Command
from matillion_async.cli._connection import connect
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._streams import binary_stdout, is_terminal


@click.command(name="token", cls=Command)
@click.option("--show", is_flag=True, help="Write the token even to a terminal.")
def command(show: bool) -> None:
    """Write an access token to stdout, for curl, Postman and other tools.

    Whoever has the token can do for half an hour what the credentials can do, so a terminal gets it with --show only.

    \b
    Example: matillion token | pbcopy
    Example: curl -H @<(printf 'Authorization: Bearer '; matillion token) https://eu1.api.matillion.com/dpc/v1/projects
    """
    if is_terminal(sys.stdout) and not show:
        raise UsageFailure(
            "a token is a secret and is not written to a terminal: send it to another program or a file, "
            "or add --show"
        )
    with connect() as connection:
        token = connection.run(connection.tokens.get())
        stream = binary_stdout()
        stream.write(token.encode("ascii") + b"\n")
        stream.flush()

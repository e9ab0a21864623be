"""Questions on the terminal; they are asked on stderr, so that output can be redirected."""

from __future__ import annotations

import sys

import click

from matillion_async.cli._failures import Failure
from matillion_async.cli._streams import is_terminal


def is_interactive() -> bool:
    """Whether there is somebody to ask."""
    return is_terminal(sys.stdin)


def require_confirmation(is_confirmed: bool) -> None:
    """Refuse, before anything is sent, what is not confirmed and cannot be asked for."""
    if not is_confirmed and not is_interactive():
        raise click.UsageError(
            "Deleting must be confirmed: add --yes, as there is no terminal to ask on",
            click.get_current_context(),
        )


def confirm_deletion(what: str) -> None:
    """Ask whether to delete; anything but yes is a failure."""
    if not click.confirm(f"Delete {what}? This cannot be undone.", err=True):
        raise Failure("nothing was deleted")


def ask_secret() -> str:
    """Ask for the client secret without showing it."""
    secret: str = click.prompt("Client secret", hide_input=True, err=True)
    return secret

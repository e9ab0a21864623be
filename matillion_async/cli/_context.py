"""From the options of a command to a client, and from an error to an exit code."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import click

from matillion_async import (
    ConfigurationError,
    InvalidRequestError,
    MatillionClient,
    MatillionError,
    Priority,
    StatusError,
)
from matillion_async.sandbox import Sandbox

T = TypeVar("T")

EXIT_SAID_NO = 1
EXIT_USAGE = 2
SANDBOX_PROJECTS = ("Sales", "Marketing", "Finance")


@dataclass
class Settings:
    """The options before the command."""

    client_options: dict[str, Any]
    sandbox: bool
    verbose: bool

    @contextlib.asynccontextmanager
    async def client(self) -> AsyncIterator[MatillionClient]:
        """A client as the options say; with ``--sandbox``, of a sandbox in this process."""
        settings: dict[str, Any]
        if self.sandbox:
            settings = Sandbox(projects=SANDBOX_PROJECTS).client_options() | {"rate_limits": None}
        else:
            settings = {
                name: value for name, value in self.client_options.items() if value is not None
            }
            settings |= _prompted_secret(settings)
        settings["priority"] = Priority.INTERACTIVE
        async with MatillionClient(**settings) as client:
            yield client

    def run(self, work: Callable[[MatillionClient], Awaitable[T]]) -> T:
        """Do the work of a command with a client; an error ends the program with its exit code."""

        async def with_client() -> T:
            async with self.client() as client:
                return await work(client)

        try:
            return asyncio.run(with_client())
        except MatillionError as error:
            self.fail(error)

    def fail(self, error: MatillionError) -> NoReturn:
        """Say what went wrong in one line, with ``-v`` in more, and exit."""
        click.echo(f"matillion: {' '.join(str(error).split())}", err=True)
        if self.verbose:
            for name, value in _details(error):
                click.echo(f"  {name}: {value}", err=True)
        usage = isinstance(error, ConfigurationError | InvalidRequestError)
        sys.exit(EXIT_USAGE if usage else EXIT_SAID_NO)


def _prompted_secret(settings: dict[str, Any]) -> dict[str, Any]:
    """Ask for the secret when a person is there to answer, and the environment does not have it."""
    if os.environ.get("MATILLION_CLIENT_SECRET") or not sys.stdin.isatty():
        return {}
    if not (settings.get("client_id") or os.environ.get("MATILLION_CLIENT_ID")):
        return {}
    return {"client_secret": click.prompt("Client secret", hide_input=True, err=True)}


def _details(error: MatillionError) -> list[tuple[str, Any]]:
    details: list[tuple[str, Any]] = [("error", type(error).__name__)]
    if error.operation:
        details += [("operation", error.operation), ("attempts", error.attempts)]
        details.append(("time", error.timing))
    if isinstance(error, StatusError):
        details.append(("status", error.status_code))
        details += [("violation", violation) for violation in error.problem.violations]
    for name in ("request_id", "retry_after", "body"):
        value = getattr(error, name, None)
        if value is not None and value != "":
            details.append((name.replace("_", " "), value))
    return details

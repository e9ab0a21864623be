"""From the global options to a client, and an event loop to use it on."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypedDict, TypeVar

import click
import httpx

from matillion_async._calls.retry import Attempt
from matillion_async._client import DEFAULT_TIMEOUT, MatillionClient
from matillion_async._settings import REGIONS, resolve
from matillion_async._tokens.auth import Secret, TokenCache
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._prompts import ask_secret, is_interactive
from matillion_async.cli._waiting import Waiting

T = TypeVar("T")

EXAMPLE_PROJECTS = ("Sales", "Marketing", "Finance")
EXAMPLE_ENVIRONMENTS = 2
_WHERE = ("MATILLION_BASE_URL", "MATILLION_REGION")


class _CallOptions(TypedDict):
    timeout: float
    deadline: float | None
    on_attempt: Callable[[Attempt], None] | None


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, and the runner of its event loop: a prompt between two runs can be stopped with Ctrl-C."""

    client: MatillionClient
    options: GlobalOptions
    _runner: asyncio.Runner
    _waiting: Waiting

    @property
    def tokens(self) -> TokenCache:
        """The tokens of the client."""
        return self.client._own_session.connection.tokens

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end, or until Ctrl-C; what takes long says why."""

        async def watched() -> T:
            with self._waiting.watch():
                return await work

        return self._runner.run(watched())


@contextmanager
def connect() -> Iterator[Connection]:
    """A connection as the global options of the current command say.

    Raises:
        ConfigurationError: a setting is unknown or unsafe.
        click.UsageError: credentials are missing.
    """
    options = click.get_current_context().ensure_object(GlobalOptions)
    if not options.verbose:  # the errors that matter are reported; -v shows the warnings as well
        logging.getLogger("matillion_async").addHandler(logging.NullHandler())

    def silence() -> str | None:
        if client._own_session.connection.tokens.is_fetching:
            return "no answer yet from the token endpoint"
        is_sent = client.limiter.stats().in_flight > 0
        return f"no answer yet from {httpx.URL(client.base_url).host}" if is_sent else None

    waiting = Waiting(silence, is_verbose=options.verbose)
    client = _client(options, waiting)
    with asyncio.Runner() as runner:
        try:
            yield Connection(client, options, runner, waiting)
        finally:
            runner.run(client.aclose())


def import_sandbox() -> ModuleType:
    """The sandbox, which has dependencies of its own."""
    try:
        from matillion_async import sandbox
    except ImportError as error:
        raise UsageFailure(str(error)) from None
    return sandbox


def _client(options: GlobalOptions, waiting: Waiting) -> MatillionClient:
    def on_attempt(attempt: Attempt) -> None:
        if options.verbose:
            _show_attempt(attempt)
        waiting.on_attempt(attempt)

    call_options: _CallOptions = {
        "timeout": options.timeout or DEFAULT_TIMEOUT,
        "deadline": options.deadline,
        "on_attempt": on_attempt,
    }
    if options.sandbox:
        sandbox = import_sandbox().Sandbox(
            projects=EXAMPLE_PROJECTS, environments_per_project=EXAMPLE_ENVIRONMENTS
        )
        client: MatillionClient = sandbox.client(**call_options)
        return client
    client_id, client_secret = credentials(options)
    return MatillionClient(
        client_id=client_id,
        client_secret=client_secret,
        region=options.region,
        base_url=options.base_url,
        **call_options,
    )


def credentials(options: GlobalOptions) -> tuple[str, Secret]:
    """The client id, and the secret, which is asked for on a terminal if all other settings are there.

    Raises:
        ConfigurationError: a setting is unknown or unsafe.
        click.UsageError: something is missing; the message names all that is.
    """
    client_id = options.client_id or os.environ.get("MATILLION_CLIENT_ID", "")
    secret = Secret(os.environ.get("MATILLION_CLIENT_SECRET", ""))
    missing = [] if client_id else ["MATILLION_CLIENT_ID"]
    if not secret.reveal() and not is_interactive():
        missing.append("MATILLION_CLIENT_SECRET")
    urls = (options.base_url, options.region, *map(os.environ.get, _WHERE))
    if not any(url and url.strip() for url in urls):
        missing.append("MATILLION_REGION")
    else:  # checked before the secret is asked for
        resolve(region=options.region, base_url=options.base_url, needs_credentials=False)
    if missing:
        what = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        raise click.UsageError(
            f"{what} {'is' if len(missing) == 1 else 'are'} not set, nor given as an option; create API "
            f"credentials in the Matillion Hub, the region is one of {', '.join(REGIONS)}; or try --sandbox",
            click.get_current_context(),
        )
    return client_id, secret if secret.reveal() else Secret(ask_secret())


def _show_attempt(attempt: Attempt) -> None:
    line = f"{attempt.operation}: {attempt.outcome} in {attempt.seconds:.2f} s"
    if attempt.retry_in is not None:
        line = f"{line}; {attempt.reason}, again in {attempt.retry_in:.1f} s"
    click.echo(line, err=True)

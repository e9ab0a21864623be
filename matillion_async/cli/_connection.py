"""From the global options to a client, and an event loop to use it on."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._prompts import ask_secret, is_interactive
from matillion_async.cli._signals import signals
from matillion_async.cli._streams import say

if TYPE_CHECKING:  # the client is imported when it is made: help and shell completion need none
    import asyncio

    from matillion_async._calls.retry import Attempt
    from matillion_async._client import MatillionClient
    from matillion_async._settings import Settings
    from matillion_async._tokens.token_cache import TokenCache
    from matillion_async._tokens.token_source import Secret
    from matillion_async.cli._waiting import Waiting
    from matillion_async.cli._wire import Wire

T = TypeVar("T")

EXAMPLE_PROJECTS = ("Sales", "Marketing", "Finance")
EXAMPLE_ENVIRONMENTS = 2
_WHERE = ("MATILLION_BASE_URL", "MATILLION_REGION")


class _CallOptions(TypedDict):
    timeout: float
    deadline: float | None
    on_attempt: Callable[[Attempt], None] | None


@dataclass(frozen=True, slots=True)
class CliClient:
    """A client, and the runner of its event loop: a prompt between two runs can be stopped with Ctrl-C."""

    client: MatillionClient
    options: GlobalOptions
    _runner: asyncio.Runner
    _waiting: Waiting
    wire: Wire

    @property
    def tokens(self) -> TokenCache:
        """The tokens of the client."""
        return self.client._own_session.connection.tokens

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end, or until Ctrl-C or another signal; what takes long says why.

        Raises:
            KeyboardInterrupt: one came, now or before, and the work has been cancelled.
        """
        from asyncio import CancelledError

        with signals.held():  # a result that is there already is not lost
            if signals.came:
                work.close()
                raise KeyboardInterrupt
            self.wire.change = None
            try:
                result = self._runner.run(signals.cancel(self._watched(work)))
            except (CancelledError, OSError):  # OSError: with SIGHUP the terminal is gone
                if not signals.came:
                    raise
                raise KeyboardInterrupt from None
            self.wire.change = None  # it has its response
            return result

    async def _watched(self, work: Coroutine[Any, Any, T]) -> T:
        with self._waiting.watch():
            return await work


@contextmanager
def connect() -> Iterator[CliClient]:
    """A connection as the global options of the current command say.

    Raises:
        ConfigurationError: a setting is unknown or unsafe.
        click.UsageError: credentials are missing.
    """
    import asyncio

    from matillion_async.cli._waiting import Waiting, awaited
    from matillion_async.cli._wire import Wire

    options = click.get_current_context().ensure_object(GlobalOptions)
    if not options.verbose:  # the errors that matter are reported; -v shows the warnings as well
        logging.getLogger("matillion_async").addHandler(logging.NullHandler())

    waiting = Waiting(lambda: awaited(client), is_verbose=options.verbose)
    wire = Wire()
    client = _client(options, waiting, wire)
    with asyncio.Runner() as runner:
        try:
            yield CliClient(client, options, runner, waiting, wire)
        except KeyboardInterrupt:
            if wire.change:
                say(
                    f"matillion: {wire.change} was sent and has no response: it may have been carried out; "
                    "look before you repeat it"
                )
            raise
        finally:
            runner.run(client.aclose())


def import_sandbox() -> ModuleType:
    """The sandbox, which has dependencies of its own."""
    try:
        from matillion_async import sandbox
    except ImportError as error:
        raise UsageFailure(str(error)) from None
    return sandbox


def _client(options: GlobalOptions, waiting: Waiting, wire: Wire) -> MatillionClient:
    from matillion_async._client import DEFAULT_TIMEOUT, MatillionClient
    from matillion_async.cli._wire import WatchedTransport

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
        transport=WatchedTransport(wire),
        **call_options,
    )


def credentials(options: GlobalOptions) -> tuple[str, Secret]:
    """The client id, and the secret, which is asked for on a terminal if all other settings are there.

    Raises:
        ConfigurationError: a setting is unknown or unsafe.
        click.UsageError: something is missing; the message names all that is.
    """
    from matillion_async._tokens.token_source import Secret

    _check_settings(options)
    client_id = options.client_id or os.environ.get("MATILLION_CLIENT_ID", "")
    secret = Secret(os.environ.get("MATILLION_CLIENT_SECRET", ""))
    return client_id, secret if secret.reveal() else Secret(ask_secret())


def settings_of(options: GlobalOptions, **credentials: Any) -> Settings:
    """The settings with which a client is made.

    Raises:
        ConfigurationError: one is unknown or unsafe.
    """
    from matillion_async._settings import resolve

    return resolve(
        region=options.region,
        base_url=options.base_url,
        needs_credentials=False,
        options={"region": "--region", "base_url": "--base-url"},
        **credentials,
    )


def _check_settings(options: GlobalOptions) -> None:
    """Refuse settings that are wrong, and then all that are missing, at once."""
    from matillion_async._environment import misspelt
    from matillion_async._settings import REGIONS

    missing = [
        f"{' or '.join(variables)} is not set{hint}"
        for variables, is_given, hint in (
            (
                ("MATILLION_CLIENT_ID",),
                options.client_id,
                ", and --client-id was not given",
            ),
            (("MATILLION_CLIENT_SECRET",), is_interactive(), ""),
            (
                ("MATILLION_REGION", "MATILLION_BASE_URL"),
                options.region or options.base_url,
                f", and --region ({', '.join(REGIONS)}) was not given",
            ),
        )
        if not is_given and not any(os.environ.get(name, "").strip() for name in variables)
    ]
    if not any("MATILLION_REGION" in line for line in missing):
        settings_of(options)
    if missing:
        missing += misspelt(os.environ)
        raise click.UsageError(
            f"{'; '.join(missing)}; create API credentials in the Matillion Hub, or try --sandbox",
            click.get_current_context(),
        )


def _show_attempt(attempt: Attempt) -> None:
    line = f"{attempt.operation}: {attempt.outcome} in {attempt.seconds:.2f} s"
    if attempt.retry_in is not None:
        line = f"{line}; {attempt.reason}, again in {attempt.retry_in:.1f} s"
    say(line)

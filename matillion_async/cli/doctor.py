"""``matillion doctor``: what stands between this machine and the API."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import click

from matillion_async._errors import ConfigurationError
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import (
    EXAMPLE_PROJECTS,
    credentials,
    import_sandbox,
    settings_of,
)
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._output import write_object
from matillion_async.cli._streams import put

if TYPE_CHECKING:  # what looks at connections takes longer to import than the help to be shown
    from matillion_async._settings import Settings
    from matillion_async._transport.values import Transport
    from matillion_async.cli._reach import Check


@click.command(name="doctor", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def command(as_json: bool) -> None:
    """Look at each step from the settings to a first listing, and say what to do about what fails.

    One line for each: settings, proxy, names, connections, TLS, a token, a listing, the clock, limits. None shows a
    secret. The exit code is 1 if anything failed.

    \b
    Example: matillion doctor
    Example: matillion doctor --region us1 --json
    """
    options = click.get_current_context().ensure_object(GlobalOptions)
    settings, transport, first = _prepared(options)

    async def check_all() -> list[Check]:
        checks: list[Check] = []
        async for check in _checks(settings, transport, first, is_networked=not options.sandbox):
            checks.append(check)
            if not as_json:
                put(check.line)
        return checks

    checks = asyncio.run(check_all())
    is_well = all(check.status != "failed" for check in checks)
    if as_json:
        write_object({"ok": is_well, "checks": [check.row for check in checks]})
    if not is_well:
        raise click.exceptions.Exit(1)


def _prepared(
    options: GlobalOptions,
) -> tuple[Settings | None, Transport | None, Check]:
    """Settings, as far as they are there, a transport, and what is to be said of them."""
    from matillion_async._tokens.token_source import Secret
    from matillion_async._transport.transport import AiohttpTransport
    from matillion_async.cli._reach import Check

    if options.sandbox:
        from matillion_async._settings import resolve
        from matillion_async._transport.adapters import as_transport

        sandbox = import_sandbox().Sandbox(projects=EXAMPLE_PROJECTS)
        given = sandbox.client_options()
        inside = as_transport(given.pop("transport"))
        return resolve(**given), inside, Check("settings", "", "ok", "a sandbox in this process")
    problem, secret, client_id = "", Secret(""), ""
    try:
        client_id, secret = credentials(options)
    except click.UsageError as error:
        problem = error.message
    except ConfigurationError as error:
        problem = error.explanation
    try:
        settings = settings_of(options, client_id=client_id, client_secret=secret)
        transport = AiohttpTransport()
    except ConfigurationError as error:
        return None, None, Check("settings", "", "failed", problem or error.explanation)
    where = f"{settings.base_url}, tokens from {settings.token_url}"
    if problem:
        return settings, transport, Check("settings", "", "failed", f"{where}; {problem}")
    return settings, transport, Check("settings", "", "ok", where)


async def _checks(
    settings: Settings | None,
    transport: Transport | None,
    first: Check,
    *,
    is_networked: bool,
) -> AsyncIterator[Check]:
    from matillion_async._calls.connecting import credentials_of
    from matillion_async._environment import misspelt
    from matillion_async.cli import _checkup
    from matillion_async.cli._reach import Check

    yield first
    if is_networked:
        for said in misspelt(os.environ):
            yield Check("settings", "", "failed", said)
    if settings is None or transport is None:
        return
    recorder = _checkup.ResponseRecorder(transport)
    source = None
    if first.status == "ok":
        source = credentials_of(settings, recorder, _checkup.SECONDS)
    async for check in _checkup.examine(settings, recorder, source, is_networked=is_networked):
        yield check

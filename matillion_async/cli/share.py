"""``matillion share``."""

from __future__ import annotations

import asyncio
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from matillion_async.cli._commands import Command, CommandGroup
from matillion_async.cli._connection import settings_of
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._output import write_object
from matillion_async.cli._streams import put

if TYPE_CHECKING:
    from matillion_async._share.status import LimitStatus
    from matillion_async._share.token_status import TokenStatus


@click.group(name="share", cls=CommandGroup)
def command() -> None:
    """Show who shares the limit of the account."""


@command.command(name="status", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(as_json: bool) -> None:
    """Show what MATILLION_SHARE shares: the rate, a pause, the processes that are there, and the age of the token.

    The token is sealed, and is looked at with the client secret only.

    \b
    Example: matillion share status
    """
    from matillion_async._environment import misspelt
    from matillion_async._share.choice import account_name, chosen
    from matillion_async._share.place import reason
    from matillion_async._share.status import limit_status
    from matillion_async._share.token_status import token_status
    from matillion_async._tokens.token_source import Secret

    options = click.get_current_context().ensure_object(GlobalOptions)
    client_id = options.client_id or os.environ.get("MATILLION_CLIENT_ID", "")
    secret = Secret(os.environ.get("MATILLION_CLIENT_SECRET", ""))
    settings = settings_of(options, client_id=client_id, client_secret=secret)
    name = account_name(settings)
    place = chosen(None)
    if place is None:
        unset = "nothing is shared: set MATILLION_SHARE to host, or to redis://…"
        raise UsageFailure("; ".join([unset, *misspelt(os.environ)]))

    async def look() -> tuple[LimitStatus | None, TokenStatus | None]:
        try:
            return await limit_status(place, f"{name}:limit"), await token_status(place, settings)
        finally:
            await place.aclose()

    try:
        found, token = asyncio.run(look())
    except Exception as error:  # noqa: BLE001 - of any place
        raise click.ClickException(f"{place} cannot be used: {reason(error)}") from None
    if as_json:
        write_object(
            {
                "place": str(place),
                "limit": None if found is None else asdict(found),
                "token": None if token is None else asdict(token),
            }
        )
        return
    put(f"place      {place}")
    if secret.reveal():
        put(f"token      {_token_text(token)}")
    if found is None:
        put("processes  none has shared the limit of this account yet")
        return
    put(
        f"limits     {found.limits or 'not given, found out'}; {found.requests_per_minute:g} requests a minute"
    )
    put(f"pause      {f'{found.paused_for:.0f} s' if found.paused_for else 'none'}")
    put(f"processes  {len(found.processes)}")
    for each in found.processes:
        put(
            f"           heard of {each.heard_of:.0f} s ago, {each.under_way} under way, {each.waiting} waiting"
        )


def _token_text(token: TokenStatus | None) -> str:
    """What is known of the token, in one line."""
    parts = []
    if token is not None and token.age is not None and token.good_for is not None:
        parts.append(f"{token.age:.0f} s old, good for {max(0.0, token.good_for):.0f} s")
    if token is not None and token.is_fetched:
        parts.append("one is just fetched")
    if token is not None and token.failure is not None:
        parts.append(f"no new one: {token.failure}")
    return "; ".join(parts) or "none"

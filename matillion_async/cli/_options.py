"""Options that every command takes, before or after its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from matillion_async.cli._types import SECONDS, TEXT


@dataclass(slots=True)
class GlobalOptions:
    """What the global options say; None where the environment or a default decides."""

    sandbox: bool = False
    region: str | None = None
    base_url: str | None = None
    client_id: str | None = None
    timeout: float | None = None
    deadline: float | None = None
    verbose: bool = False


class GlobalOption(click.Option):
    """An option that is remembered for the whole command line; only the first help page lists it."""

    def __init__(self, *declarations: str, **attributes: Any) -> None:
        if not attributes.get("is_flag"):
            attributes.setdefault("type", TEXT)
        super().__init__(declarations, expose_value=False, callback=_remember, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        return super().get_help_record(ctx) if ctx.parent is None else None


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and value is not False:
        setattr(ctx.ensure_object(GlobalOptions), parameter.name or "", value)


def given(options: dict[str, Any]) -> dict[str, Any]:
    """Of values of options, those that were given."""
    return {name: value for name, value in options.items() if value is not None}


def global_options() -> list[click.Parameter]:
    """New instances of the global options. The client secret is not one of them: other users can read arguments."""
    return [
        GlobalOption(
            "--sandbox",
            is_flag=True,
            help="Use a sandbox with example data inside this process. It needs no credentials and no network, "
            "and forgets everything at the end.",
        ),
        GlobalOption(
            "--region", metavar="REGION", help="eu1, us1 or au1; otherwise MATILLION_REGION."
        ),
        GlobalOption(
            "--base-url", metavar="URL", help="In place of a region; otherwise MATILLION_BASE_URL."
        ),
        GlobalOption("--client-id", metavar="ID", help="Otherwise MATILLION_CLIENT_ID."),
        GlobalOption(
            "--timeout",
            type=SECONDS,
            metavar="SECONDS",
            help="For one request and its response; 60 unless given.",
        ),
        GlobalOption(
            "--deadline",
            type=SECONDS,
            metavar="SECONDS",
            help="For one call with all waiting and retries; no limit unless given.",
        ),
        GlobalOption(
            "-v",
            "--verbose",
            is_flag=True,
            help="Show each request, and the details of an error, on stderr.",
        ),
    ]

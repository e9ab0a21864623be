"""``matillion sandbox``."""

from __future__ import annotations

import asyncio
import shlex
import signal

import click

from matillion_async import MatillionError
from matillion_async.cli._context import Settings
from matillion_async.sandbox import Sandbox, serve


@click.command(epilog="Example: matillion sandbox --port 8800 --projects 1000 --token-ttl 30")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="0 for any free port.")
@click.option("--projects", default=3, show_default=True, type=click.IntRange(0, 1_000_000))
@click.option(
    "--token-ttl",
    default=1800.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Seconds an access token lives.",
)
@click.pass_obj
def sandbox(settings: Settings, host: str, port: int, projects: int, token_ttl: float) -> None:
    """Serve a sandbox of the API on this machine, until Ctrl-C.

    Prints the environment variables that lead a client to it.
    """
    try:
        asyncio.run(_serve(Sandbox(projects=projects, token_ttl=token_ttl), host, port))
    except MatillionError as error:
        settings.fail(error)


async def _serve(app: Sandbox, host: str, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serve(app, host=host, port=port) as served:
        for name, value in served.environment.items():
            click.echo(f"export {name}={shlex.quote(value)}")
        click.echo(f"serving a sandbox on {served.url}; Ctrl-C ends it", err=True)
        await stop.wait()

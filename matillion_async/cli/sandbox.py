"""``matillion sandbox``."""

from __future__ import annotations

import asyncio
import shlex
import signal
from types import FrameType
from typing import Any

import click

from matillion_async.cli._connection import EXAMPLE_PROJECTS, import_sandbox
from matillion_async.cli._signals import NAMES
from matillion_async.cli._streams import put, say
from matillion_async.cli._types import Seconds


@click.command(name="sandbox")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=0,
    help="Port on this machine; any free one unless given.",
)
@click.option(
    "--projects",
    type=click.IntRange(min=0),
    metavar="COUNT",
    help=f"Projects at the start, called Project 1 and so on; {', '.join(EXAMPLE_PROJECTS)} unless given.",
)
@click.option(
    "--environments",
    type=click.IntRange(min=0),
    metavar="COUNT",
    default=2,
    show_default=True,
    help="Environments of each project.",
)
@click.option(
    "--token-ttl",
    type=Seconds(min=1),
    metavar="SECONDS",
    default=1800,
    show_default=True,
    help="How long a token lives.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="LIMIT",
    help="Rate limit to enforce, such as 60/min; none unless given. May be repeated.",
)
@click.option(
    "--flat-executions",
    is_flag=True,
    help="Give the details of an execution as the vendor's reference has them, and not under 'result'.",
)
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Name by which the sandbox may be called beside localhost, such as that of a container. May be repeated.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="FAULT",
    help="What goes wrong, such as projects.list:503x2; nothing unless given. May be repeated.",
)
def command(
    port: int,
    projects: int | None,
    environments: int,
    token_ttl: float,
    limits: tuple[str, ...],
    flat_executions: bool,
    allowed_hosts: tuple[str, ...],
    faults: tuple[str, ...],
) -> None:
    """Serve a sandbox of the API on this machine until Ctrl-C.

    The environment variables that connect a client to it go to stdout, to be pasted into another shell.

    \b
    Example: matillion sandbox --port 8800 --projects 1000 --token-ttl 30
    Example: matillion sandbox --limit 60/min --limit 5/s
    Example: matillion sandbox --fault 'projects.list:503x2' --fault 'token:delay=5'
    """
    package = import_sandbox()
    sandbox = package.Sandbox(
        projects=EXAMPLE_PROJECTS if projects is None else projects,
        environments_per_project=environments,
        token_ttl=token_ttl,
        limits=limits,
        flat_executions=flat_executions,
        faults=faults,
    )
    asyncio.run(_serve(package.serve(sandbox, port=port, allowed_hosts=allowed_hosts)))


async def _serve(serving: Any) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopped.set)

    async with serving as served:
        numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
        wanted = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, stop) for number in wanted}
        try:
            for name, value in served.environment.items():
                put(f"export {name}={shlex.quote(value)}")
            say(f"The sandbox listens on {served.url}; stop it with Ctrl-C.")
            await stopped.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

"""Serve the sandbox on a port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import uvicorn

from matillion_async._errors import ConfigurationError
from matillion_async._settings import is_loopback
from matillion_async.sandbox._app import Sandbox


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox that is being served."""

    url: str
    """Such as ``http://127.0.0.1:8800``."""
    environment: dict[str, str]
    """The environment variables for a client, secrets of the sandbox included."""


class _Server(uvicorn.Server):
    """A server that leaves signals to the program it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serve(
    sandbox: Sandbox, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Served]:
    """Serve a sandbox while the context is entered.

    Args:
        sandbox: what to serve.
        host: an address of this machine only; the sandbox is not made for others.
        port: 0 for any free one.

    Raises:
        ConfigurationError: the host is not a loopback address, or the port cannot be used.
    """
    if not is_loopback(host):
        raise ConfigurationError(f"the sandbox is served on this machine only, not on {host}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except (OSError, OverflowError) as error:
            raise ConfigurationError(f"cannot listen on {host} port {port}: {error}") from None
        config = uvicorn.Config(
            sandbox, log_level="error", access_log=False, lifespan="off", ws="none", http="h11"
        )
        server = _Server(config)
        listening.listen(
            config.backlog
        )  # from here on a connection waits until the server takes it
        running = asyncio.ensure_future(server.serve(sockets=[listening]))
        try:
            name = f"[{host}]" if ":" in host else host
            url = f"http://{name}:{listening.getsockname()[1]}"
            yield Served(url, sandbox.environment(url))
        finally:
            # A server cannot be told to stop before it has begun.
            while not (server.started or running.done()):  # noqa: ASYNC110 - uvicorn has no event
                await asyncio.sleep(0)
            server.should_exit = True
            await running

"""What carries requests, as users write it, for type checkers only; see ``user_code``."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from typing import assert_type

import httpx
import httpx2

from matillion_async import AiohttpTransport, MatillionClient, Request, Response, Transport


class Own:
    """A transport of one's own needs no base class."""

    async def send(self, request: Request) -> Response:
        """Respond without any network."""
        assert_type(request.method, str)
        assert_type(request.is_sent, bool)
        return Response(200, {"Content-Type": "application/json"}, b"{}")

    async def aclose(self) -> None:
        """Close nothing."""


class Half:
    """Lacks a method."""

    async def send(self, request: Request) -> Response:
        """Respond without any network."""
        return Response(204)


def any_transport() -> None:
    """Ours, one's own, and those of both libraries; nothing else."""
    own: Transport = Own()
    MatillionClient(transport=own)
    MatillionClient(transport=Own())
    MatillionClient(transport=AiohttpTransport(max_connections=10))
    MatillionClient(transport=httpx.AsyncHTTPTransport(proxy="http://proxy.example:3128"))
    MatillionClient(transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    MatillionClient(transport=httpx2.AsyncHTTPTransport(proxy="http://proxy.example:3128"))
    MatillionClient(transport=httpx2.MockTransport(lambda _: httpx2.Response(200)))
    MatillionClient(transport=None)
    MatillionClient(transport=httpx.AsyncClient())  # type: ignore[arg-type]
    MatillionClient(transport=httpx.HTTPTransport())  # type: ignore[arg-type]
    MatillionClient(transport=Half())  # type: ignore[arg-type]
    MatillionClient(transport=Own)  # type: ignore[arg-type]

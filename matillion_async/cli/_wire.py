"""What is on its way to the API when a command is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request, Response

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(slots=True)
class Wire:
    """What is known of it."""

    change: str | None = None
    """The request that may have changed something, such as ``POST /v1/projects``, since work began; None if there
    was none, or the API refused it."""


class WatchedTransport(AiohttpTransport):
    """The transport built in, which notes what may change something."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def send(self, request: Request) -> Response:
        is_for_api = request.headers.get("Authorization", "").startswith("Bearer ")
        if request.method in _SAFE or not is_for_api:  # a token endpoint changes nothing
            return await super().send(request)
        self._wire.change = f"{request.method} {urlsplit(request.url).path}"
        is_refused = False
        try:
            response = await super().send(request)
            is_refused = 400 <= response.status_code <= 499
            return response
        finally:
            if is_refused or not request.is_sent:
                self._wire.change = None

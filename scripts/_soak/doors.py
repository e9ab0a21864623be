"""Where the server is reached: what both of its doors have in common."""

from __future__ import annotations

from typing import Protocol

from matillion_async._transport.adapters import AnyTransport


class Door(Protocol):
    """Where the server is reached, and how it goes away."""

    @property
    def base_url(self) -> str:
        """The API's."""
        ...

    @property
    def token_url(self) -> str:
        """The token endpoint's."""
        ...

    @property
    def transport(self) -> AnyTransport:
        """What the client sends by."""
        ...

    async def restart(self, seconds: float) -> None:
        """Break what is under way, and be away for a while."""
        ...

    @property
    def busy(self) -> int:
        """Requests that the transport takes to be on the wire."""
        ...

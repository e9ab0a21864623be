"""What all clients in the benchmarks send: one token, one page size, the same headers."""

from __future__ import annotations

import httpx

from matillion_async import Token

TOKEN = "x" * 800  # as long as a real one
HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "benchmark",
    "Authorization": f"Bearer {TOKEN}",
}
PATH = "/v1/projects"
SIZE = 25
TIMEOUT = httpx.Timeout(120.0)
RATE_LIMIT = "1000000/min"
"""So high that nobody waits: the limiter's cost counts, not its purpose."""


class FixedToken:
    """A token that never expires in a benchmark."""

    async def fetch(self) -> Token:
        """The token, at once."""
        return Token(TOKEN, expires_in=1800)

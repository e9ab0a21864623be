"""Tokens that are revoked before they expire: how many calls fail.

On a virtual clock, by a client that makes calls all the time, and by several that share the credentials. In the first
two rows all tokens are revoked every 30 seconds, as when keys are rotated; in the others the identity provider keeps
one token for each credentials, so that a new token revokes the one before.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import httpx

from benchmarks._report import Goal, Report, Table
from benchmarks._saturated import History, saturate
from benchmarks._virtual import on_virtual_time
from benchmarks._world import JSON, Travel, World
from matillion_async import Token

MINUTES = 10
LIMITS = ("600/min", "20/s")
TRAVEL = Travel(0.1, "uniform")
REVOKED_EVERY = 30.0
CLIENTS = (1, 3)
MOST_FAILED = 1.0
"""Calls in a hundred, where tokens are revoked every 30 seconds."""


class Issuer:
    """An identity provider.

    Args:
        revokes_every: seconds after which all tokens are revoked, again and again; None if each new token revokes the last.
    """

    def __init__(self, revokes_every: float | None) -> None:
        self._revokes_every = revokes_every
        self._issued = 0

    def issue(self, now: float) -> str:
        """A new token."""
        self._issued += 1
        return f"{self._issued}-{self._generation(now)}"

    def accepts(self, token: str, now: float) -> bool:
        """Whether a token is good."""
        return token.partition("-")[2] == str(self._generation(now))

    def _generation(self, now: float) -> int:
        if self._revokes_every is None:
            return self._issued
        return int(now / self._revokes_every)


class Revoking(World):
    """A world where a token may be refused when it arrives."""

    def __init__(self, issuer: Issuer, seed: int) -> None:
        super().__init__(LIMITS, "bucket", TRAVEL, seed=seed)
        self.issuer = issuer
        self.unauthorized = 0

    async def fetch(self) -> Token:
        """A new token, after a journey there and back."""
        await self.travels()
        token = self.issuer.issue(self.now())
        await self.travels()
        return Token(token, expires_in=1800)

    def judge(self, request: httpx.Request, now: float) -> tuple[int, dict[str, str]]:
        """The status and headers of a response."""
        token = request.headers["authorization"].removeprefix("Bearer ")
        if not self.issuer.accepts(token, now):
            self.unauthorized += 1
            return 401, JSON
        return super().judge(request, now)


def measure(clients: int, revokes_every: float | None) -> tuple[History, int]:
    """Calls of some minutes, and how many requests were refused with 401."""
    issuer = Issuer(revokes_every)
    worlds = [Revoking(issuer, seed) for seed in range(clients)]
    history = on_virtual_time(saturate(worlds, MINUTES * 60, LIMITS, at_once=8))
    return history, sum(world.unauthorized for world in worlds)


def run(options: argparse.Namespace) -> Report:
    """One row for each issuer and number of clients."""
    del options  # quick as it is
    rows: list[Sequence[str]] = []
    goals: list[Goal] = []
    for revokes_every in (REVOKED_EVERY, None):
        for clients in CLIENTS:
            history, unauthorized = measure(clients, revokes_every)
            failed = 100 * history.failed / history.calls
            what = f"revoked every {revokes_every:g} s" if revokes_every else "one token at a time"
            name = f"{what}, {clients} client{'s' if clients > 1 else ''}"
            rows.append((name, f"{history.calls:,}", f"{unauthorized:,}", f"{failed:.1f} %"))
            if revokes_every:
                goals.append(Goal(f"{name}: calls that fail", failed, MOST_FAILED, "%", 1))
    head = (f"Tokens, {MINUTES} minutes", "calls", "responses 401", "calls failed")
    return Report([Table(head, rows)], goals)

"""The server of the soak: tokens, limits and faults around what the API knows."""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime

from scripts._soak.faults import UNPROCESSED, Fault, FaultInjector
from scripts._soak.witness import Fate, Witness
from scripts._soak.world import Reply, Request, World

TOKEN_PREFIX = "soak-token-"
TOKEN_PATH = "/oauth/dpc/token"
_TOO_MANY = b'{"title": "Too Many Requests"}'
_GATEWAY = b"<html><title>502 Bad Gateway</title></html>"


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the server does with a request."""

    fault: Fault
    reply: Reply
    delay: float = 0.0


class Limits:
    """Sliding windows: at most so many requests in so many seconds.

    Args:
        limits: pairs of a number and its seconds.
    """

    def __init__(self, limits: Sequence[tuple[int, float]]) -> None:
        self._windows = [(seconds, deque[float](maxlen=count)) for count, seconds in limits]

    def admit(self, now: float) -> float:
        """Count a request; 0 if it is allowed, else the seconds until one is."""
        wait = max(
            sent[0] + seconds - now if len(sent) == sent.maxlen else 0.0
            for seconds, sent in self._windows
        )
        if wait > 0:
            return wait
        for _, sent in self._windows:
            sent.append(now)
        return 0.0


class Service:
    """Decides what becomes of each request, and tells the witness.

    Args:
        world: what carries out a request.
        injector: draws the faults.
        witness: who is told.
        chance: where all other draws come from.
        clock: the time in seconds.
        limits: pairs of a number of requests and the seconds for them.
        slow: seconds that a slow response takes at most.
        token_life: seconds for which a token is good.
    """

    def __init__(
        self,
        world: World,
        injector: FaultInjector,
        witness: Witness,
        chance: random.Random,
        clock: Callable[[], float],
        *,
        limits: Sequence[tuple[int, float]],
        slow: float,
        token_life: float,
    ) -> None:
        self.world = world
        self.injector = injector
        self.chance = chance
        self._witness = witness
        self._clock = clock
        self._limits = Limits(limits)
        self._slow = slow
        self._token_life = token_life
        self._tokens: dict[str, float] = {}
        self.statuses: Counter[int] = Counter()
        """Responses of the API by status, whether or not they arrived."""
        self.faults: Counter[Fault] = Counter()
        self.disturbances: Counter[str] = Counter()
        """What befell the server as a whole."""
        self.ours = 0
        """429s because of the limits."""

    @property
    def accepted(self) -> int:
        """Requests that the limits let through."""
        return self.statuses.total() - self.statuses[429] - self.statuses[401]

    def note(self, text: str) -> None:
        """Let the history have what is not a request."""
        self._witness.event("", f"server: {text}")

    def revoke(self) -> None:
        """Make all tokens invalid."""
        self._tokens.clear()
        self._witness.revocations += 1
        self.note("all tokens revoked")

    def neighbour(self, count: int) -> None:
        """Let somebody else use up a part of the limits."""
        for _ in range(count):
            self._limits.admit(self._clock())
        self.note(f"somebody else sent {count} requests")

    def receive(self, request: Request) -> Treatment:
        """Decide what becomes of a request that has arrived, and carry it out if need be."""
        fault = self.injector.draw()
        if fault is Fault.FOREIGN and request.method == "DELETE":
            fault = Fault.ERROR  # a good status is all that the response to a DELETE has
        self.faults[fault] += fault is not Fault.NONE
        if request.path == TOKEN_PATH:
            return self._token(fault)
        marker, method = request.marker, request.method
        what = request.path
        if fault is not Fault.NONE:
            what = f"{what} ({fault.value})"
        refusal = self._refusal(request, fault)
        if refusal is not None:
            self._witness.arrived(marker, method, f"{what} -> {refusal.status}", Fate.REFUSED)
            self.statuses[refusal.status] += 1
            calm = fault if fault is Fault.STRAY else Fault.NONE
            return Treatment(calm, self._dated(refusal))
        if fault in UNPROCESSED:
            reply = self._error(fault)
            fate = Fate.LOST
        else:
            reply = self.world.handle(request)
            fate = Fate.PROCESSED if reply.is_effect else Fate.LOST
        self._witness.arrived(marker, method, f"{what} -> {reply.status}", fate)
        if fault is Fault.ERROR_AFTER:
            reply = self._error(fault)
        self.statuses[reply.status] += 1
        delay = self.chance.uniform(0, self._slow) if fault is Fault.SLOW else 0.0
        return Treatment(fault, self._dated(reply), delay)

    def _refusal(self, request: Request, fault: Fault) -> Reply | None:
        """The response to a request that may not be carried out; None if it may."""
        if fault in (Fault.UNREAD, Fault.HALF_READ):
            return None
        now = self._clock()
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, now) <= now:
            return Reply(401, b"{}")
        if fault is Fault.STRAY:
            seconds = self.chance.choice((None, "0", "1"))
            return Reply(429, _TOO_MANY, (("Retry-After", seconds),) if seconds else ())
        wait = self._limits.admit(now)
        if wait > 0:
            self.ours += 1
            return Reply(429, _TOO_MANY, (("Retry-After", f"{wait:.0f}"),))
        return None

    def _error(self, fault: Fault) -> Reply:
        if fault is Fault.FOREIGN:
            return Reply(200, _GATEWAY, (("Content-Type", "text/html"),))
        return Reply(self.chance.choice((500, 502, 503, 504)), _GATEWAY)

    def _token(self, fault: Fault) -> Treatment:
        if fault in UNPROCESSED:
            self.note(f"token request ({fault.value})")
            status = 429 if fault is Fault.STRAY else 503
            return Treatment(fault, Reply(status, b"busy", (("Retry-After", "1"),)))
        now = self._clock()
        self._tokens = {token: end for token, end in self._tokens.items() if end > now}
        token = f"{TOKEN_PREFIX}{self.chance.getrandbits(128):032x}"
        self._tokens[token] = now + self._token_life
        self.note(f"new token ({fault.value})")
        life = f"{self._token_life:g}"
        body = f'{{"access_token": "{token}", "token_type": "Bearer", "expires_in": {life}}}'
        delay = self.chance.uniform(0, self._slow) if fault is Fault.SLOW else 0.0
        reply = Reply(200, body.encode(), (("Content-Type", "application/json"),))
        if fault is Fault.ERROR_AFTER:
            reply = Reply(502, _GATEWAY)
        return Treatment(fault, reply, delay)

    def _dated(self, reply: Reply) -> Reply:
        date = format_datetime(self.world.moment(self._clock()), usegmt=True)
        return replace(reply, headers=(*reply.headers, ("Date", date)))

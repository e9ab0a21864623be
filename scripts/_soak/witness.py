"""What reached the server, and which rules of the client that breaks."""

from __future__ import annotations

import enum
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

_EVENTS = 4_000
_OF_MARKER = 25
_AROUND = 12
_SHOWN_PER_RULE = 3


class Fate(enum.Enum):
    """What became of a request at the server."""

    REFUSED = "refused with 429 or 401"
    LOST = "not processed"
    PROCESSED = "processed"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken, and what happened around it."""

    rule: str
    detail: str
    at: float
    history: tuple[str, ...]


@dataclass(slots=True)
class _Trace:
    """A write that users ask for, as far as the server saw it."""

    fates: list[Fate] = field(default_factory=list)
    is_denied: bool = False
    """Whether the client said that the server has not processed it."""
    ended_at: float | None = None


class Witness:
    """Follows each write by its marker, and keeps the latest events.

    Args:
        clock: the time in seconds.
        grace: seconds for which a write is remembered after its call has ended: its request may arrive late.
    """

    def __init__(self, clock: Callable[[], float], grace: float) -> None:
        self._clock = clock
        self._grace = grace
        self._traces: OrderedDict[str, _Trace] = OrderedDict()
        self.events: deque[tuple[float, str, str]] = deque(maxlen=_EVENTS)
        """The latest: when, of which call, what."""
        self.broken: Counter[str] = Counter()
        """How often each rule was broken."""
        self.violations: list[Violation] = []
        """The first of each rule."""
        self.never_seen = 0
        """Writes that were told as possibly processed although no byte of them arrived."""

        self.revocations = 0
        """How often all tokens were made invalid."""

    def expect(self, marker: str) -> None:
        """A user asks for a write."""
        self._forget()
        self._traces[marker] = _Trace()

    def event(self, marker: str, text: str) -> None:
        """Note something for the history; it must hold no secret."""
        self.events.append((self._clock(), marker, text))

    def arrived(self, marker: str, method: str, what: str, fate: Fate) -> None:
        """A request reached the server."""
        self.event(marker, f"server: {method} {what}: {fate.value}")
        trace = self._traces.get(marker)
        if trace is None or method == "GET":
            return
        if method == "POST" and any(earlier is not Fate.REFUSED for earlier in trace.fates):
            self.breach("a POST was sent again", f"{what}, marker {marker}", marker)
        trace.fates.append(fate)
        if fate is Fate.PROCESSED and trace.is_denied:
            self.breach(
                "told as not processed, processed later", f"{what}, marker {marker}", marker
            )

    def processed(self, marker: str) -> bool:
        """Whether a write took effect."""
        trace = self._traces.get(marker)
        return trace is not None and Fate.PROCESSED in trace.fates

    def denied(self, marker: str, what: str) -> None:
        """The client says that a write was not processed: it must be so, now and later."""
        trace = self._traces.get(marker)
        if trace is None:
            return
        trace.is_denied = True
        if Fate.PROCESSED in trace.fates:
            self.breach("told as not processed, but it was", f"{what}, marker {marker}", marker)

    def doubted(self, marker: str) -> None:
        """The client says that a write may have been processed."""
        trace = self._traces.get(marker)
        if trace is not None and not trace.fates:
            self.never_seen += 1

    def ended(self, marker: str) -> None:
        """The call of a write has ended."""
        trace = self._traces.get(marker)
        if trace is not None:
            trace.ended_at = self._clock()

    def breach(self, rule: str, detail: str, marker: str = "") -> None:
        """Note that a rule was broken."""
        self.broken[rule] += 1
        if self.broken[rule] <= _SHOWN_PER_RULE:
            violation = Violation(rule, detail, self._clock(), self._history(marker))
            self.violations.append(violation)

    def _history(self, marker: str) -> tuple[str, ...]:
        events = list(self.events)
        own = [event for event in events if marker and event[1] == marker][-_OF_MARKER:]
        chosen = {*own, *events[-_AROUND:]}
        return tuple(
            f"{'* ' if marker and event[1] == marker else '  '}{event[0]:12.3f}  {event[2]}"
            for event in events
            if event in chosen
        )

    def _forget(self) -> None:
        before = self._clock() - self._grace
        while self._traces:
            marker, trace = next(iter(self._traces.items()))
            if trace.ended_at is None or trace.ended_at > before:
                return
            del self._traces[marker]

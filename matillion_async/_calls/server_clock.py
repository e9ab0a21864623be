"""How far the server's clock is ahead of this event loop's, as the ``Date`` headers of its responses show it. No I/O."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from matillion_async._moments import http_date

DRIFT = 1e-3
"""Seconds by which two clocks come apart in a second at most: each is 500 ppm wrong while it is being corrected."""
_EVERY = 1.0
"""Seconds after which responses are read at last; a hundred calls then cost no more than a few."""
_RECENT = 64
"""How many of them, the newest: each tells little that the others do not."""
DOUBTFUL = 600.0
"""Seconds for which responses that contradicted each other leave a doubt: the server that was wrong may respond again."""
_NEARLY = 0.05
"""Seconds by which responses may contradict each other without one: machines behind one address differ by as much."""
_ROUNDING = 1e-6
"""Seconds by which sums with Unix times may be wrong, as floats are."""


class Ahead(NamedTuple):
    """Seconds by which the server's clock, in Unix time, is ahead of the loop's: more than ``least``, less than ``most``."""

    least: float
    most: float


@dataclass(slots=True)
class _Known:
    """What responses that agree have in common; each bound with the time it was learnt at, since it weakens from there."""

    least: float
    least_at: float
    most: float
    most_at: float

    def at(self, moment: float) -> Ahead:
        return Ahead(
            self.least - DRIFT * abs(moment - self.least_at),
            self.most + DRIFT * abs(moment - self.most_at),
        )


class ServerClock:
    """What is known of a server's clock; all times but dates are the event loop's, in seconds.

    A response was made after its request was sent and before it arrived, at a time of the server's whose whole second is
    its ``Date``. So each says that the difference of the clocks lies in an interval of a second and the time of travel,
    and many say much more together: they were made at different parts of a second. Responses that contradict those before
    them mean that a clock was set, or that several servers disagree. The interval begins anew then, and what was known
    before is kept for as long as an event could have been dated by it. Which of them holds is in doubt for longer.

    What has an ``Age`` comes from a cache, and what has no single ``Date`` says nothing: both are passed over. That a
    server makes its ``Date`` afresh for each response (RFC 9110, section 6.6.1) is taken for granted; that this machine's time
    of day is right is not.
    """

    def __init__(self) -> None:
        self._unread: deque[tuple[Mapping[str, str], float, float]] = deque(maxlen=_RECENT)
        self._read_at = -math.inf
        self._text = ""
        self._date: float | None = None
        self._known: _Known | None = None
        self._before: _Known | None = None
        self._changed_at = -math.inf
        self._doubted_until = -math.inf

    def learn(self, headers: Mapping[str, str], sent_at: float, received_at: float) -> None:
        """Take in the headers of a response, and the times between which it was made."""
        self._unread.append((headers, sent_at, received_at))
        if received_at >= self._read_at + _EVERY:
            self._read_at = received_at
            self._read_all()

    def _read_all(self) -> None:
        while self._unread:
            self._read(*self._unread.popleft())

    def _read(self, headers: Mapping[str, str], sent_at: float, received_at: float) -> None:
        date = self._date_in(headers)
        if date is None:
            return
        loose = DRIFT * (received_at - sent_at) + _ROUNDING
        least, most = date - received_at - loose, date + 1 - sent_at + loose
        known = self._known
        if known is not None:
            now = known.at(received_at)
            if least < now.most and now.least < most:
                if least >= now.least:
                    known.least, known.least_at = least, received_at
                if most <= now.most:
                    known.most, known.most_at = most, received_at
                return
            if least > now.most + _NEARLY or most < now.least - _NEARLY:
                twice = max(0.0, now.most - least)
                self._doubted_until = max(self._doubted_until, received_at + DOUBTFUL + twice)
            self._before = self._hull(received_at)
            self._changed_at = received_at
        self._known = _Known(least, received_at, most, received_at)

    def is_doubted(self, moment: float) -> bool:
        """Whether responses contradicted each other at a moment, shortly before or since then."""
        self._read_all()
        return moment < self._doubted_until

    def ahead(self, moment: float) -> Ahead | None:
        """By how much the server's clock was ahead at a moment; None if no response has said so."""
        self._read_all()
        return self._ahead(moment)

    def _ahead(self, moment: float) -> Ahead | None:
        if self._known is None:
            return None
        now = self._known.at(moment)
        if self._before is None:
            return now
        before = self._before.at(moment)
        # A clock that was put back by an hour gives the times of that hour twice.
        if moment > self._changed_at + max(0.0, before.most - now.least):
            return now
        return Ahead(min(now.least, before.least), max(now.most, before.most))

    def _hull(self, moment: float) -> _Known:
        known = self._ahead(moment)
        assert known is not None
        return _Known(known.least, moment, known.most, moment)

    def _date_in(self, headers: Mapping[str, str]) -> float | None:
        """The ``Date``, in Unix time; None if it cannot be used."""
        text = None
        for name, value in headers.items():
            if len(name) == 4 and name.lower() == "date":
                if text is not None:
                    return None
                text = value
            elif len(name) == 3 and name.lower() == "age":
                return None
        if text is None:
            return None
        if text != self._text:  # most responses have that of the one before
            # Only the form that is still to be sent counts here.
            moment = http_date(text) if text.endswith(" GMT") else None
            self._text, self._date = text, None if moment is None else moment.timestamp()
        return self._date


def next_strike(ahead: float, moment: float) -> float:
    """When the server's clock strikes a second next, from a moment on, if it is ahead by so many seconds."""
    return math.ceil(moment + ahead) - ahead

"""What a client learns about the limits it should keep: a refusal lowers its pace, a quiet stretch raises it.

Like the arithmetic of the limits themselves, nothing here reads a clock: ``now`` is an argument.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import islice

from matillion_async._limits.rates import MARGIN, RateLimit, Schedule

DEFAULT_RATE_LIMITS = (RateLimit(1000, 60),)
"""The newest the vendor documents."""
OLDER_RATE_LIMITS = (RateLimit(60, 60), RateLimit(5, 1))
"""What the vendor documented before."""

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds to pause after a 429 that does not say how long: doubled while nothing is accepted."""
LOWEST, HIGHEST = 0.5, 0.9
"""A refusal takes the pace to what was accepted in the last minute, but to these shares of it at least and most."""
STEP, GUESSED_STEP, LEAST_STEP = 1.25, 2.0, 1.1
"""The factors by which a pace is raised: one that was configured before, one that is a guess, and at least."""
STRETCH, GUESSED_STRETCH, LONGEST_STRETCH = 60.0, 10.0, 1800.0
"""Seconds without a refusal before a pace is raised; doubled each time that turns out to be too much.

For a pace that was configured, the vendor's longest period: a raise proves nothing before a whole window has passed.
A guess may be far too low, which costs more than the few calls that are refused when it is raised too soon.
"""
SLOWEST = 1 / 60
"""Requests per second below which no refusal takes the pace, unless it was configured."""
UNLIMITED = 16
"""Without a configured limit, a learned pace is forgotten once it was raised this many times over."""


class Pace:
    """The limits a client keeps: those configured, as far as the answers bear them out.

    The vendor's documents disagree: 1000 requests a minute in the newest, 60 a minute with bursts of 5 a second
    in older ones. Nothing says which holds for whom. So, where the user set nothing:

    - The larger limit is the default, as the newest, and because the smaller one would cost 16 times the time.
    - Until it is proven, at most 11 calls are sent in a second: more than a server with the older limit can
      accept, whatever its algorithm. If all are accepted the older limit is disproved and the rest goes at
      once, so that this costs one answer time, once. If one is refused, the client keeps the older limit.
      Without this, 300 concurrent calls would earn 295 refusals.
    - A refusal later, at a limit in no document, takes the pace to what was accepted, or to the older limit.

    In general a refusal lowers the pace at once, and a long stretch without one raises it, step by step, to
    what was configured. A raise that is refused is taken back, and the next one waits twice as long and goes half
    as far, so that a client at the true limit meets it rarely. Stretches are counted in accepted calls: an idle
    client learns nothing.

    Args:
        limits: the limits to keep, an empty tuple for none; None where the user set nothing.

    Attributes:
        schedule: the limits as they are kept now; replaced when they change.
        proving: True while the default limits are a guess, so that the next answer may allow more.
    """

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        self._configured = DEFAULT_RATE_LIMITS if limits is None else limits
        self._top = _rate(self._configured)
        self._is_guess = self.proving = limits is None
        self._first_stretch = GUESSED_STRETCH if self._is_guess else STRETCH
        shortest = OLDER_RATE_LIMITS[-1:] if self.proving else ()
        probe = tuple(RateLimit(_disproof(limit), limit.seconds) for limit in shortest)
        self.schedule = Schedule((*self._configured, *probe), margin=0.0 if probe else MARGIN)
        self._accepted: deque[float] = deque(maxlen=1000)
        self._learned: tuple[RateLimit, ...] = ()  # the shape of the limits at a learned pace
        self._rate = self._top
        self._before = 0.0  # the rate before the last change, if that was a raise
        self._ceiling = math.inf  # the lowest rate to which a raise was refused
        self._stretch = self._first_stretch
        self._left = 0.0  # calls to be accepted until the next raise
        self._changed_at = -math.inf
        self._lowered_at = -math.inf
        self._refusals = 0  # in a row; those of calls in flight together count as one

    def accepted(self, now: float, sent_at: float) -> bool:
        """Count a call that was answered, and not with 429; returns True if the schedule was replaced."""
        self._accepted.append(sent_at)
        if sent_at > self._lowered_at:
            self._refusals = 0
        if self.proving and self._disproved():
            self.proving = False
            self.schedule = Schedule(self._configured, self.schedule.sends)
            return True
        if not self._learned or sent_at < self._changed_at:
            return False
        self._left -= 1
        if self._left > 0:
            return False
        self._raise(now)
        return True

    def refused(self, now: float, sent_at: float, retry_after: float | None) -> float:
        """Count a call that was answered with 429; returns until when no call may be sent."""
        if sent_at > self._lowered_at:  # else it was in flight when the pace was lowered
            self._lowered_at = now
            self._refusals += 1
            if self._refusals == 1:  # else the pause was too short, not the pace too high
                self._lower(now)
        pause = FIRST_PAUSE if retry_after is None else max(0.0, retry_after)
        if self._refusals > 1:
            pause = max(pause, min(FIRST_PAUSE * 2.0 ** (self._refusals - 1), LONGEST_PAUSE))
        self.schedule.restart(now + pause)
        return now + pause

    def _disproved(self) -> bool:
        accepted = self._accepted
        for limit in OLDER_RATE_LIMITS:
            enough = _disproof(limit)
            if len(accepted) < enough or abs(accepted[-1] - accepted[-enough]) >= limit.seconds:
                continue
            latest = list(islice(reversed(accepted), enough))  # in the order of the answers
            if max(latest) - min(latest) < limit.seconds:
                return True
        return False

    def _lower(self, now: float) -> None:
        if self._before:
            self._stretch = min(2 * self._stretch, LONGEST_STRETCH)
            self._ceiling = self._rate
            rate = self._before
        elif self.proving:
            self.proving = False
            self._learned = OLDER_RATE_LIMITS
            rate = _rate(self._learned)
        else:
            rate = self._accepted_rate(now)
        self._before = 0.0
        self._change(rate, now)

    def _accepted_rate(self, now: float) -> float:
        accepted = self._accepted
        while accepted and accepted[0] <= now - 60:
            accepted.popleft()
        lowest = LOWEST * self._rate
        if not self._learned:
            known = self._configured or (RateLimit(max(60, len(accepted)), 60),)
            self._rate = _rate(known)
            self._top = self._rate if self._configured else UNLIMITED * self._rate
            self._learned = _with_burst(known)
            lowest = LOWEST * self._rate
            if self._is_guess:
                lowest = min(lowest, _rate(OLDER_RATE_LIMITS))
        rate = max(lowest, min(len(accepted) / 60, HIGHEST * self._rate))
        return max(rate, min(SLOWEST, LOWEST * self._top))

    def _raise(self, now: float) -> None:
        borne_out = self._before > 0
        if borne_out and self._rate >= min(
            self._ceiling, self._top
        ):  # what was refused holds no more
            self._ceiling = math.inf
            self._stretch = self._first_stretch
        if borne_out and self._rate >= self._top:
            self._learned, self._before = (), 0.0
            return
        step = GUESSED_STEP if self._is_guess else STEP
        if self._ceiling < math.inf:
            step = min(step, max(LEAST_STEP, math.sqrt(self._ceiling / self._rate)))
        self._before = self._rate
        self._change(min(step * self._rate, self._top), now)

    def _change(self, rate: float, now: float) -> None:
        self._rate = rate
        self._changed_at = now
        self._left = self._stretch * rate
        share = rate / _rate(self._learned)
        limits = tuple(
            limit.at_rate(share * limit.rate if share <= 1 else max(limit.rate, rate))
            for limit in self._learned
        )
        old = self.schedule
        self.schedule = Schedule(limits if rate < self._top else self._configured, old.sends)
        self.schedule.restart(max(now, old.ready_at))


def _rate(limits: tuple[RateLimit, ...]) -> float:
    return min((limit.rate for limit in limits), default=math.inf)


def _disproof(limit: RateLimit) -> int:
    """More calls in its period than any reading of a limit allows, two fixed windows that meet included."""
    return 2 * limit.count + 1


def _with_burst(limits: tuple[RateLimit, ...]) -> tuple[RateLimit, ...]:
    """Add a second's worth as burst where none was given: who was refused once does not send bursts."""
    if any(limit.seconds <= 1 for limit in limits):
        return limits
    return (*limits, RateLimit(math.ceil(_rate(limits)), 1))

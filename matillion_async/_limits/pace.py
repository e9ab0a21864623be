"""What a client learns about the limits it should keep: refusals that repeat lower its rate, a quiet stretch raises it.

Like the arithmetic of the limits themselves, nothing here reads a clock: ``now`` is an argument.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import islice

from matillion_async._limits.rates import RateLimit, Schedule

DEFAULT_RATE_LIMITS = (RateLimit(1000, 60),)
"""The newest the vendor documents."""
OLDER_RATE_LIMITS = (RateLimit(60, 60), RateLimit(5, 1))
"""What the vendor documented before."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds to pause after a 429 that does not say how long: doubled while nothing is accepted."""
SHORTEST_PAUSE = 0.05
"""Seconds to pause at least, also where the server says 0: what is sent after it is not taken for what was in flight."""
STRAYS, PER_STRAY = 5.0, 60
"""Refusals that are put down to something else, a gateway or another client: so many at once, and one more for
so many accepted calls. One 429 in 100 calls stays below that, a rate that is a tenth too high does not."""
MATE = 0.5
"""Where the limits were given, refusals of one moment count less and less: each so much of the one before it, so that
they are at most two. Another client that sends at once what a second allows may cause any number."""
DOUBT = 120.0
"""Seconds for which a row of refusals that is longer than strays explain makes the next row's first one count: two of
the vendor's longest periods, since a window that is used up refuses once in each."""
LOWEST, HIGHEST = 0.5, 0.82
"""After refusals the new rate is the rate accepted in the last minute, clamped to 50 - 82 % of the old one. The lower
bound keeps one bad minute from stopping a client, the upper one makes every lowering count."""
STEP, GUESSED_STEP, LEAST_STEP = 0.05, 0.1, 0.02
"""Growth of the rate, as a share of the configured one: for configured limits, for guessed limits, and the smallest one. A
share of the present rate would help those most who have most already, where several clients share a limit."""
STRETCH, GUESSED_STRETCH, LONGEST_STRETCH = 60.0, 20.0, 300.0
"""Seconds of accepted calls before a rate is raised; doubled each time that turns out to be too much.

For a rate that was configured, the vendor's longest period: a raise proves nothing before a whole window has passed.
A guess may be far too low, which costs more than the few calls that are refused when it is raised too soon.
"""
MEMORY = 1000
"""Accepted calls that are remembered."""
SLOWEST = 1 / 60
"""Requests per second below which no refusal takes the rate, unless it was configured."""
FORGOTTEN = 4
"""Without a configured limit, a learned rate is forgotten once it was raised this many times over."""


class Pace:
    """The limits a client keeps: those configured, as far as the responses bear them out.

    The vendor's documents disagree: 1000 requests a minute in the newest, 60 a minute with bursts of 5 a second
    in older ones. Nothing says which holds for whom. So, where the user set nothing:

    - The larger limit is the default, as the newest, and because the smaller one would cost 16 times the time.
    - Until it is proven, at most 11 calls are sent in a second: more than a server with the older limit can
      accept, whatever its algorithm. If all are accepted the older limit is disproved and the rest goes at
      once, so that this costs one response time, once. If more than one is refused, the client keeps the older limit.
      Without this, 300 concurrent calls would earn 295 refusals.
    - Refusals later, at a limit in no document, lower the rate to what was accepted.

    In general a refusal is a pause, and nothing else: it may have nothing to do with the rate. Refusals that
    repeat, more than ``STRAYS`` explains, lower the rate; a stretch of calls without them raises it by a step, up to
    what was configured. A raise that is refused is taken back, and the next one waits twice as long, so that a
    client at the true limit meets it rarely. Stretches are counted in accepted calls: an idle client learns nothing.

    Args:
        limits: the limits to keep, an empty tuple for none; None where the user set nothing.

    Attributes:
        schedule: the limits as they are kept now; replaced when they change.
        proving: True while the default limits are a guess, so that the next response may allow more.
        refusals: so many in a row; those of calls in flight together count as one.
    """

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        self._configured = DEFAULT_RATE_LIMITS if limits is None else limits
        self._top = _rate(self._configured)
        self._is_guess = self.proving = limits is None
        self._is_told = bool(limits)
        self._first_step, self._first_stretch = (
            (GUESSED_STEP, GUESSED_STRETCH) if limits is None else (STEP, STRETCH)
        )
        self._step = self._first_step
        shortest = OLDER_RATE_LIMITS[-1:] if self.proving else ()
        probe = tuple(RateLimit(_disproof(limit), limit.seconds) for limit in shortest)
        self.schedule = Schedule((*self._configured, *probe))
        # When the last accepted calls were sent, on a clock that stands still while calls are paused.
        self._accepted: deque[float] = deque(maxlen=MEMORY)
        self._began = math.inf  # when the first call was sent
        self._paused = self._paused_before = 0.0  # seconds of all pauses, and of all but the last
        self._learned: tuple[RateLimit, ...] = ()  # the shape of the limits at a learned rate
        self._rate = self._top
        self._before = 0.0  # the rate before the last change, if that was a raise
        self._bounds = (0.0, 0.0)  # of the rate to which the last refusal took the rate
        self._stretch = self._first_stretch
        self._left = 0.0  # calls to be accepted until the next raise
        self._changed_at = -math.inf
        # Refusals that may yet be put down to others; a guess has first to be borne out.
        self._strays = 1.0 if limits is None else STRAYS
        self._refused_at = -math.inf
        self._doubted_until = -math.inf
        self._weight = 1.0  # of the next refusal
        self.refusals = 0

    def accepted(self, now: float, sent_at: float) -> bool:
        """Count a call that was answered, and not with 429; returns True if the schedule was replaced."""
        paused = self._paused if sent_at > self._refused_at else self._paused_before
        if self.proving:
            paused = (
                0.0  # what disproves a limit is how many came within a second of the server's time
            )
        self._accepted.append(sent_at - paused)
        self._began = min(self._began, sent_at)
        if sent_at > self._refused_at:
            self.refusals = 0
        if self._strays < STRAYS:
            self._strays += 1 / PER_STRAY
        if self.proving and self._disproved():
            self.proving = False
            self.schedule = Schedule(self._configured, self.schedule.ends)
            return True
        if not self._learned:
            return False
        if sent_at <= self._changed_at:
            # It says nothing of the new rate; but where that was lowered, it shows more room than was known then.
            return self._before == 0.0 and self._reckon_again(now)
        self._left -= 1
        if self._left > 0:
            return False
        self._raise(now)
        return True

    def refused(self, now: float, sent_at: float, retry_after: float | None) -> float:
        """Count a call that was answered with 429; returns until when no call may be sent."""
        is_news = sent_at > self._refused_at  # else it was in flight when another one was refused
        if is_news:
            self._refused_at = now
            self.refusals += 1
            self._paused_before = self._paused
            self._weight = 1.0
        self._strays = max(-1.0, self._strays - self._weight)
        if self._is_told:
            self._weight *= MATE
        # Of a call that was sent before the last change its refusal says nothing, and of one that was refused
        # right after a pause it says that the pause was too short. But if such rows come again, the rate is to blame:
        # what is accepted between two of them may be a whole window's worth, which would excuse any row.
        if sent_at > self._changed_at:
            is_doubted = now < self._doubted_until
            if self.refusals == 1 and (self._strays < 0 or (is_news and is_doubted)):
                self._lower(now)
            elif self._strays < 0:
                self._doubted_until = now + DOUBT
        pause = FIRST_PAUSE if retry_after is None else max(SHORTEST_PAUSE, retry_after)
        if self.refusals > 1:
            pause = max(pause, min(FIRST_PAUSE * 2.0 ** (self.refusals - 1), LONGEST_PAUSE))
        until = now + pause
        self._paused += max(0.0, until - max(now, self.schedule.opens_at))
        if self.proving:  # the same again, all within one second
            self.schedule.pause(until)
        else:
            self.schedule.restart(until)
        return until

    def _disproved(self) -> bool:
        accepted = self._accepted
        for limit in OLDER_RATE_LIMITS:
            enough = _disproof(limit)
            if len(accepted) < enough or abs(accepted[-1] - accepted[-enough]) >= limit.seconds:
                continue
            latest = list(islice(reversed(accepted), enough))  # in the order of the responses
            if max(latest) - min(latest) < limit.seconds:
                return True
        return False

    def _lower(self, now: float) -> None:
        self._strays = 0.0
        self._doubted_until = -math.inf
        lowest, highest = LOWEST * self._rate, HIGHEST * self._rate
        if self._before:  # the raise is taken back
            self._stretch = min(2 * self._stretch, LONGEST_STRETCH)
            self._step = max(self._step / 2, LEAST_STEP)
            lowest = highest = self._before
        elif self.proving:
            self.proving = False
            self._learned = OLDER_RATE_LIMITS
            lowest = highest = _rate(self._learned)
        elif not self._learned:
            known = self._configured or (RateLimit(max(60, len(self._accepted)), 60),)
            self._learned = _with_burst(known)
            rate = _rate(known)
            self._top = rate if self._configured else FORGOTTEN * rate
            lowest, highest = LOWEST * rate, HIGHEST * rate
            if self._is_guess:
                lowest = min(lowest, _rate(OLDER_RATE_LIMITS))
        # Without a floor, refusals that have another cause would bring a client to a standstill.
        floor = min(SLOWEST, LOWEST * self._top)
        self._bounds = max(lowest, floor), max(highest, floor)
        self._before = 0.0
        self._change(self._accepted_rate(now), now)

    def _accepted_rate(self, now: float) -> float:
        """The rate of what was accepted in the last minute, within its bounds."""
        accepted = self._accepted
        now -= self._paused
        while accepted and accepted[0] <= now - 60:
            accepted.popleft()
        seconds = 60.0
        if self._configured and not self._is_guess:
            # A guess must not take for a rate what was accepted at once, which may be a burst.
            known_since = accepted[0] if len(accepted) == MEMORY else self._began
            seconds = max(1.0, min(now - known_since, seconds))
        lowest, highest = self._bounds
        return max(lowest, min(len(accepted) / seconds, highest))

    def _reckon_again(self, now: float) -> bool:
        """After a refusal others are accepted that were sent before: there was more room than was known."""
        rate = self._accepted_rate(now)
        if rate <= self._rate:
            return False
        self._change(rate, now)
        return True

    def _raise(self, now: float) -> None:
        # Only now that calls at the raised rate were accepted for a whole stretch is it known to hold.
        if self._before:
            self._stretch = self._first_stretch
        if self._before and self._rate >= self._top:
            self._learned, self._before = (), 0.0
            self._step = self._first_step  # what made it shorter is over as well
            return
        self._before = self._rate
        self._change(min(self._rate + self._step * self._top, self._top), now)

    def _change(self, rate: float, now: float) -> None:
        self._rate = rate
        self._changed_at = now
        # In calls, not in seconds: an idle client has learned nothing about the new rate.
        self._left = self._stretch * rate
        # All limits shrink by the same share, so that bursts become smaller with the rate.
        share = rate / _rate(self._learned)
        limits = tuple(
            limit.at_rate(share * limit.rate if share <= 1 else max(limit.rate, rate))
            for limit in self._learned
        )
        old = self.schedule
        self.schedule = Schedule(limits if rate < self._top else self._configured, old.ends)
        self.schedule.restart(max(now, old.opens_at))


def _rate(limits: tuple[RateLimit, ...]) -> float:
    return min((limit.rate for limit in limits), default=math.inf)


def _disproof(limit: RateLimit) -> int:
    """More calls in its period than any reading of a limit allows, two fixed windows that meet included."""
    return 2 * limit.count + 1


def _with_burst(limits: tuple[RateLimit, ...]) -> tuple[RateLimit, ...]:
    """Add a second's worth as burst where none was given: who was refused often does not send bursts."""
    if any(limit.seconds <= 1 for limit in limits):
        return limits
    return (*limits, RateLimit(math.ceil(_rate(limits)), 1))

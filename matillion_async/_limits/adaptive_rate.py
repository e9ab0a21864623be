"""The rate a client sends at, as it learns it: refusals that repeat lower it, accepted calls raise it again.

Like the arithmetic of the limits themselves, nothing here reads a clock: ``now`` is an argument.
"""

from __future__ import annotations

import math
from array import array
from typing import ClassVar

from matillion_async._backoff import Backoff
from matillion_async._limits.accepted import AcceptedCalls, disproof
from matillion_async._limits.bursts import Bursts, with_burst
from matillion_async._limits.rates import RateLimit, Schedule, long_run_rate
from matillion_async._limits.snapshot import Learner, RateSnapshot, learned_by, teach
from matillion_async._limits.strays import Strays

DEFAULT_RATE_LIMITS = (RateLimit(1000, 60),)
"""The newest the vendor documents."""
OLDER_RATE_LIMITS = (RateLimit(60, 60), RateLimit(5, 1))
"""What the vendor documented before."""

BACKOFF = Backoff(first=1.0, factor=2.0, longest=60.0)
"""Pauses after 429s that do not say how long; the least one after several in a row, whatever they say."""
MIN_PAUSE = 0.05
"""Seconds to pause at least, also where the server says 0: what is sent after it is not taken for what was in flight."""
MIN_SHARE, MAX_SHARE = 0.5, 0.82
"""After refusals the new rate is the rate accepted in the last minute, clamped to 50 - 82 % of the old one. The lower
bound keeps one bad minute from stopping a client, the upper one makes every decrease matter."""
STEP, GUESSED_STEP, MIN_STEP = 0.05, 0.1, 0.02
"""Increase of the rate, as a share of the configured one: for configured limits, for guessed limits, and the smallest one. A
share of the present rate would favour clients that have much of a shared limit already."""
RAISE_AFTER, GUESSED_RAISE_AFTER, MAX_RAISE_AFTER = 60.0, 20.0, 300.0
"""Seconds of accepted calls before a rate is raised; doubled each time that turns out to be too much.

For a rate that was configured, the vendor's longest period: a raise proves nothing before a whole window has passed.
A guess may be far too low, which costs more than the few calls that are refused when it is raised too soon.
"""
MIN_RATE = 1 / 60
"""Requests per second; refusals lower no rate further, unless a lower one was configured."""
FORGET_AT = 4
"""Without a configured limit, a learned rate is given up once it has grown by this factor."""


class AdaptiveRate:
    """The limits a client keeps: those configured, as far as the responses confirm them.

    The vendor's documents disagree: 1000 requests a minute in the newest, 60 a minute with bursts of 5 a second
    in older ones. Nothing says which holds for whom. So, where the user set nothing:

    - The larger limit is the default, as the newest, and because the smaller one would cost 16 times the time.
    - Until it is proven, at most 11 calls are sent in a second: more than a server with the older limit can
      accept, whatever its algorithm. If all are accepted the older limit is disproved and the rest goes at
      once, so that this costs one response time, once. If more than one is refused, the client keeps the older limit.
      Without this, 300 concurrent calls would earn 295 refusals.
    - Refusals later, at a limit in no document, lower the rate to what was accepted.

    In general a refusal is a pause, and nothing else: it may have nothing to do with the rate. Refusals that
    repeat, more than :class:`Strays` explain, lower the rate; calls without them raise it by a step, up to what was
    configured. A raise that is refused is taken back, and the next one comes after twice as many calls, so that a
    client at the true limit meets it rarely. Calls are counted and not time: an idle client learns nothing. What
    :class:`Bursts` are the cause of costs no rate.

    Args:
        limits: the limits to keep, an empty tuple for none; None where the user set nothing.

    Attributes:
        schedule: the limits as they are kept now; replaced when they change.
        is_probing: whether the default limits are still a guess, so that the next response may allow more.
        refusals: how many came in a row; those of calls in flight together count as one.
        refused_at: when the first of the latest ones came.
        refused_since: when the first in the row came; infinite before any.
    """

    LEARNED: ClassVar[tuple[str, ...]] = (
        *("is_probing", "refusals", "refused_at", "refused_since", "_rate", "_max_rate"),
        *("_rate_before_raise", "_bounds", "_raise_after", "_calls_until_raise", "_changed_at"),
        "_step",
    )

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        self._configured = DEFAULT_RATE_LIMITS if limits is None else limits
        self._max_rate = long_run_rate(self._configured)
        self._is_guess = self.is_probing = limits is None
        self._first_step, self._first_raise_after = (
            (GUESSED_STEP, GUESSED_RAISE_AFTER) if limits is None else (STEP, RAISE_AFTER)
        )
        self._step = self._first_step
        shortest = OLDER_RATE_LIMITS[-1:] if self.is_probing else ()
        probe = tuple(RateLimit(disproof(limit), limit.seconds) for limit in shortest)
        self.schedule = Schedule((*self._configured, *probe))
        self._accepted = AcceptedCalls()
        self._strays = Strays(limits)
        self._bursts = Bursts(self._configured, are_given=bool(limits))
        self._learned: tuple[RateLimit, ...] = ()  # the shape of the limits at a learned rate
        self._rate = self._max_rate
        self._rate_before_raise = 0.0  # 0 if the last change was not a raise
        self._bounds = (0.0, 0.0)  # of the rate after the last decrease
        self._raise_after = self._first_raise_after
        self._calls_until_raise = 0.0
        self._changed_at = -math.inf
        self.refused_at = -math.inf
        self.refusals = 0
        self.refused_since = math.inf

    def snapshot(self) -> RateSnapshot:
        """All that was learned, as numbers."""
        schedule = self.schedule
        learned = learned_by(self._parts)
        learned["_learned"] = [(limit.count, limit.seconds) for limit in self._learned]
        learned["schedule"] = [(limit.count, limit.seconds) for limit in schedule.limits]
        learned["full_at"] = schedule.full_at
        learned["paused_until"] = schedule.paused_until
        return RateSnapshot(learned, array("d", schedule.ends), array("d", self._accepted.sent))

    def restore(self, snapshot: RateSnapshot) -> None:
        """Go on from what a rate for the same limits had learned."""
        learned = dict(snapshot.learned)
        limits = (RateLimit(count, seconds) for count, seconds in learned.pop("schedule"))
        self.schedule = Schedule(limits, snapshot.ends)
        self.schedule.full_at = learned.pop("full_at")
        self.schedule.paused_until = learned.pop("paused_until")
        self._learned = tuple(RateLimit(*limit) for limit in learned.pop("_learned"))
        self._accepted = AcceptedCalls(snapshot.accepted)
        learned["_bounds"] = tuple(learned["_bounds"])
        teach(self._parts, learned)

    @property
    def _parts(self) -> tuple[Learner, ...]:
        return self, self._accepted, self._strays, self._bursts

    def accepted(self, now: float, sent_at: float) -> bool:
        """Count a response that is not a 429; returns True if the schedule was replaced."""
        self._accepted.add(
            sent_at,
            is_before_pause=sent_at <= self.refused_at,
            is_counted_by_server=self.is_probing,
        )
        if sent_at > self.refused_at:
            self.refusals = 0
        self._strays.accepted()
        if self.is_probing and any(map(self._accepted.disprove, OLDER_RATE_LIMITS)):
            self.is_probing = False
            probe = self.schedule
            self.schedule = Schedule(self._configured, probe.ends)
            if now < probe.paused_until:
                self.schedule.restart(probe.paused_until)
            return True
        if not self._learned:
            if not self._bursts.allow(now):
                return False
            self._keep_all(now)
            return True
        if sent_at <= self._changed_at:
            # It says nothing of the new rate; but if that was lowered, it shows more room than was known then.
            return self._rate_before_raise == 0.0 and self._recalculate(now)
        self._calls_until_raise -= 1
        if self._calls_until_raise > 0:
            return False
        self._raise(now)
        return True

    def refused(self, now: float, sent_at: float, retry_after: float | None) -> float:
        """Count a 429; returns until when no call may be sent."""
        if self._is_of_wrong_guess(sent_at):
            self.schedule.uncount()
        is_first = sent_at > self.refused_at  # else it was in flight when another one was refused
        if is_first:
            self.refused_at = now
            self.refusals += 1
            if self.refusals == 1:
                self.refused_since = now
            self._accepted.begin_pause()
        of_this_moment = self._strays.refused(now)
        # The refusal of a call that was sent before the last change says nothing about the new rate.
        if sent_at > self._changed_at:
            if not self._learned and self._bursts.are_cause(
                sent_at, of_this_moment, self._accepted, self.schedule.limits
            ):
                self._bursts.forbid(now)
                self._keep_all(now)
            elif self._strays.are_exceeded(now, self.refusals, is_first=is_first):
                self._lower(now)
        pause = BACKOFF.pause(max(1, self.refusals))
        if retry_after is not None:
            pause = max(retry_after, pause if self.refusals > 1 else MIN_PAUSE)
        until = now + pause
        self._accepted.pause(max(0.0, until - max(now, self.schedule.paused_until)))
        if self.is_probing:  # the same number again, in one second
            self.schedule.pause(until)
        else:
            self.schedule.restart(until)
        return until

    def earliest(self, ahead: int, now: float, under_way: int) -> float:
        """The first moment at which a request can go at the present rate, with so many before it."""
        if self.is_probing:
            return max(now, self.schedule.paused_until)  # the next response may disprove the limit
        return self.schedule.earliest(ahead, now, under_way)

    def _is_of_wrong_guess(self, sent_at: float) -> bool:
        """Whether a refused request was one of too many that were sent while the newest limit was taken for granted.

        There are servers that count what they refuse, and so does a schedule. But these would fill the window of the rate that is
        learned from them, and nothing would be sent for a minute.
        """
        if not self._is_guess or self.is_probing or self._learned == OLDER_RATE_LIMITS:
            return False
        return not self._learned or sent_at <= self._changed_at

    def _keep_all(self, now: float) -> None:
        """Keep the configured limits from now on, with no burst if one was refused."""
        self._changed_at = now
        old = self.schedule
        self.schedule = Schedule(self._bursts.limits, old.ends)
        self.schedule.restart(max(now, old.paused_until))

    def _lower(self, now: float) -> None:
        self._strays.begin_anew()
        lowest, highest = MIN_SHARE * self._rate, MAX_SHARE * self._rate
        if self._rate_before_raise:  # the raise is taken back
            self._raise_after = min(2 * self._raise_after, MAX_RAISE_AFTER)
            self._step = max(self._step / 2, MIN_STEP)
            lowest = highest = self._rate_before_raise
        elif self.is_probing:
            self.is_probing = False
            self._learned = OLDER_RATE_LIMITS
            lowest = highest = long_run_rate(self._learned)
        elif not self._learned:
            known = self._configured or (RateLimit(max(60, len(self._accepted.sent)), 60),)
            self._learned = with_burst(known)
            rate = long_run_rate(known)
            self._max_rate = rate if self._configured else FORGET_AT * rate
            lowest, highest = MIN_SHARE * rate, MAX_SHARE * rate
            if self._is_guess:
                lowest = min(lowest, long_run_rate(OLDER_RATE_LIMITS))
        # Without a floor, refusals that have another cause would bring a client to a standstill.
        floor = min(MIN_RATE, MIN_SHARE * self._max_rate)
        self._bounds = max(lowest, floor), max(highest, floor)
        self._rate_before_raise = 0.0
        self._set_rate(self._accepted_rate(now), now)

    def _accepted_rate(self, now: float) -> float:
        """The rate of what was accepted in the last minute, within its bounds."""
        # A guess must not take for a rate what was accepted at once, which may be a burst.
        may_be_burst = self._is_guess or not self._configured
        lowest, highest = self._bounds
        return max(lowest, min(self._accepted.rate(now, may_be_burst=may_be_burst), highest))

    def _recalculate(self, now: float) -> bool:
        """Lower the rate by less if calls that were sent before its last decrease turn out to be accepted."""
        rate = self._accepted_rate(now)
        if rate <= self._rate:
            return False
        self._set_rate(rate, now)
        return True

    def _raise(self, now: float) -> None:
        # Only now that enough calls at the raised rate were accepted is it known to hold.
        if self._rate_before_raise:
            self._raise_after = self._first_raise_after
        if self._rate_before_raise and self._rate >= self._max_rate:
            self._learned, self._rate_before_raise = (), 0.0
            self._step = self._first_step  # what made it smaller is over as well
            return
        self._rate_before_raise = self._rate
        self._set_rate(min(self._rate + self._step * self._max_rate, self._max_rate), now)

    def _set_rate(self, rate: float, now: float) -> None:
        self._rate = rate
        self._changed_at = now
        # In calls, not in seconds: an idle client has learned nothing about the new rate.
        self._calls_until_raise = self._raise_after * rate
        # All limits shrink by the same share, so that bursts become smaller with the rate.
        share = rate / long_run_rate(self._learned)
        limits = tuple(
            limit.at_rate(share * limit.rate if share <= 1 else max(limit.rate, rate))
            for limit in self._learned
        )
        old = self.schedule
        self.schedule = Schedule(limits if rate < self._max_rate else self._bursts.limits, old.ends)
        self.schedule.restart(max(now, old.paused_until))

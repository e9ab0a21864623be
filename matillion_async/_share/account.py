"""What the processes of one account know together of its limit: pure arithmetic over what each of them tells.

Each process tells what became of its requests, and asks for permits. A permit that was given counts as under way until its
process tells how it ended, as in the budget of a single client; a process that is silent is taken for dead, and what it had under
way counts from when it can have arrived at the latest. Times are those of the shared place, but for those that a process
tells, which are seconds ago: no two processes need the same clock.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from matillion_async._limits.adaptive_rate import AdaptiveRate
from matillion_async._limits.budget import MAX_TRANSIT
from matillion_async._limits.rates import RateLimit, Schedule
from matillion_async._share import turns
from matillion_async._share.absence import with_absent
from matillion_async._share.report import Given, Refusal, Report
from matillion_async._share.turns import WAITING, Member

VALID = 1.0
"""Seconds after its process was last heard of in which a permit may be used. One that is late is given up."""
SILENT = VALID + MAX_TRANSIT
"""Seconds after which a process that is not heard of has nothing under way: its last request has arrived, or is lost."""
PRESENT = 60.0
"""Seconds for which a process counts as one that shares the limit after it was last heard of."""
FORGOTTEN = 600.0
"""Seconds after which a process that is not heard of is forgotten."""
SMALL_STOCK, LARGE_STOCK = 16, 128
"""Permits that a process has in advance at most, so that not every call asks the shared place: a quarter of a second's, within these."""
CALM = 60.0
"""Seconds without a refusal before permits are given in advance: they do not know of a pause that begins."""
SETTLING = 1.2
"""Seconds in which each that went on alone comes back, and tells what it sent: each tries once a second. For so long all pause when
what was known is lost, since permits of which nobody else knows may be good for a second."""
LONGEST_SILENCE, LOOKS_PER_SECOND = 1.0, 20
"""Seconds for which a process that waits is silent at most after a permit was free; and how many of those that are there come per
second for that, all together. One that is gone is known to be gone by it."""
SPREAD = 0.002
"""Seconds by which those that come for one permit follow each other, so that few find another one writing."""
SHORTEST_POLL, LONGEST_POLL = 0.01, 0.25
"""Seconds until a process asks again that waits for what others have under way."""


@dataclass(slots=True)
class Account:
    """The limit of an account, as all of its processes know it."""

    limits: tuple[RateLimit, ...] | None
    rate: AdaptiveRate = field(init=False)
    members: dict[str, Member] = field(default_factory=dict)
    history: str = field(default_factory=lambda: os.urandom(8).hex())
    """Names this account of events: another one began when the shared place had lost it."""
    changes: int = 0
    covers_until: float = -math.inf
    """What all processes had told until then is in it, if it was made of what one of them knew of a history that was lost."""
    changed_at: float = -math.inf
    freed_at: float = -math.inf
    """When a request that was under way had last arrived: what that makes possible was not possible before."""

    def __post_init__(self) -> None:
        self.rate = AdaptiveRate(self.limits)

    def begin_again(self, sent: Sequence[float], at: float) -> None:
        """Count what a process sent that the others do not know of, and let nothing go before ``at``, nor a burst then."""
        self.rate.schedule = self.rate.schedule.with_ends(sent)
        self.rate.schedule.restart(max(at, self.rate.schedule.paused_until))

    def exchange(self, report: Report, now: float) -> Given:
        """Take what a process tells, and give it permits."""
        self.changed_at = now = max(now, self.changed_at)
        if report.alone_for:
            self._others_were_alone(report, now)
        self._bury(now)
        if report.limits is not None and report.limits != self.limits:
            self._agree(report, now)
        member = self.members.get(report.process)
        is_revived = member is None or now > member.seen_at + SILENT
        if member is None:
            member = self.members[report.process] = Member(report.process, -math.inf)
        arrived = [now - ago for ago in report.arrived]
        if report.alone_for:
            self.begin_again(arrived, now)
        else:
            for at in arrived:
                self.rate.schedule.end(at)
        member.seen_at, member.alone_since, member.has_left = now, math.inf, False
        member.agrees = report.limits is not None and report.limits == self.limits
        if report.arrived or report.under_way < member.under_way:
            self.freed_at = now
        self._learn(report, now)
        member.under_way = report.under_way
        if report.wanted and not member.waits(now):
            member.given = max(member.given, self._level(member, now))
        member.waiting = report.wanted
        known = self.rate.schedule
        supposed = with_absent(known, self._absent(now), self.present(now), now)
        permits, retry_at = self._give(member, report.wanted, supposed, now)
        if permits < report.wanted:
            # What others have under way may come back unused, and who is absent may have sent nothing.
            possible_at = max(now, known.ready_at(now, member.under_way))
            retry_at = min(retry_at, possible_at + self._longest_silence(member, now))
        member.waiting -= min(permits, report.wanted)
        member.asks_at = retry_at if member.waiting else now
        return Given(permits, retry_at, is_revived)

    def leave(self, report: Report, now: float) -> Given:
        """Take the last that a process tells: what it has under way ends later, as if it were silent."""
        given = self.exchange(report, now)
        if report.under_way:
            self.members[report.process].has_left = True
        else:
            del self.members[report.process]
        return given

    def present(self, now: float) -> int:
        """How many processes share the limit now."""
        return sum(self.is_present(member, now) for member in [*self.members.values()])

    @staticmethod
    def is_present(member: Member, now: float) -> bool:
        """Whether a process shares the limit now."""
        return not member.has_left and now <= member.expected_at + PRESENT

    @property
    def under_way(self) -> int:
        """Requests of all processes that the server may yet count."""
        return sum(member.under_way for member in self.members.values())

    def _learn(self, report: Report, now: float) -> None:
        """Learn from responses in the order in which they came: what was accepted between two refusals keeps the pause short."""
        responses: list[tuple[float, float, Refusal | None]] = [
            *((ago, sent_ago, None) for ago, sent_ago in report.accepted),
            *((refusal.ago, refusal.given_ago, refusal) for refusal in report.refused),
        ]
        for ago, sent_ago, refusal in sorted(responses, key=lambda response: -response[0]):
            if refusal is None:
                self.rate.accepted(now - ago, now - sent_ago)
            else:
                self.rate.refused(now - ago, now - sent_ago, refusal.retry_after)

    def _others_were_alone(self, report: Report, now: float) -> None:
        """If none of the others was heard of meanwhile, the place was gone for all: each has its part until it comes back."""
        others = [each for name, each in self.members.items() if name != report.process]
        if all(other.seen_at <= now - report.alone_for / 2 for other in others):
            for other in others:
                if self.is_present(other, now - report.alone_for):
                    other.seen_at, other.alone_since = now, now - report.alone_for

    def _absent(self, now: float) -> list[tuple[float, int]]:
        """Since when processes may go on alone, and what they have under way: those that are not heard of when they were to be.

        Most of them are dead, so they are waited for no longer than what they have under way; but when something is refused
        after that, one of them is there.
        """
        absent: list[tuple[float, int]] = []
        longer = -math.inf
        for member in self.members.values():
            since, until = member.alone_since, member.seen_at + SETTLING
            if since == math.inf and (member.waiting or member.under_way):
                since = member.expected_at
                until = since + SILENT
            if member.has_left or now <= since + WAITING:
                continue
            if now <= until:
                absent.append((since, member.under_way))
            elif member.seen_at <= since < self.rate.refused_at and self.is_present(member, now):
                longer = max(longer, since)
        if longer > -math.inf:
            absent.append((longer, 0))
        return absent

    def _agree(self, report: Report, now: float) -> None:
        """Take the limits of a process, unless another one is there that was given those that all keep."""
        is_kept = any(
            name != report.process and member.agrees and self.is_present(member, now)
            for name, member in self.members.items()
        )
        if not is_kept:
            old = self.rate.schedule
            self.limits = report.limits
            self.rate = AdaptiveRate(self.limits)
            self.rate.schedule = Schedule(self.rate.schedule.limits, old.ends)
            self.rate.schedule.restart(max(now, old.paused_until))

    def _give(
        self, member: Member, wanted: int, schedule: Schedule, now: float
    ) -> tuple[int, float]:
        others = self._others(member, now)
        under_way = self.under_way
        free_since: list[float] = []  # of each permit that is free
        most = wanted + sum(other.waiting for other in others) if wanted else 0
        while (ready_at := schedule.ready_at(now, under_way + len(free_since))) <= now:
            if len(free_since) == most:
                break
            free_since.append(max(ready_at, self.freed_at))
        free = len(free_since)
        permits = min(wanted, turns.part(member, others, free))
        if permits < min(wanted, free) and now >= turns.kept_until(
            free_since[permits], member, others
        ):
            # The others did not come for it.
            permits = min(wanted, free, permits + max(1, free // (1 + len(others))))
        member.given += permits
        member.under_way += permits
        if permits == wanted:
            retry_at = now
        else:
            if permits < free:
                next_at = free_since[permits]
            elif ready_at == math.inf:
                poll = max(1, len(others) / 4) / (4 * schedule.rate)
                next_at = now + min(max(poll, SHORTEST_POLL), LONGEST_POLL)
            else:
                next_at = ready_at
            retry_at = self._comes_at(member, others, schedule, next_at, now)
        if permits == wanted > 0 and not others and self._is_calm(now):
            stock = self._stock(schedule, under_way + permits, now)
            permits += stock
            member.under_way += stock
        return permits, retry_at

    def _comes_at(
        self,
        member: Member,
        others: Sequence[Member],
        schedule: Schedule,
        next_at: float,
        now: float,
    ) -> float:
        """When a process is to ask that waits on, if the next permit is free at that time."""
        before = turns.turns_before(member, others)
        if not before:
            return next_at
        under_way = self.under_way
        turn_at = schedule.earliest(before, now, under_way)
        half_at = schedule.earliest(before // 2, now, under_way)
        comes_at = max(half_at, min(turn_at, turns.kept_until(next_at, member, others)))
        comes_at += before * SPREAD
        latest = next_at + self._longest_silence(member, now)
        return max(min(comes_at, latest), now + SHORTEST_POLL)

    def _longest_silence(self, member: Member, now: float) -> float:
        """For how many seconds a process is silent at most that waits for a permit that may be free."""
        others = self._others(member, now)
        silence = max(LONGEST_SILENCE, len(others) / LOOKS_PER_SECOND)
        return silence + turns.turns_before(member, others) * SPREAD

    def _stock(self, schedule: Schedule, under_way: int, now: float) -> int:
        """Permits to give in advance: as many as leave the same for everybody else."""
        stock, shares = 0, self.present(now) + 1
        most = min(max(SMALL_STOCK, schedule.rate / 4), LARGE_STOCK)
        while stock < most and schedule.ready_at(now, under_way + (stock + 1) * shares) <= now:
            stock += 1
        return stock

    def _is_calm(self, now: float) -> bool:
        return not self.rate.is_probing and now > self.rate.refused_at + CALM

    def _others(self, member: Member, now: float) -> list[Member]:
        """The other processes that wait."""
        return [
            other for other in self.members.values() if other is not member and other.waits(now)
        ]

    def _level(self, member: Member, now: float) -> int:
        """The permits that a process is taken to have had when it begins to wait: what it did without gives it nothing over others."""
        waiting = [other.given for other in self._others(member, now)]
        return min(waiting) if waiting else max(each.given for each in self.members.values())

    def _bury(self, now: float) -> None:
        """Count what processes had under way that are not heard of any more."""
        for name, member in list(self.members.items()):
            if member.under_way and now > member.seen_at + SILENT:
                for _ in range(member.under_way):
                    self.rate.schedule.end(member.seen_at + SILENT)
                self.freed_at = now
                member.under_way, member.alone_since = 0, member.expected_at
                if member.has_left:
                    del self.members[name]
            elif now > member.expected_at + FORGOTTEN:
                del self.members[name]

"""Which execution is that of a start whose response was lost. No I/O: decisions only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matillion_api.models.pipeline_execution import PipelineExecution

from matillion_async._calls.server_clock import DRIFT, Ahead, ServerClock
from matillion_async._moments import aware
from matillion_async._runs.starts import Start, Starts

_CUT = 1.0
"""Seconds by which a time without a fraction may be too early: the server may have left it out."""
_APART = 0.25
"""Seconds by which clocks behind one address may differ: what began so shortly before a start may be its execution."""
_SKEW = 0.5
"""Seconds by which the clock that dates executions may be ahead of the one that dates responses, if nothing shows it: what
began less than that after a start is not certainly its execution, unless a look in between did not show it yet."""
_ROUNDED_UP = 0.5
"""Seconds by which a time without a fraction may be too late."""
_NO_DATE = datetime.max.replace(tzinfo=UTC).timestamp()
"""From this Unix time on, which an id may name, there are no dates."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the executions says of a start."""

    execution_id: str | None = None
    """The execution that certainly belongs to the start."""
    doubt: str = "no execution of it has appeared"
    """Otherwise, why there is none."""
    is_final: bool = False
    """Whether looking again would not change that."""
    ahead: float | None = None
    """By how much the server's clock is ahead now at most, if the only candidate is that of the start."""


@dataclass(slots=True)
class LostStart:
    """A start whose response was lost, and what the executions that are listed say of it.

    Args:
        start: what identifies it in the execution listing is its pipeline, environment and time; the listing does not
            include the execution tag.
        starts: what else the client has started, and knows.
        clock: the server's.
    """

    start: Start
    starts: Starts
    clock: ServerClock
    _waiting: set[str] = field(default_factory=set)
    """Executions that were seen before they began: when they were asked for is not known."""
    _seen: dict[str, float] = field(default_factory=dict)
    """By id, when an execution was seen first, in the time of the event loop: it cannot have begun later."""
    _at_once: set[str] = field(default_factory=set)
    """Those that the first look showed: they may have been there before the start."""
    _has_looked: bool = False

    def since(self) -> datetime | None:
        """By the server's clock, when its execution began at the earliest; None if the clock is not known."""
        ahead = self.clock.ahead(self.start.sent_at)
        if ahead is None:
            return None
        return datetime.fromtimestamp(int(self.start.sent_at + ahead.least - _CUT), UTC)

    def judge(self, listed: Iterable[PipelineExecution], now: float) -> Verdict:
        """Which of the executions it is, if that is certain; ``now`` is when the response that lists them was there."""
        ahead = self.clock.ahead(self.start.sent_at)
        assert ahead is not None
        shown = list(listed)
        self._note(shown, now)
        candidates = [
            execution
            for execution in shown
            if self.starts.may_be_of(self.start, execution.pipeline_execution_id)
            and self.start.looks_like(execution)
            and _can_follow(execution, self.start, ahead)
        ]
        names = ", ".join(execution.pipeline_execution_id for execution in candidates)
        rivals = [
            rival
            for rival in self.starts.rivals(self.start, now)
            if any(self._can_be_of(execution, rival) for execution in candidates)
        ]
        if any(rival.expires_at is None for rival in rivals):
            return Verdict(doubt=f"{names} may be it, or that of another start under way")
        if not candidates:
            return Verdict()
        if len(candidates) > 1:
            doubt = f"{len(candidates)} executions may be it: {names}"
            return Verdict(doubt=doubt, is_final=True)
        if rivals:
            doubt = f"{names} may be it, or that of another start whose response was lost"
            return Verdict(doubt=doubt, is_final=True)
        if self.clock.is_doubted(self.start.sent_at):
            doubt = f"{names} may be it, but the server's responses contradict each other on what time it is (Date)"
            return Verdict(doubt=doubt, is_final=True)
        if any(self._is_of_the_future(execution) for execution in shown):
            doubt = f"{names} may be it, but executions begin in the future by the time of the server's responses (Date)"
            return Verdict(doubt=doubt, is_final=True)
        return self._verdict(candidates[0], ahead, now)

    def _note(self, shown: Iterable[PipelineExecution], now: float) -> None:
        for execution in shown:
            name = execution.pipeline_execution_id
            self._seen.setdefault(name, now)
            if _began(execution) is None:
                self._waiting.add(name)
            if not self._has_looked:
                self._at_once.add(name)
        self._has_looked = True

    def _is_of_the_future(self, execution: PipelineExecution) -> bool:
        """Whether it was seen before it began, or was asked for: the clock that says so is ahead of the other then."""
        name = execution.pipeline_execution_id
        seen_at = self._seen[name]
        ahead = self.clock.ahead(seen_at)
        assert ahead is not None
        began, made = _began(execution), made_at(name)
        return any(
            moment is not None and moment > seen_at + ahead.most
            for moment in (
                None if began is None or name in self._waiting else _certainly_after(began),
                made,
            )
        )

    def _verdict(self, execution: PipelineExecution, ahead: Ahead, now: float) -> Verdict:
        """Whether the only candidate certainly came after the start."""
        name = execution.pipeline_execution_id
        began, made = _began(execution), made_at(name)
        if made is None and name in self._waiting:
            doubt = f"{name} may be it, but it may have waited before"
            return Verdict(doubt=doubt, is_final=True)
        came = min(
            moment
            for moment in (None if began is None else _certainly_after(began), made)
            if moment is not None
        )
        if name in self._at_once:
            came -= _SKEW
        if came < self.start.sent_at + ahead.most:
            doubt = f"{name} may be it, but it may have begun before the start was sent"
            sent_at = self.start.sent_at
            return Verdict(doubt=doubt, ahead=came - sent_at - DRIFT * (now - sent_at))
        return Verdict(name)

    def _can_be_of(self, execution: PipelineExecution, start: Start) -> bool:
        ahead = self.clock.ahead(start.sent_at)
        return ahead is None or _can_follow(execution, start, ahead)


def _can_follow(execution: PipelineExecution, start: Start, ahead: Ahead) -> bool:
    """Whether an execution may have come after a start was sent."""
    moments = (_began(execution), made_at(execution.pipeline_execution_id))
    earliest = start.sent_at + ahead.least
    return all(
        moment is None or moment + (_APART if moment % 1 else _CUT) > earliest for moment in moments
    )


def _began(execution: PipelineExecution) -> float | None:
    """When an execution began, as it says, in Unix time; None if it does not."""
    began = aware(execution.started_at)
    return None if began is None else began.timestamp()


def _certainly_after(moment: float) -> float:
    """The earliest that a time may stand for."""
    return moment if moment % 1 else moment - _ROUNDED_UP


def made_at(execution_id: str) -> float | None:
    """When an execution was asked for, in Unix time: its id says so if it is a UUID of version 7 (RFC 9562)."""
    try:
        made = uuid.UUID(execution_id)
    except ValueError:
        return None
    seconds = (made.int >> 80) / 1000
    return seconds if made.version == 7 and seconds < _NO_DATE else None

"""Reads the listing of tasks at work for many waits; what their agents ask, it does not show."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from matillion_api.models.agent_task_status import AgentTaskStatus
from matillion_api.models.agent_task_summary import AgentTaskSummary

from matillion_async._errors import MatillionError
from matillion_async._runs.gathering import Reading
from matillion_async._runs.listing_trouble import ListingTrouble
from matillion_async._runs.seat import News, Seat
from matillion_async._runs.statuses import as_text

if TYPE_CHECKING:
    from matillion_async._agent_tasks.agent_calls import AgentCalls

_AGAIN = 300.0
"""Seconds until a listing that cannot be read is tried again."""

_CHANGED, _GONE = 1, 2

TaskSeat = Seat[AgentTaskSummary]


class AgentListings:
    """Reads for waits for tasks: those that are in the listing of running ones run, and whatever is not asks by itself.

    A task that its agent has changed asks by itself soon, since the change may be a question.

    Args:
        calls: how to ask.
    """

    def __init__(self, calls: AgentCalls) -> None:
        self._calls = calls
        self._trouble: ListingTrouble[AgentTaskSummary] = ListingTrouble("tasks")
        self._closed_until = -math.inf
        self._modified: dict[TaskSeat, object] = {}

    async def read(
        self, due: Sequence[TaskSeat], others: Sequence[TaskSeat]
    ) -> Reading[AgentTaskSummary]:
        """See :class:`Listings`."""
        reading: Reading[AgentTaskSummary] = Reading()
        now = asyncio.get_running_loop().time()
        if len(due) == 1 or now < self._closed_until:
            reading.left += due
            return reading
        seats = (*due, *others)
        self._modified = {seat: self._modified.get(seat) for seat in seats}
        missing = dict.fromkeys(due)
        try:
            await self._walk(seats, missing, reading)
        except MatillionError as error:
            if self._trouble.is_final(None, "tasks", missing, error, reading):
                self._closed_until = now + _AGAIN
        else:
            self._trouble.over(None)
            for seat in missing:
                seat.urgency = _GONE
            reading.left += missing
        return reading

    async def _walk(
        self,
        seats: Sequence[TaskSeat],
        missing: dict[TaskSeat, None],
        reading: Reading[AgentTaskSummary],
    ) -> None:
        by_key: dict[str, list[TaskSeat]] = {}
        for seat in seats:
            by_key.setdefault(seat.key, []).append(seat)
        reading.sent += 1  # also if it fails
        barren = pages = 0
        async with aclosing(self._calls.list(status=AgentTaskStatus.RUNNING).pages()) as walk:
            async for page in walk:
                pages += 1
                reading.sent += pages > 1
                before = len(missing)
                for row in page:
                    if as_text(row.status) == AgentTaskStatus.RUNNING:
                        for seat in by_key.get(row.task_id.lower(), ()):
                            self._tell(seat, row)
                            missing.pop(seat, None)
                barren += len(missing) == before
                if len(missing) <= barren:
                    return

    def _tell(self, seat: TaskSeat, row: AgentTaskSummary) -> None:
        if self._modified[seat] not in (None, row.modified_at):
            seat.urgency = _CHANGED
        self._modified[seat] = row.modified_at
        seat.tell(News(row))

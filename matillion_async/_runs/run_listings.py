"""Reads the listing of executions for many waits: which one, how much of it, and whether it is worth it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.types import UNSET, Unset

from matillion_async._errors import MatillionError
from matillion_async._moments import aware
from matillion_async._names.matching import is_id
from matillion_async._runs.gathering import Reading
from matillion_async._runs.listing_trouble import ListingTrouble
from matillion_async._runs.lost_start import made_at
from matillion_async._runs.seat import News, Seat
from matillion_async._runs.statuses import as_text

if TYPE_CHECKING:
    from matillion_async._runs.run_calls import RunCalls

_KNOWN_FOR = 300.0
"""Seconds for which what a listing took is expected of it again."""
_CUT = timedelta(seconds=1)
"""By how much the times in listings may be cut or rounded."""
_ID_EARLY = timedelta(seconds=60)
"""By how much the clock that makes ids may be ahead of the one that dates executions."""

RunSeat = Seat[PipelineExecution]
_Scope = tuple[str | None, bool]
"""A project, and whether the start of all that is looked for is known, so that the listing ends at the newest."""


class RunListings:
    """Reads for waits for runs.

    A listing is newest first. It is read from the start of the oldest run that is looked for, to that of the newest where
    all have begun, and no further than it is fruitful: it ends once it has cost as many pages without any as there are left to
    find. So it takes at most twice the requests of the cheaper way. What it took is known for some minutes; where asking
    for each took no more, that is done. Runs of several projects are read from the listing of all projects, or from
    one of each, as where a project is given by name.

    Args:
        calls: how to ask.
    """

    def __init__(self, calls: RunCalls) -> None:
        self._calls = calls
        self._taken: dict[_Scope, tuple[float, float]] = {}  # pages, and until when that holds
        self._trouble: ListingTrouble[PipelineExecution] = ListingTrouble("runs")

    async def read(
        self, due: Sequence[RunSeat], others: Sequence[RunSeat]
    ) -> Reading[PipelineExecution]:
        """See :class:`Listings`."""
        reading: Reading[PipelineExecution] = Reading()
        for project_id, seats in self._by_project(due).items():
            if len(seats) <= self._pages(project_id, seats):
                reading.left += seats
                continue
            search = _Search(project_id, seats, others)
            what = "executions" if project_id is None else f"executions of project {project_id}"
            try:
                await self._walk(project_id, search, reading)
            except MatillionError as error:
                if self._trouble.is_final(project_id, what, search.missing, error, reading):
                    for has_all in (False, True):
                        self._note((project_id, has_all), math.inf)
            else:
                self._trouble.over(project_id)
                for seat in search.missing:
                    seat.missed += 1
                reading.left += search.missing
        return reading

    async def _walk(
        self, project_id: str | None, search: _Search, reading: Reading[PipelineExecution]
    ) -> None:
        scope = _scope(project_id, search.missing)
        after, before = search.window()
        listing = self._calls.executions.list(
            project=UNSET if project_id is None else project_id,
            started_after=UNSET if after is None else after,
            started_before=UNSET if before is None else before,
        )
        pages = barren = 0
        reading.sent += 1  # also if it fails
        async with aclosing(listing.pages()) as walk:
            async for page in walk:
                pages += 1
                reading.sent += pages > 1
                barren += not search.shows(page.results)
                if len(search.missing) <= barren:
                    break
        self._note(scope, pages)

    def _by_project(self, due: Sequence[RunSeat]) -> dict[str | None, Sequence[RunSeat]]:
        """Which listings to read for whom; None stands for that of all projects."""
        found: dict[str | None, list[RunSeat]] = {}
        for seat in due:
            found.setdefault(seat.project_id, []).append(seat)
        if len(found) > 1 and all(name is None or is_id(name.lower()) for name in found):
            each = sum(min(self._pages(name, seats), len(seats)) for name, seats in found.items())
            if self._pages(None, due) < each:
                return {None: due}
        return {**found}

    def _pages(self, project_id: str | None, seats: Sequence[RunSeat]) -> float:
        """Requests that a listing is expected to take."""
        pages, until = self._taken.get(_scope(project_id, seats), (1.0, math.inf))
        return pages if asyncio.get_running_loop().time() < until else 1.0

    def _note(self, scope: _Scope, pages: float) -> None:
        self._taken[scope] = (pages, asyncio.get_running_loop().time() + _KNOWN_FOR)


def _scope(project_id: str | None, seats: Iterable[RunSeat]) -> _Scope:
    return project_id, all(seat.began is not None for seat in seats)


class _Search:
    """What is looked for in a listing, and what is left of it.

    Args:
        project_id: the project whose listing it is, as the waits have it: perhaps by its name; None for that of all.
        seats: those who look.
        others: those who are told as well if they are shown.
    """

    def __init__(
        self, project_id: str | None, seats: Sequence[RunSeat], others: Sequence[RunSeat]
    ) -> None:
        self._project_id = project_id
        self.missing = dict.fromkeys(seats)
        self._by_key: dict[str, list[RunSeat]] = {}
        for seat in (*seats, *others):
            self._by_key.setdefault(seat.key, []).append(seat)

    def window(self) -> tuple[datetime | None, datetime | None]:
        """Between which starts they are, as far as that is known."""
        known = [seat.began for seat in self.missing if seat.began is not None]
        after = [*known, *(made for seat in self.missing if (made := _made(seat)) is not None)]
        has_all = len(known) == len(self.missing)
        return (
            min(after).replace(microsecond=0) if after else None,
            max(known) + _CUT if has_all else None,
        )

    def shows(self, rows: Sequence[PipelineExecution]) -> bool:
        """Tell what a page shows; returns whether it was of any use."""
        before = len(self.missing)
        for row in rows:
            for seat in self._by_key.get(row.pipeline_execution_id.lower(), ()):
                if self._may_be_in(seat.project_id, row.project_id) and as_text(row.status):
                    seat.learn(aware(row.started_at))
                    seat.tell(News(row))
                    self.missing.pop(seat, None)
        return len(self.missing) < before

    def _may_be_in(self, project_id: str | None, shown: str | Unset) -> bool:
        if project_id is None or isinstance(shown, Unset) or project_id.lower() == shown.lower():
            return True
        # Which project a name is, the server knows, whose listing of it this is.
        return project_id == self._project_id and not is_id(project_id.lower())


def _made(seat: RunSeat) -> datetime | None:
    """A moment before which it cannot have begun, if its id has one."""
    made = made_at(seat.key) if seat.began is None else None
    return None if made is None else datetime.fromtimestamp(made, UTC) - _ID_EARLY

"""Events of any range of time: in order, each once, from requests that the API can carry out fast."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async import InvalidRequestError, MatillionClient, NotFoundError
from matillion_async._listings.windows import (
    LONGEST_WINDOW,
    MOST_EVENTS,
    SHORTEST_WINDOW,
    WINDOWS_AHEAD,
)
from matillion_async.sandbox import VirtualTimeLoop
from matillion_async.sandbox._clock import VIRTUAL_START
from tests.matillion_async.scripted import scripted_client
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TO_31_DAYS = timedelta(days=31)


class EventServer:
    """A server of audit and lineage events that happened at the given moments.

    Args:
        moments: when events happened; event number i happened at moments[i].
        with_start: whether an event at the start of a range is in it.
        with_end: likewise, at its end.
        newest_first: the order of a listing.
    """

    def __init__(
        self,
        moments: Sequence[datetime],
        *,
        with_start: bool = True,
        with_end: bool = False,
        newest_first: bool = False,
    ) -> None:
        self._events = sorted(enumerate(moments), key=lambda event: event[1], reverse=newest_first)
        self._with_start = with_start
        self._with_end = with_end
        self.asked: list[tuple[datetime, datetime, int]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        is_audit = request.url.path.endswith("/v1/events")
        names = ("from", "to") if is_audit else ("generatedFrom", "generatedBefore")
        start, end = (datetime.fromisoformat(query[name]) for name in names)
        page, size = int(query["page"]), int(query["size"])
        self.asked.append((start, end, page))
        found = [
            (number, when)
            for number, when in self._events
            if start < when < end
            or (self._with_start and when == start)
            or (self._with_end and when == end)
        ]
        rows = [_row(is_audit, *event) for event in found[page * size : (page + 1) * size]]
        body = {"page": page, "size": size, "total": len(found), "results": rows}
        return httpx.Response(200, json=body)


def _row(is_audit: bool, number: int, when: datetime) -> dict[str, Any]:
    if is_audit:
        return {"eventId": str(number), "eventTimestamp": when.isoformat()}
    return {"id": str(number), "event": {"eventTime": when.isoformat()}}


async def lineage_ids(client: MatillionClient, start: datetime, end: datetime) -> list[str]:
    events = client.lineage.events(generated_from=start, generated_before=end)
    return [str(event.id) async for event in events]


async def audit_ids(client: MatillionClient, start: datetime, end: datetime) -> list[str]:
    return [str(event.event_id) async for event in client.audit.events(from_=start, to=end)]


def numbers(count: int) -> list[str]:
    return [str(number) for number in range(count)]


async def test_a_long_range_is_split_into_windows_the_api_allows() -> None:
    """A year of lineage comes whole and in order; the windows adjoin, and none is longer than 31 days."""
    server = EventServer([START + index * DAY / 2 for index in range(730)])
    async with scripted_client(server) as client:
        assert numbers(730) == await lineage_ids(client, START, START + 365 * DAY)
    windows = sorted({(start, end) for start, end, _ in server.asked})
    assert max(end - start for start, end in windows) == LONGEST_WINDOW < TO_31_DAYS
    assert all(before[1] == after[0] for before, after in pairwise(windows))
    assert (START, START + 365 * DAY) == (windows[0][0], windows[-1][1])


async def test_a_window_with_many_events_is_split_until_pages_are_near() -> None:
    """Where a day has 12,000 events, no page is further than 5,000 events from the first of its window."""
    moments = [START + 10 * DAY + index * DAY / 12_000 for index in range(12_000)]
    server = EventServer(moments)
    async with scripted_client(server) as client:
        assert numbers(12_000) == await lineage_ids(client, START, START + 30 * DAY)
    assert max(page for _, _, page in server.asked) < MOST_EVENTS / 100
    assert len(server.asked) < 12_000 / 100 * 2


@pytest.mark.parametrize(("count", "windows"), [(MOST_EVENTS, 1), (MOST_EVENTS + 1, 3)])
async def test_only_a_window_with_more_events_is_split(count: int, windows: int) -> None:
    """Just as many as a window may hold are read from it; one more, and two halves are asked for instead."""
    server = EventServer([START + index * DAY / 10_000 for index in range(count)])
    async with scripted_client(server) as client:
        assert count == len(await lineage_ids(client, START, START + DAY))
    assert windows == len({(start, end) for start, end, _ in server.asked})


async def test_many_events_at_one_moment_end_the_splitting() -> None:
    """A window of a minute is walked however full it is."""
    server = EventServer([START + DAY] * (MOST_EVENTS + 200))
    async with scripted_client(server) as client:
        assert len(await lineage_ids(client, START, START + 2 * DAY)) == MOST_EVENTS + 200
    full = {end - start for start, end, page in server.asked if page == MOST_EVENTS // 100}
    assert min(full) >= SHORTEST_WINDOW


@pytest.mark.parametrize("with_start", [True, False])
@pytest.mark.parametrize("with_end", [True, False])
@pytest.mark.parametrize("newest_first", [True, False])
async def test_audit_events_at_a_seam_come_once(
    with_start: bool, with_end: bool, newest_first: bool
) -> None:
    """Whichever end the API counts in, and in whatever order it lists: from is in the range, to is not."""
    seams = [START + index * LONGEST_WINDOW for index in range(4)]
    before = START - timedelta(milliseconds=1)
    moments = [before, START, START + DAY, *seams[1:3], seams[3] - DAY, seams[3], seams[3] + DAY]
    server = EventServer(
        moments, with_start=with_start, with_end=with_end, newest_first=newest_first
    )
    async with scripted_client(server) as client:
        found = await audit_ids(client, seams[0], seams[3])
    assert ["1", "2", "3", "4", "5"] == found


async def test_a_lineage_event_at_a_seam_comes_once() -> None:
    """Even from a server that counts the end in, against what is documented."""
    server = EventServer([START + LONGEST_WINDOW], with_end=True)
    async with scripted_client(server) as client:
        assert ["0"] == await lineage_ids(client, START, START + 2 * LONGEST_WINDOW)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 24 * 100)),
    st.integers(0, 24 * 100),
    st.integers(1, 24 * 100),
    st.booleans(),
    st.booleans(),
)
def test_any_range_has_its_events_once_and_in_order(
    hours: list[int], first: int, length: int, with_end: bool, newest_first: bool
) -> None:
    """Audit and lineage: exactly the events from the start up to the end, oldest first."""
    moments = [START + timedelta(hours=hour) for hour in hours]
    start, end = START + timedelta(hours=first), START + timedelta(hours=first + length)
    expected = sorted(hour for hour in hours if first <= hour < first + length)
    audit_server = EventServer(moments, with_end=with_end, newest_first=newest_first)

    async def walk(server: EventServer, ids: Callable[..., Any]) -> list[int]:
        async with scripted_client(server) as client:
            return [hours[int(number)] for number in await ids(client, start, end)]

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        assert expected == runner.run(walk(audit_server, audit_ids))
        assert expected == runner.run(walk(EventServer(moments), lineage_ids))


async def test_an_event_that_moves_to_the_next_page_comes_once() -> None:
    """New events push others on while a newest-first listing is walked; without an id nothing is dropped."""
    first = [{"eventId": "c"}, {"eventId": "b"}, {}]
    second = [{}, {"eventId": "b"}, {"eventId": "a"}]

    def server(request: httpx.Request) -> httpx.Response:
        rows = second if request.url.params["page"] == "1" else first
        return httpx.Response(200, json={"size": 3, "total": 6, "results": rows})

    async with scripted_client(server) as client:
        events = await client.audit.events(from_=START, to=START + DAY).all()
    assert ["c", "b", None, None, "a"] == [event.event_id or None for event in events]


async def test_lineage_that_is_not_found_is_empty() -> None:
    """404 for a window without events does not end the walk."""
    server = EventServer([START + 40 * DAY])

    def scripted(request: httpx.Request) -> httpx.Response:
        response = server(request)
        return response if response.json()["total"] else httpx.Response(404)

    async with scripted_client(scripted) as client:
        assert ["0"] == await lineage_ids(client, START, START + 90 * DAY)


async def test_other_errors_come_after_the_events_before_them() -> None:
    """What was fetched is given out first; audit knows no 404 that means empty."""
    server = EventServer([START + index * DAY for index in range(60)])

    def scripted(request: httpx.Request) -> httpx.Response:
        response = server(request)
        return httpx.Response(404) if server.asked[-1][1] > START + LONGEST_WINDOW else response

    found = []

    async def walk(client: MatillionClient) -> None:
        async for event in client.audit.events(from_=START, to=START + 60 * DAY):
            found.append(str(event.event_id))

    async with scripted_client(scripted) as client:
        tasks = asyncio.all_tasks()
        with pytest.raises(NotFoundError, match=r"audit\.list"):
            await walk(client)
        assert tasks == asyncio.all_tasks()
    assert numbers(30) == found


async def test_windows_are_fetched_ahead_but_not_all_of_them() -> None:
    """While the first event is looked at, the next windows come in; those after them wait."""
    server = EventServer([START + index * DAY for index in range(3650)])
    async with scripted_client(server) as client:
        events = client.lineage.events(generated_from=START, generated_before=START + 3650 * DAY)
        walk = aiter(events)
        assert (await anext(walk)).id == "0"
        await asyncio.sleep(60)
        assert len(server.asked) == WINDOWS_AHEAD
        await walk.aclose()


async def test_a_walk_that_is_left_early_leaves_nothing_behind() -> None:
    """Requests that were under way are cancelled."""

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(float(request.url.params["generatedFrom"][5:7]))
        return EventServer([START + index * DAY for index in range(365)])(request)

    async with scripted_client(lambda request: httpx.Response(500), transport=httpx.MockTransport(slow)) as client:  # fmt: skip
        tasks = asyncio.all_tasks()
        events = client.lineage.events(generated_from=START, generated_before=START + 365 * DAY)
        walk = aiter(events)
        await anext(walk)
        assert asyncio.all_tasks() > tasks
        await walk.aclose()
        assert asyncio.all_tasks() == tasks


async def test_a_window_that_is_left_early_leaves_nothing_behind() -> None:
    """Pages that were ahead of the walk are cancelled."""
    server = EventServer([START + index * DAY / 1000 for index in range(4000)])

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(1 + int(request.url.params["page"]))
        return server(request)

    async with scripted_client(server, transport=httpx.MockTransport(slow)) as client:
        tasks = asyncio.all_tasks()
        events = client.lineage.events(generated_from=START, generated_before=START + 4 * DAY)
        walk = aiter(events)
        for _ in range(450):
            await anext(walk)
        assert asyncio.all_tasks() > tasks
        await walk.aclose()
        assert asyncio.all_tasks() == tasks


NAIVE = datetime(2026, 1, 1)
BAD_RANGES = [
    (START, START - DAY, "is not after the start"),
    (START, START, "is not after the start"),
    (NAIVE, START, "has no time zone: 2026-01-01T00:00:00"),
    (START, NAIVE, "has no time zone"),
    (date(2026, 1, 1), START, "must be a datetime with a time zone, not date"),
    ("2026-01-01", START, "must be a datetime with a time zone, not str"),
    (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), START, "beyond the calendar"),
]


@pytest.mark.parametrize(("start", "end", "reason"), BAD_RANGES)
async def test_what_is_no_range_is_refused_before_anything_is_sent(
    start: Any, end: Any, reason: str
) -> None:
    """At once, when the listing is made."""
    server = EventServer([])
    async with scripted_client(server) as client:
        with pytest.raises(InvalidRequestError, match=reason):
            client.audit.events(from_=start, to=end)
        with pytest.raises(InvalidRequestError, match=reason):
            client.lineage.events(generated_from=start, generated_before=end)
    assert [] == server.asked


async def test_the_whole_calendar_is_a_range() -> None:
    """Its first moment is where it begins."""
    server = EventServer([datetime.min.replace(tzinfo=UTC)])
    async with scripted_client(server) as client:
        start = datetime.min.replace(tzinfo=UTC)
        assert ["0"] == await audit_ids(client, start, start + DAY)


async def test_a_range_in_local_time_is_the_same_range() -> None:
    """Zones are taken into account, and windows are cut in UTC."""
    zone = timezone(timedelta(hours=2))
    server = EventServer([START, START + DAY])
    async with scripted_client(server) as client:
        found = await lineage_ids(client, START.astimezone(zone), (START + DAY).astimezone(zone))
    assert (["0"], (START, START + DAY, 0)) == (found, server.asked[0])
    assert server.asked[0][0].utcoffset() == timedelta(0)


async def test_the_sandbox_has_it_all() -> None:
    """A history of 90 days, audit and lineage, comes whole."""
    sandbox = ConformingSandbox(audit_events=700, lineage_events=900)
    start = VIRTUAL_START - 90 * DAY
    async with sandbox.client() as client:
        audit = await audit_ids(client, start, VIRTUAL_START)
        lineage = await lineage_ids(client, start, VIRTUAL_START)
    assert (700, 700) == (len(audit), len(set(audit)))
    assert (900, 900) == (len(lineage), len(set(lineage)))


async def test_consumption_by_day() -> None:
    """A year of days in order, each once, from requests for 30 days each."""
    sandbox = ConformingSandbox(projects=1)
    async with sandbox.client() as client:
        days = await client.consumption.by_day(
            consumed_from=date(2025, 1, 1), consumed_before=date(2026, 1, 1)
        ).all()
    first = datetime(2025, 1, 1, tzinfo=UTC)
    assert [first + index * DAY for index in range(365)] == [day.consumed_from for day in days]
    assert sandbox.stats.operations["consumption.get"] == 13


@pytest.mark.parametrize(
    ("first", "before", "reason"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "the end, 2026-01-01, is not after the start, 2026-01-02"),
        (date(2026, 1, 1), date(2026, 1, 1), "is not after the start"),
        (START, date(2026, 1, 2), "consumed_from must be a date, .* not datetime"),
        (date(2026, 1, 1), "2026-01-02", "consumed_before must be a date, .* not str"),
    ],
)  # fmt: skip
async def test_consumption_of_no_days_is_refused(first: Any, before: Any, reason: str) -> None:
    """At once, when the listing is made."""
    async with scripted_client(lambda request: httpx.Response(500)) as client:
        with pytest.raises(InvalidRequestError, match=reason):
            client.consumption.by_day(consumed_from=first, consumed_before=before)

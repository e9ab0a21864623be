"""Consumption in the sandbox."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from matillion_api.models.charged_user import ChargedUser

from matillion_async import BadRequestError
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time
FIRST, BEFORE = date(2025, 12, 1), date(2025, 12, 4)


async def test_each_day_has_its_figures() -> None:
    """Days follow one another; asking again, and in another sandbox of the same projects, gives the same."""
    async with ConformingSandbox(projects=2).client() as client:
        report = await client.consumption.get(consumed_from=FIRST, consumed_before=BEFORE)
        again = await client.consumption.get(consumed_from=FIRST, consumed_before=BEFORE)
    assert report == again
    starts = [datetime(2025, 12, day, tzinfo=UTC) for day in (1, 2, 3)]
    assert starts == [day.consumed_from for day in report.results]
    assert [start + timedelta(days=1) for start in starts] == [
        day.consumed_before for day in report.results
    ]
    items = report.results[0].consumption
    assert isinstance(items, list)
    assert Counter(
        {"etl-compute": 1, "dpc-users": 2, "orchestration": 4, "transformation": 4}
    ) == Counter(item.consumption_type for item in items)


async def test_nothing_was_used_long_ago_or_in_the_future() -> None:
    """A range of all days there are costs no more than two years."""
    async with ConformingSandbox().client() as client:
        report = await client.consumption.get(consumed_from=date.min, consumed_before=date.max)
        future = await client.consumption.get(
            consumed_from=date(2027, 1, 1), consumed_before=date(2027, 2, 1)
        )
    assert (731, []) == (len(report.results), future.results)


async def test_an_end_that_is_not_after_the_start_is_refused() -> None:
    """An empty range is refused as well."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(BadRequestError, match="must be after consumedFrom"):
            await client.consumption.get(consumed_from=FIRST, consumed_before=FIRST)


async def test_etl_users() -> None:
    """The users, and credits in proportion to the range."""
    start = datetime(2025, 12, 1, tzinfo=UTC)
    async with ConformingSandbox().client() as client:
        used = await client.consumption.etl_users(
            consumed_from=start, consumed_before=start + timedelta(days=2)
        )
    assert used.charged_users == [ChargedUser(username="ada"), ChargedUser(username="grace")]
    assert (20.0, start) == (used.credits_, used.consumed_from)

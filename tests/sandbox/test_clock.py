"""Dates of the sandbox."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from matillion_async.sandbox._clock import iso, moment


@pytest.mark.virtual_time
async def test_virtual_time_begins_at_a_fixed_date() -> None:
    """The same test sees the same dates in every run, written as the API writes them."""
    await asyncio.sleep(90.25)
    assert "2026-01-01T00:01:30.250Z" == iso(asyncio.get_running_loop().time())


async def test_real_time_is_the_time_of_day() -> None:
    """A date that a served sandbox gives is the date of the machine it runs on."""
    difference = moment(asyncio.get_running_loop().time()) - datetime.now(UTC)
    assert abs(difference) < timedelta(minutes=5)

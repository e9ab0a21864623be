"""Dates of the sandbox."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from matillion_async.sandbox import Fault, Sandbox
from matillion_async.sandbox._clock import iso, moment
from tests.sandbox.raw_client import FORM, TOKEN_URL, connected, sign_in


@pytest.mark.virtual_time
async def test_virtual_time_begins_at_a_fixed_date() -> None:
    """The same test sees the same dates in every run, written as the API writes them."""
    await asyncio.sleep(90.25)
    assert "2026-01-01T00:01:30.250Z" == iso(asyncio.get_running_loop().time())


async def test_real_time_is_the_time_of_day() -> None:
    """A date that a served sandbox gives is the date of the machine it runs on."""
    difference = moment(asyncio.get_running_loop().time()) - datetime.now(UTC)
    assert abs(difference) < timedelta(minutes=5)


@pytest.mark.virtual_time
async def test_every_response_has_a_date_by_the_sandbox_clock() -> None:
    """Also one for a token, an error, a refusal and one that a fault makes up; it is when the call was carried out."""
    sandbox = Sandbox(
        clock=lambda: asyncio.get_running_loop().time() + 3600,
        limits="2/min",
        faults=[Fault(target="projects.list", at=1, status=502, delay=2.5)],
    )
    async with connected(sandbox) as client:
        token = await client.post(TOKEN_URL, data=FORM)
        await sign_in(client)
        await asyncio.sleep(60.75)
        responses = [token, *[await client.get(path) for path in ("/v1/projects", "/x", "/y")]]
    assert [
        (200, "Thu, 01 Jan 2026 01:00:00 GMT"),
        (502, "Thu, 01 Jan 2026 01:01:03 GMT"),
        (404, "Thu, 01 Jan 2026 01:01:03 GMT"),
        (429, "Thu, 01 Jan 2026 01:01:03 GMT"),
    ] == [(response.status_code, response.headers["date"]) for response in responses]

"""What the command line says while it waits."""

from __future__ import annotations

import asyncio
import logging

import pytest

from matillion_async import MatillionClient
from matillion_async.cli._waiting import Waiting, awaited
from matillion_async.sandbox import Sandbox

pytestmark = pytest.mark.virtual_time


HOST = "matillion: still waiting: no response yet from localhost"


async def lines(
    capsys: pytest.CaptureFixture[str],
    *faults: str,
    calls: int = 1,
    at_once: int = 1,
    is_verbose: bool = False,
    rate_limits: str | None = None,
) -> list[str]:
    """What stderr gets while a client makes calls one after the other, or some at once."""
    waiting = Waiting(lambda: awaited(client), is_verbose=is_verbose)
    client: MatillionClient = Sandbox(faults=faults).client(
        on_attempt=waiting.on_attempt, rate_limits=rate_limits
    )
    async with client:
        with waiting.watch():
            for _ in range(calls):
                await asyncio.gather(*(client.projects.list(size=1) for _ in range(at_once)))
                await asyncio.sleep(10)
    assert [] == [each for each in logging.getLogger("matillion_async").handlers if each is waiting]
    return capsys.readouterr().err.splitlines()


async def test_what_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither calls that take less than three seconds, with retries, nor pauses of the command itself."""
    assert [] == await lines(capsys, "delay=2", calls=3)
    assert [] == await lines(capsys, "projects.list:503@1", "token:503@1")


async def test_what_goes_on_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """However long it takes in all, as long as there is a response within each three seconds."""
    assert [] == await lines(capsys, at_once=12, rate_limits="1/2s")


async def test_a_server_that_does_not_respond_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """After three seconds of silence a line says from whom there is no response, and again after six more."""
    assert [HOST] * 2 == await lines(capsys, "projects.list:delay=20@1")


async def test_each_silence_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What has succeeded before changes nothing, and the intervals begin anew."""
    assert [HOST] * 4 == await lines(capsys, "projects.list:delay=12@2x2", calls=3)


async def test_the_rate_limit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Calls that wait for a limit of the client, although nothing was refused, at intervals that grow to a minute."""
    told = await lines(capsys, at_once=992, rate_limits="990/180s")
    calls = "matillion: still waiting: 2 calls wait for the rate limit, about"
    assert [f"{calls} {left} s" for left in (178, 172, 160, 136, 88, 28)] == told


async def test_the_reason_of_each_further_wait_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A token endpoint that fails is told with its words; the lines end with the waiting."""
    told = await lines(capsys, "token:503x3", calls=3)
    assert 2 == len(told)
    for line in told:
        assert line.startswith("matillion: still waiting: no new access token (next request in ")
        assert "responded with HTTP 503" in line


async def test_a_pause_after_too_many_requests_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A 429 whose Retry-After is long says so after three seconds, and then how much of it is left."""
    told = await lines(capsys, "projects.list:429,retry-after=40@1")
    reason = "matillion: still waiting: the rate limit is used up; again in"
    assert [f"{reason} {left} s" for left in (37, 31, 19)] == told


async def test_a_pause_that_is_nearly_over_is_not_said_to_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is left is rounded up, as a wait for the client's own limit is: "in 0 s" would be now."""
    told = await lines(capsys, "projects.list:429,retry-after=3.4@1")
    assert ["matillion: still waiting: the rate limit is used up; again in 1 s"] == told


async def test_work_of_the_command_itself_is_no_waiting(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is said while nothing was sent, and what is sent later is told in time."""
    sent: str | None = None
    with Waiting(lambda: sent).watch():
        await asyncio.sleep(8.9)
        sent = "no response yet from the API"
        await asyncio.sleep(2.5)
        assert "" == capsys.readouterr().err
        await asyncio.sleep(1)
    assert "matillion: still waiting: no response yet from the API\n" == capsys.readouterr().err


async def test_verbose_output_is_not_said_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """With -v Python itself writes the warnings; a silent server is told all the same."""
    told = await lines(capsys, "token:503x3", "projects.list:delay=20@1", is_verbose=True)
    assert [HOST] * 3 == told

"""What the command line says while it waits."""

from __future__ import annotations

import asyncio
import logging

import pytest

from matillion_async import MatillionClient
from matillion_async.cli._waiting import Waiting
from matillion_async.sandbox import Sandbox

pytestmark = pytest.mark.virtual_time


async def lines(
    capsys: pytest.CaptureFixture[str], *faults: str, calls: int = 1, is_verbose: bool = False
) -> list[str]:
    """What stderr gets while a client makes calls one after the other."""
    waiting = Waiting(lambda: "no answer yet from the API", is_verbose=is_verbose)
    client: MatillionClient = Sandbox(faults=faults).client(on_attempt=waiting.on_attempt)
    async with client:
        with waiting.watch():
            for _ in range(calls):
                await client.projects.list(size=1)
                await asyncio.sleep(10)
    assert [] == [each for each in logging.getLogger("matillion_async").handlers if each is waiting]
    return capsys.readouterr().err.splitlines()


async def test_what_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither calls that take less than three seconds, with retries, nor pauses of the command itself."""
    assert [] == await lines(capsys, "delay=2", calls=3)
    assert [] == await lines(capsys, "projects.list:503@1", "token:503@1")


async def test_a_server_that_does_not_answer_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """After three seconds of silence one line says from whom there is no answer."""
    assert ["matillion: still waiting: no answer yet from the API"] == await lines(
        capsys, "projects.list:delay=20@1"
    )


async def test_the_reason_of_each_further_wait_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A token endpoint that fails is told with its words; the lines end with the waiting."""
    told = await lines(capsys, "token:503x3", calls=3)
    assert 2 == len(told)
    for line in told:
        assert line.startswith("matillion: still waiting: no new access token (next request in ")
        assert "answered HTTP 503" in line


async def test_a_pause_after_too_many_requests_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A 429 whose Retry-After is long says so after three seconds."""
    assert ["matillion: still waiting: the rate limit is used up; again in 40 s"] == await lines(
        capsys, "projects.list:429,retry-after=40@1"
    )


async def test_work_of_the_command_itself_is_no_waiting(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is said while nothing was sent, and what is sent later is told in time."""
    sent: list[str | None] = [None, None, "no answer yet from the API"]
    with Waiting(lambda: sent.pop(0)).watch():
        await asyncio.sleep(8.9)
        assert "" == capsys.readouterr().err
        await asyncio.sleep(0.2)
    assert "matillion: still waiting: no answer yet from the API\n" == capsys.readouterr().err


async def test_verbose_output_is_not_said_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """With -v Python itself writes the warnings; a silent server is told all the same."""
    told = await lines(capsys, "token:503x3", "projects.list:delay=20@1", is_verbose=True)
    assert ["matillion: still waiting: no answer yet from the API"] == told

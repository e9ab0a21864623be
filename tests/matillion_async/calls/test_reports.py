"""What a call tells of its attempts: one line of the log for each event, and the hook with all that is known."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import httpx
import pytest

from matillion_async import Attempt, MatillionClient, NotFoundError, ServerError, Timing
from tests.matillion_async.scripted import Script, project_page, scripted_client

pytestmark = pytest.mark.virtual_time

OK = httpx.Response(200, json=project_page("a"), headers={"X-Request-Id": "r-ok"})
BUSY = httpx.Response(
    503, json={"detail": "who asks for p=PRIVATE?"}, headers={"X-Request-Id": "r-1"}
)
PROJECT = "a0000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines of our logger so far, from a level on, with their levels."""
    caplog.set_level(logging.DEBUG, "matillion_async")

    def told(level: int = logging.INFO) -> list[tuple[str, str]]:
        return [
            (record.levelname, record.getMessage())
            for record in caplog.records
            if record.name == "matillion_async" and record.levelno >= level
        ]

    return told


def client(*steps: Any, **options: Any) -> MatillionClient:
    """One that has a token already, so that no line is about that."""
    return scripted_client(Script(*steps), **options)


async def test_a_retry_is_a_line(lines: Any) -> None:
    """With what failed, how, and when the next attempt comes; nothing of what the server said of the request."""
    async with client(OK, BUSY, httpx.ConnectError("no route to host"), OK) as one:
        await one.projects.list()
        before = len(lines())
        await one.projects.list()
    first, second = lines()[before:]
    assert ("INFO", "INFO") == (first[0], second[0])
    assert first[1].startswith(
        "projects.list: attempt 1 failed (503, request id r-1); the next one in "
    )
    assert second[1].startswith(
        "projects.list: attempt 2 failed (APIConnectionError: ConnectError: no route to host; "
        "the request was not sent); the next one in "
    )


async def test_a_failure_that_is_raised_is_no_line(lines: Any) -> None:
    """Who gets the error tells of it."""
    async with client(OK, httpx.Response(404)) as one:
        await one.projects.list()
        before = len(lines())
        with pytest.raises(NotFoundError):
            await one.projects.list()
    assert [] == lines()[before:]


async def test_a_renewal_is_a_line(lines: Any) -> None:
    """A token that is refused, and each that is fetched; a hundred calls that meet it are one."""
    valid = "Bearer token-2"

    def server(request: httpx.Request) -> httpx.Response:
        good = request.headers["authorization"] == valid
        return OK if good else httpx.Response(401)

    async with scripted_client(server) as one:
        await asyncio.gather(*(one.projects.list() for _ in range(100)))
    assert [
        ("INFO", "new access token, good for 1800 s"),
        ("INFO", "the API refused the access token: a new one is fetched with the next call"),
        ("INFO", "new access token, good for 1800 s"),
    ] == lines()


async def test_tokens_that_are_all_refused_are_a_warning(lines: Any) -> None:
    """From the time on when new ones do not help: then somebody should look."""
    async with client(httpx.Response(401)) as one:
        for _ in range(6):
            with pytest.raises(Exception, match="401"):
                await one.projects.list()
            await asyncio.sleep(59)
    refused = [line for line in lines() if "refused" in line[1]]
    assert {"INFO", "WARNING"} == {level for level, _ in refused}
    assert (
        "WARNING",
        "the API refused the access token, and so it did with those before: a new one is fetched with the next call",
    ) == refused[-1]


async def test_a_pause_is_a_line(lines: Any) -> None:
    """The limiter tells of it once, however many calls wait, and their attempts do not."""
    refused = httpx.Response(429, headers={"Retry-After": "2"})
    script = Script(OK, *[refused] * 50, OK)
    async with scripted_client(script) as one:
        await one.projects.list()
        before = len(lines())
        await asyncio.gather(*(one.projects.list() for _ in range(50)))
    pauses = lines()[before:]
    assert 0 < len(pauses) <= 2
    assert all("all pause for" in text for _, text in pauses)


async def test_each_request_is_a_line_for_who_debugs(lines: Any) -> None:
    """Its operation, method, path without the values in it, status, seconds, attempt and id; no query and no body."""
    steps = [
        BUSY,
        httpx.Response(200, json=project_page(), headers={"X-Request-Id": "r-2"}),
        httpx.Response(204),
    ]
    async with client(*steps) as one:
        await one.environments.list(PROJECT, page=4)
        await one.request("DELETE", "/v1/x/y", params={"name": "PRIVATE"})
    told = [text for level, text in lines(logging.DEBUG) if level == "DEBUG"]
    where = "environments.list: GET /v1/projects/{projectId}/environments"
    assert [
        f"{where}: 503 in 0.000 s, attempt 1, request id r-1",
        f"{where}: 200 in 0.000 s, attempt 2, request id r-2",
        "DELETE /v1/x/y: 204 in 0.000 s, attempt 1",
    ] == told
    assert "PRIVATE" not in str(lines(logging.DEBUG))
    assert PROJECT not in str(lines(logging.DEBUG))
    assert "token-1" not in str(lines(logging.DEBUG))


async def test_the_hook_gets_what_is_known_of_a_success() -> None:
    """Status, id and timing of a call are in its last attempt; an attempt does not change afterwards."""
    attempts: list[Attempt] = []
    async with client(BUSY, OK) as one:
        page = await one.with_options(on_attempt=attempts.append).projects.list()
        await one.projects.list()
    assert 1 == len(page)
    first, last = attempts
    assert (503, "r-1", 1) == (first.status_code, first.request_id, len(first.timing.requests))
    assert (200, "r-ok", 2) == (last.status_code, last.request_id, len(last.timing.requests))
    assert first.retry_in == pytest.approx(last.timing.backoff)
    assert 0.0 == first.timing.backoff
    assert last.retry_in is None


async def test_the_hook_without_a_response() -> None:
    """There is no status and no id then."""
    attempts: list[Attempt] = []
    async with client(httpx.ReadTimeout("slow"), BUSY, retry=None) as one:
        for _ in range(2):
            with pytest.raises(Exception, match=r"^projects\.list: "):
                await one.with_options(on_attempt=attempts.append).projects.list()
    assert [("APITimeoutError", None, None), ("503", 503, "r-1")] == [
        (each.outcome, each.status_code, each.request_id) for each in attempts
    ]


async def test_the_time_a_call_waited_is_in_its_attempt() -> None:
    """Waiting for a permit is told apart from the request."""
    attempts: list[Attempt] = []
    async with client(OK, rate_limits="1/s", on_attempt=attempts.append) as one:
        await asyncio.gather(one.projects.list(), one.projects.list())
    assert [0.0, pytest.approx(1.0, abs=0.1)] == sorted(each.timing.queue for each in attempts)


def test_a_timing_says_how_many_requests() -> None:
    """The count of attempts is the error's; the timing has their seconds."""
    assert "1.5 s in 2 request(s)" == str(Timing(requests=[1.0, 0.5]))
    assert 0 == ServerError("x", status_code=500).attempts

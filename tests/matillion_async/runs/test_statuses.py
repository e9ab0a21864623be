"""What a status means, and where a run can be seen."""

from __future__ import annotations

import copy
import json
import pickle

import httpx
import pytest

from matillion_async import NotFoundError, ResponseDecodingError, RunStatus
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"


@pytest.mark.parametrize(
    ("status", "is_active", "succeeded", "failed"),
    [
        *(
            (status, True, False, False)
            for status in ("QUEUED", "RUNNING", "CANCELLING", "UNKNOWN")
        ),
        ("SUCCESS", False, True, False),
        *(
            (status, False, False, True)
            for status in ("FAILED", "CANCELLED", "SKIPPED", "FORBIDDEN", "FAILURE", "ERROR")
        ),
        *((status, False, False, False) for status in ("PAUSED", "")),
    ],
)
def test_what_a_status_means(status: str, is_active: bool, succeeded: bool, failed: bool) -> None:
    """It goes on, it succeeded, or it failed; none of them where nobody knows."""
    known = RunStatus(status)
    assert (is_active, succeeded, failed) == (known.is_active, known.succeeded, known.failed)


def test_a_status_is_a_string() -> None:
    """To compare, to print, to store."""
    status = RunStatus("RUNNING")
    assert status == "RUNNING"
    assert f"{status} {json.dumps(status)}" == 'RUNNING "RUNNING"'
    for copied in (pickle.loads(pickle.dumps(status)), copy.deepcopy(status)):
        assert (status, RunStatus) == (copied, type(copied))


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([{"status": "Running"}], "RUNNING"),
        ([{"status": "SUCCESS"}, {"result": {"status": "SUCCESS"}}], "SUCCESS"),
        ([{"status": "SUCCESS"}, {"result": {"status": "RUNNING"}}], "RUNNING"),
        ([404, {"status": "FAILED"}], "FAILED"),
    ],
    ids=["goes on", "ended", "not ended", "no call for the status"],
)
async def test_one_look(steps: list[int | dict[str, object]], status: str) -> None:
    """One request while it goes on, and the details for an end, which are believed."""
    script = Script(
        *(
            httpx.Response(step) if isinstance(step, int) else httpx.Response(200, json=step)
            for step in steps
        )
    )
    async with scripted_client(script) as client:
        found = await client.pipeline_executions.attach(PROJECT, "e1").status()
    assert (status, RunStatus) == (found, type(found))
    assert len(steps) == len(script.requests)


@pytest.mark.virtual_time
async def test_a_look_that_shows_nothing() -> None:
    """There is no such execution, or no status in the response."""
    async with scripted_client(Script(httpx.Response(404))) as client:
        with pytest.raises(NotFoundError):
            await client.pipeline_executions.attach(PROJECT, "e1").status()
    async with scripted_client(Script(httpx.Response(200, json={"data": {}}))) as client:
        with pytest.raises(ResponseDecodingError):
            await client.pipeline_executions.attach(PROJECT, "e1").status()


async def test_its_page() -> None:
    """In the vendor's user interface; whatever the id is, it is one part of the path."""
    async with scripted_client(Script(httpx.Response(404))) as client:
        attach = client.pipeline_executions.attach
        page = "https://app.matillion.com/observability-dashboard/pipeline/"
        assert f"{page}{PROJECT}" == attach(PROJECT, PROJECT).url
        assert f"{page}..%2Fx%3Fy" == attach(PROJECT, "../x?y").url
        assert attach(PROJECT, "e1").was_running

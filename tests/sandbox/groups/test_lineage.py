"""Lineage events in the sandbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from matillion_api.models.lineage_job import LineageJob
from matillion_api.models.lineage_run_event import LineageRunEvent

from matillion_async import BadRequestError
from matillion_async.sandbox._clock import VIRTUAL_START, text
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time
DAY = timedelta(days=1)


async def test_there_is_a_history_of_runs() -> None:
    """Events are OpenLineage run events of the account's projects, oldest first; the end is not in the range."""
    async with ConformingSandbox(projects=2, lineage_events=90).client() as client:
        projects = await client.projects.list().all()
        events = await client.lineage.list(
            generated_from=VIRTUAL_START - 4 * DAY, generated_before=VIRTUAL_START - 2 * DAY
        ).all()
    runs = [event.event for event in events if isinstance(event.event, LineageRunEvent)]
    assert [text(VIRTUAL_START - 4 * DAY), text(VIRTUAL_START - 3 * DAY)] == [
        run.event_time for run in runs
    ]
    assert {"COMPLETE"} == {run.event_type for run in runs}
    jobs = [run.job for run in runs if isinstance(run.job, LineageJob)]
    assert {project.id for project in projects} == {
        str(job.namespace).rpartition(".")[2] for job in jobs
    }


async def test_at_most_31_days_are_allowed() -> None:
    """31 days are, and a millisecond more is not."""
    async with ConformingSandbox().client() as client:
        end = VIRTUAL_START
        page = await client.lineage.list(generated_from=end - 31 * DAY, generated_before=end)
        assert page.total == 172
        with pytest.raises(BadRequestError, match="at most 31 days"):
            await client.lineage.list(
                generated_from=end - 31 * DAY - timedelta(milliseconds=1), generated_before=end
            )


async def test_an_end_that_is_not_after_the_start_is_refused() -> None:
    """An empty range is refused as well."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(BadRequestError, match="must be after generatedFrom"):
            await client.lineage.list(generated_from=VIRTUAL_START, generated_before=VIRTUAL_START)

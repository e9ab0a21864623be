"""Arguments that are refused before anything is sent, each with one error of the package."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from matillion_api.models.schedule_settings import ScheduleSettings

from matillion_async import InvalidRequestError, MatillionClient
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
CRON = "0 0 2 ? * MON-FRI"
NAIVE: Any = datetime(2026, 3, 1)
AWARE = datetime(2026, 3, 1, tzinfo=UTC)
DAY: Any = date(2026, 3, 1)
TEXT: Any = "2026-03-01"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda client: client.audit.list(from_=NAIVE, to=AWARE),
            "audit.list: from_ has no time zone: 2026-03-01T00:00:00; add one",
        ),
        (
            lambda client: client.audit.list(from_=AWARE, to=NAIVE),
            "audit.list: to has no time zone: 2026-03-01T00:00:00; add one",
        ),
        (
            lambda client: client.lineage.list(generated_from=AWARE, generated_before=TEXT),
            "lineage.list: generated_before must be a datetime with a time zone, not str",
        ),
        (
            lambda client: client.pipeline_executions.list(started_after=DAY),
            "pipeline_executions.list: started_after must be a datetime with a time zone, not date",
        ),
        (
            lambda client: client.consumption.etl_users(consumed_from=NAIVE, consumed_before=AWARE),
            "consumption.etl_users: consumed_from has no time zone",
        ),
        (
            lambda client: client.consumption.get(consumed_from=DAY, consumed_before=AWARE),
            "consumption.get: consumed_before must be a date, not datetime",
        ),
        (
            lambda client: client.consumption.get(consumed_from=TEXT, consumed_before=DAY),
            "consumption.get: consumed_from must be a date, not str",
        ),
        (
            lambda client: client.schedules.update(
                PROJECT, "s", name="a", cron_expression=CRON, effective_from=NAIVE
            ),
            "schedules.update: effective_from has no time zone",
        ),
        (
            lambda client: client.schedules.change(PROJECT, "s", effective_from=NAIVE),
            "schedules.change: effective_from has no time zone",
        ),
        (
            lambda client: client.schedules.create(
                PROJECT,
                pipeline={"pipelineName": "a", "environmentName": "b"},
                schedule=ScheduleSettings(name="a", cron_expression=CRON, effective_from=NAIVE),
            ),
            "schedules.create: effective_from has no time zone",
        ),
        (
            lambda client: client.schedules.create(
                PROJECT, pipeline={}, schedule={"name": "a", "cronExpression": CRON}
            ),
            "schedules.create: ScheduledPipeline needs the field 'pipelineName'",
        ),
        (
            lambda client: client.schedules.create(
                PROJECT, pipeline=TEXT, schedule={"name": "a", "cronExpression": CRON}
            ),
            "schedules.create: ScheduledPipeline or a mapping is needed, not str",
        ),
        (
            lambda client: client.environments.list(".."),
            "environments.list: project must not be '..'",
        ),
        (
            lambda client: client.schedules.get(PROJECT, ""),
            "schedules.get: schedule_id must not be ''",
        ),
    ],
)
async def test_it_is_one_error_that_names_the_argument(
    call: Callable[[MatillionClient], Awaitable[Any]], told: str
) -> None:
    """As the caller knows it, and the operation."""
    script = Script(httpx.Response(200, json={}))
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError) as caught:
            await call(client)
    assert told in str(caught.value)
    assert [] == script.requests

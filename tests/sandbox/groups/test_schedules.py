"""Schedules in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async import MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import signed_in

PIPELINE = {
    "pipelineName": "daily.orch.yaml",
    "environmentName": "Environment 1",
    "scalarVariables": {"region": "emea"},
    "gridVariables": {"tables": [["orders", "id"]]},
}
SETTINGS = {
    "name": "Nightly",
    "cronExpression": "0 0 2 ? * MON-FRI",
    "cronTimezone": "Europe/Dublin",
    "effectiveFrom": "2026-07-01T00:00:00+01:00",
    "scheduleEnabled": False,
    "allowConcurrentExecutions": False,
}


async def create(client: MatillionClient, **settings: Any) -> tuple[str, str]:
    """A schedule; the ids of its project and of itself."""
    project = (await client.projects.list()).results[0].id
    created = await client.schedules.create(
        project, pipeline=PIPELINE, schedule={**SETTINGS, **settings}
    )
    return project, created.schedule_id


async def test_a_schedule_is_created_read_listed_and_deleted() -> None:
    """The two parts that are sent come back as one; times are in UTC."""
    async with ConformingSandbox(projects=1).client() as client:
        project, schedule_id = await create(client)
        schedule = await client.schedules.get(project, schedule_id)
        assert {
            "scheduleId": schedule_id,
            "name": "Nightly",
            "cronExpression": "0 0 2 ? * MON-FRI",
            "cronTimezone": "Europe/Dublin",
            "effectiveFrom": "2026-06-30T23:00:00+00:00",
            "scheduleEnabled": False,
            **PIPELINE,
        } == schedule.to_dict()
        assert [schedule] == await client.schedules.list(project).all()

        await client.schedules.delete(project, schedule_id)

        assert [] == await client.schedules.list(project).all()
        with pytest.raises(NotFoundError):
            await client.schedules.get(project, schedule_id)
        with pytest.raises(NotFoundError):
            await client.schedules.delete(project, schedule_id)


async def test_an_update_gives_defaults_to_what_it_leaves_out() -> None:
    """Time zone and state are as in a new schedule; what it starts stays."""
    async with ConformingSandbox(projects=1).client() as client:
        project, schedule_id = await create(client)
        updated = await client.schedules.update(
            project, schedule_id, name="Hourly", cron_expression="0 0 * ? * *"
        )
        assert updated == await client.schedules.get(project, schedule_id)
    assert updated is not None
    assert {
        "scheduleId": schedule_id,
        "name": "Hourly",
        "cronExpression": "0 0 * ? * *",
        "cronTimezone": "UTC",
        "scheduleEnabled": True,
        **PIPELINE,
    } == updated.to_dict()


async def test_an_unknown_environment() -> None:
    """A schedule needs an environment that exists."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0].id
        with pytest.raises(NotFoundError):
            await client.schedules.create(
                project, pipeline={**PIPELINE, "environmentName": "x"}, schedule=SETTINGS
            )


@pytest.mark.parametrize(
    ("field", "value", "violation"),
    [
        (
            "cronExpression",
            "0 0 * * *",
            "must be a Quartz cron expression, but has 5 fields in place of 6, or 7 with a year",
        ),
        ("cronTimezone", "Europe Dublin", "must match ^[A-Za-z]"),
        ("effectiveFrom", "2026-07-01T00:00:00", "must be a valid date-time"),
        ("effectiveFrom", "0001-01-01T00:00:00+01:00", "must be from year 1 to 9999 in UTC"),
    ],
)
async def test_what_is_not_valid(field: str, value: str, violation: str) -> None:
    """A cron expression that is not Quartz, and other values, get 400 with the reason."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        project = (await client.get("/v1/projects")).json()["results"][0]["id"]
        body = {"pipeline": PIPELINE, "schedule": {**SETTINGS, field: value}}
        response = await client.post(f"/v1/projects/{project}/schedules", json=body)
    assert 400 == response.status_code
    assert response.json()["violations"][0].startswith(f"schedule.{field}: {violation}")

"""client.schedules: checked cron expressions, and changes that keep the rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from matillion_api.models.schedule_settings import ScheduleSettings

from matillion_async import InvalidRequestError, MatillionClient, NotFoundError
from tests.matillion_async.scripted import Script, scripted_client
from tests.sandbox.conformance import ConformingSandbox

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
PIPELINE = {"pipelineName": "daily.orch.yaml", "environmentName": "Environment 1"}
SETTINGS: dict[str, Any] = {
    "name": "Nightly",
    "cronExpression": "0 0 2 ? * MON-FRI",
    "cronTimezone": "Europe/Dublin",
    "effectiveFrom": "2026-01-01T00:00:00+00:00",
}


async def create(client: MatillionClient) -> tuple[str, str]:
    """A schedule; the ids of its project and of itself."""
    project = (await client.projects.list()).results[0].id
    created = await client.schedules.create(project, pipeline=PIPELINE, schedule=SETTINGS)
    return project, created.schedule_id


async def test_pausing_keeps_the_rest() -> None:
    """Name, cron expression, time zone and begin stay as they are while a schedule is paused and resumed."""
    async with ConformingSandbox(projects=1).client() as client:
        project, schedule_id = await create(client)
        paused = await client.schedules.disable(project, schedule_id)
        assert paused == await client.schedules.get(project, schedule_id)
        resumed = await client.schedules.enable(project, schedule_id)
    kept = {"scheduleId": schedule_id, **SETTINGS, **PIPELINE}
    assert [kept | {"scheduleEnabled": False}, kept | {"scheduleEnabled": True}] == [
        paused.to_dict(),
        resumed.to_dict(),
    ]


async def test_a_change_of_one_thing() -> None:
    """What is named is changed, also to false; the rest is kept, the pause included."""
    async with ConformingSandbox(projects=1).client() as client:
        project, schedule_id = await create(client)
        await client.schedules.disable(project, schedule_id)
        since = datetime(2027, 1, 1, tzinfo=UTC)
        changed = await client.schedules.change(
            project, schedule_id, cron_expression="0 0 3 * * ?", effective_from=since
        )
    assert ("0 0 3 * * ?", since, "Nightly", "Europe/Dublin", False) == (
        changed.cron_expression,
        changed.effective_from,
        changed.name,
        changed.cron_timezone,
        changed.schedule_enabled,
    )


@pytest.mark.parametrize(
    ("told", "given", "sent"),
    [
        ({}, {}, None),
        ({"allowConcurrentExecutions": False}, {}, False),
        ({}, {"allow_concurrent_executions": False}, False),
    ],
)
async def test_concurrent_executions(
    told: dict[str, bool], given: dict[str, bool], sent: bool | None
) -> None:
    """They are kept if the API tells them, although that is not documented, or as the caller says."""
    present = {"scheduleId": "s", **SETTINGS, "scheduleEnabled": True, **told}
    script = Script(httpx.Response(200, json=present))
    async with scripted_client(script) as client:
        await client.schedules.disable(PROJECT, "s", **given)
    body = json.loads(script.requests[1].content)
    assert "PATCH" == script.requests[1].method
    assert sent is body.get("allowConcurrentExecutions")
    assert SETTINGS | {"scheduleEnabled": False} == {
        name: value for name, value in body.items() if name != "allowConcurrentExecutions"
    }


@pytest.mark.parametrize(
    ("present", "reason"),
    [
        (
            {"name": "x", "intervalExpression": {"interval": 6, "unit": "HOURS"}},
            "schedule s has no cron expression, and the API changes only schedules with one",
        ),
        ({"cronExpression": "0 0 2 * * ?"}, "the API did not tell the name of s: give it"),
    ],
)
async def test_a_schedule_that_cannot_be_changed(present: dict[str, Any], reason: str) -> None:
    """Without a cron expression or a name there is nothing to send: the schedule stays as it is."""
    script = Script(httpx.Response(200, json={"scheduleId": "s", **present}))
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError) as caught:
            await client.schedules.disable(PROJECT, "s")
    assert f"schedules.change: {reason}" == str(caught.value)
    assert ["GET"] == [request.method for request in script.requests]


async def test_a_cron_expression_that_the_server_gave_is_not_judged() -> None:
    """A schedule with one that looks wrong to us can still be paused."""
    present = {"scheduleId": "s", "name": "x", "cronExpression": "0 0 2 ? * MON-FRI 1900"}
    script = Script(httpx.Response(200, json=present))
    async with scripted_client(script) as client:
        await client.schedules.disable(PROJECT, "s")
    assert present["cronExpression"] == json.loads(script.requests[1].content)["cronExpression"]


async def test_an_unknown_schedule() -> None:
    """There is nothing to keep: the API's 404 comes through."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0].id
        with pytest.raises(NotFoundError):
            await client.schedules.enable(project, "x")


async def test_a_cron_expression_that_is_not_quartz() -> None:
    """Nothing is sent; the error names the expression and the reason."""
    sandbox = ConformingSandbox(projects=1)
    wrong = "0 0 2 ? * MON-FRI 2030 1"
    settings = ScheduleSettings(name="x", cron_expression=wrong)
    mapping = {"name": "x", "cronExpression": wrong}
    told = []
    async with sandbox.client() as client:
        schedules = client.schedules
        for call in (
            schedules.create(PROJECT, pipeline=PIPELINE, schedule=settings),
            schedules.create(PROJECT, pipeline=PIPELINE, schedule=mapping),
            schedules.update(PROJECT, "s", name="x", cron_expression=wrong),
            schedules.change(PROJECT, "s", cron_expression=wrong),
        ):
            with pytest.raises(InvalidRequestError) as caught:
                await call
            told.append(str(caught.value))
    reason = f"the cron expression {wrong!r} has 8 fields in place of 6, or 7 with a year"
    assert [
        f"schedules.{name}: {reason}" for name in ("create", "create", "update", "change")
    ] == told
    assert 0 == sandbox.stats.arrived


async def test_a_change_with_an_empty_response_is_one() -> None:
    """A success without a body is a success; what a change returns is read then."""
    script = Script(
        httpx.Response(200, json={"scheduleId": "s1", **SETTINGS}),
        httpx.Response(204),
        httpx.Response(200, json={"scheduleId": "s1", **SETTINGS, "name": "Daily"}),
        httpx.Response(200),
    )
    async with scripted_client(script) as client:
        changed = await client.schedules.change(PROJECT, "s1", name="Daily")
        updated = await client.schedules.update(
            PROJECT, "s1", name="Daily", cron_expression="0 0 2 ? * MON-FRI"
        )
    assert ("Daily", None) == (changed.name, updated)
    assert ["GET", "PATCH", "GET", "PATCH"] == [request.method for request in script.requests]


async def test_a_change_keeps_what_is_not_known() -> None:
    """An update replaces the settings, so a setting of a version to come is sent with them."""
    present = {"scheduleId": "s1", **SETTINGS, "catchUp": {"runs": 3}, "pipelineName": "p"}
    script = Script(httpx.Response(200, json=present))
    async with scripted_client(script) as client:
        await client.schedules.change(PROJECT, "s1", schedule_enabled=False)
    assert {**SETTINGS, "catchUp": {"runs": 3}, "scheduleEnabled": False} == json.loads(
        script.requests[1].content
    )

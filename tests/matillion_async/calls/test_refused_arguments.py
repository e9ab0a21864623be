"""Arguments that are refused before anything is sent, each with one error of the package."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import copy
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import httpx
import pytest
from matillion_api.models.agent import Agent
from matillion_api.models.environment import Environment
from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.models.project import Project
from matillion_api.models.schedule_settings import ScheduleSettings

from matillion_async import ConfigurationError, InvalidRequestError, MatillionClient, Observer
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
CRON = "0 0 2 ? * MON-FRI"
NAIVE: Any = datetime(2026, 3, 1)
AWARE = datetime(2026, 3, 1, tzinfo=UTC)
DAY: Any = date(2026, 3, 1)
TEXT: Any = "2026-03-01"
SALES: Any = Project(PROJECT, "Sales")
TEST: Any = Environment("Test")
AGENT: Any = Agent.from_dict({"agentId": "a", "name": "b"})
EXECUTION: Any = PipelineExecution.from_dict({"pipelineExecutionId": "e"})


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


async def _attached(client: MatillionClient) -> Any:
    return await client.schedules.get(client.pipeline_executions.attach(PROJECT, "e"), "s")  # type: ignore[arg-type]


async def _awaited_late(client: MatillionClient) -> Any:
    finding: Any = client.projects.find("Sales")
    try:
        await client.environments.list(finding)
    finally:
        finding.close()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda c: c.environments.list(SALES),
            "project must be a string, not Project: give project.id",
        ),
        (lambda c: c.environments.list(SALES.to_dict()), 'not dict: give project["id"]'),
        (lambda c: c.environments.list({"projectId": "a"}), 'not dict: give project["projectId"]'),
        (lambda c: c.environments.list({}), "project must be a string, not dict"),
        (lambda c: c.environments.list(TEST), "project must be a string, not Environment"),
        (_attached, "project must be a string, not Run: give run.project_id"),
        (_awaited_late, "project must be a string, not coroutine: await it first"),
        (lambda c: c.projects.find(SALES), "an id or an exact name, not Project: give project.id"),
        (
            lambda c: c.environments.find(PROJECT, TEST),
            "exact name, not Environment: give environment.name",
        ),
        (
            lambda c: c.agents.get(AGENT),
            "agent_id must be a string, not Agent: give agent.agent_id",
        ),
        (lambda c: c.agents.get(AGENT.to_dict()), 'not dict: give agent["agentId"]'),
        (lambda c: c.environments.delete(PROJECT, TEST), "not Environment: give environment.name"),
        (
            lambda c: c.pipelines.list(PROJECT, environment_name=TEST),
            "environment_name must be a string, not Environment: give environment.name",
        ),
        (
            lambda c: c.pipelines.list(PROJECT, environment_name=TEST.to_dict()),
            'environment_name must be a string, not dict: give environment["name"]',
        ),
        (lambda c: c.ai_agent_tasks.list(project=SALES), "not Project: give project.id"),
        (lambda c: c.ai_agent_tasks.run(SALES, message="a"), "not Project: give project.id"),
        (
            lambda c: c.project_variables.set_override(
                PROJECT, "a", environment_name=TEST, value="b"
            ),
            "environmentName must be a string, not Environment: give environment.name",
        ),
        (
            lambda c: c.pipeline_executions.run(PROJECT, pipeline_name="a", environment_name=TEST),
            "environment_name must be a string, not Environment: give environment.name",
        ),
        (
            lambda c: c.pipeline_executions.get(PROJECT, EXECUTION),
            "give pipeline_execution.pipeline_execution_id",
        ),
        (
            lambda c: c.pipeline_executions.get(
                PROJECT, c.pipeline_executions.attach(PROJECT, "e")
            ),
            "not Run: give run.id",
        ),
        (lambda c: c.pipeline_executions.attach(SALES, "e"), "not Project: give project.id"),
        (lambda c: c.ai_agent_tasks.attach(None), "task_id must be a string, not NoneType"),
        (lambda c: c.pipeline_executions.watch(PROJECT), "a run must be a Run, or a pair of"),
        (lambda c: c.pipeline_executions.watch([SALES]), "a run must be a Run, .* not Project"),
        (lambda c: c.pipeline_executions.watch(EXECUTION), "must be an iterable of runs, not"),
    ],
)
async def test_what_has_the_id_or_the_name_says_how_to_get_it(
    call: Callable[[Any], Awaitable[Any]], told: str
) -> None:
    """A model, or its fields, in place of the string that is in it."""
    script = Script(httpx.Response(200, json={}))
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=told.replace("[", r"\[")):
            await call(client)
    assert [] == script.requests


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda c: c.projects.list(),
            "<listing projects.list> is not fetched yet: write 'async for",
        ),
        (lambda c: c.audit.events(from_=AWARE, to=datetime.now(UTC)), "is not fetched yet: write"),
    ],
)
async def test_a_plain_loop_over_a_listing_says_how_it_is_walked(
    make: Callable[[MatillionClient], Any], told: str
) -> None:
    """Who knows pages as lists tries that first."""
    async with scripted_client(Script()) as client:
        listing = make(client)
        with pytest.raises(TypeError, match=told):
            list(listing)


async def test_a_listing_that_was_not_awaited_is_no_page() -> None:
    """It says so, where an item or a field of a page is asked for; what copies it is told nothing else than before."""
    async with scripted_client(Script()) as client:
        projects: Any = client.projects.list()
        events: Any = client.audit.events(from_=AWARE, to=datetime.now(UTC))
        how = "is not fetched yet: write 'async for item in listing', or 'await listing.all()'"
        with pytest.raises(TypeError) as first:
            projects[0]
        assert f"<listing projects.list> {how}, or 'await listing' for one page" == str(first.value)
        with pytest.raises(AttributeError) as total:
            _ = projects.total
        assert f"'PagedListing' object has no attribute 'total': {first.value}" == str(total.value)
        with pytest.raises(AttributeError) as results:
            _ = events.results
        assert str(results.value).endswith(how)
        assert None is getattr(projects, "__len__", None)
        assert str(copy(projects)) == str(projects)


async def test_mistakes_of_kind_are_refused_in_words() -> None:
    """None is an AttributeError or a TypeError of some line inside."""
    pipeline = {"pipelineName": "a", "environmentName": "b"}
    odd: Any = CRON
    async with scripted_client(Script()) as client:
        with pytest.raises(
            InvalidRequestError, match="ScheduleSettings or a mapping is needed, not"
        ):
            await client.schedules.create(PROJECT, pipeline=pipeline, schedule=odd)
        with pytest.raises(
            InvalidRequestError, match="publish: folder must be a path, not NoneType"
        ):
            await client.artifacts.publish(PROJECT, None, version_name="1", environment_name="a")  # type: ignore[arg-type]
        with pytest.raises(ConfigurationError, match=r"on_attempt must be a function, not str"):
            client.with_options(on_attempt=odd)
    with pytest.raises(ConfigurationError, match=r"on_attempt must be a function, not str"):
        scripted_client(Script(), on_attempt=odd)


async def test_coroutine_functions_are_no_hooks() -> None:
    """Nobody would await them: they are refused where they are given, and not told of by a warning later, or never."""

    async def told(*_: object) -> None: ...

    class Callable:
        async def __call__(self, *_: object) -> None: ...

    class Late(Observer):
        async def call_ended(self, *_: object) -> None: ...  # type: ignore[override]  # pyright: ignore

    for hook in (told, Callable(), partial(told)):
        with pytest.raises(ConfigurationError, match="on_attempt must be a plain function"):
            scripted_client(Script(), on_attempt=hook)
    async with scripted_client(Script()) as client:
        with pytest.raises(ConfigurationError, match=r"Late\.call_ended must be a plain function"):
            client.with_options(observers=[Late()])
        for wait in (
            client.pipeline_executions.attach(PROJECT, PROJECT).wait,
            client.ai_agent_tasks.attach(PROJECT).wait,
        ):
            odd: Any
            for odd, fault in ((told, "plain function"), (3, "function, not int")):
                with pytest.raises(InvalidRequestError, match=f"on_update must be a {fault}"):
                    await wait(on_update=odd)


def test_a_class_is_no_place_to_share() -> None:
    """It is refused, and not taken for a place that is gone."""

    class Place:
        def update(self, *_: object) -> None: ...

        async def aclose(self) -> None: ...

    odd: Any = Place
    with pytest.raises(ConfigurationError, match=r'share must be "host".*, not type'):
        MatillionClient(client_id="id", client_secret="secret", region="eu1", share=odd)

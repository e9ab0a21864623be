"""What users write, for type checkers only: nothing here is run. What must not pass has the error that it gets.

mypy and pyright both read it in ``scripts/check``; to both an ``ignore`` that is not needed is an error, so each line that has
one is known to be refused.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true
# ruff: noqa: B018, T201 - users print, and some lines are only there to be refused

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, assert_type

import matillion_async
from matillion_async import (
    UNSET,
    AiohttpTransport,
    Attempt,
    BulkResult,
    HoldsSecret,
    Limiter,
    LimiterStats,
    Listing,
    MatillionClient,
    ObservedCall,
    ObservedWait,
    Observer,
    Outcome,
    Priority,
    RawResponse,
    Request,
    Response,
    RetryPolicy,
    Run,
    RunOutcome,
    RunStatus,
    RunWatch,
    Secret,
    Timing,
    Token,
    Unset,
    models,
)
from matillion_async.models import (
    Environment,
    EnvironmentPage,
    PipelineExecution,
    Project,
    ProjectPage,
    Warehouse,
)
from matillion_async.otel import MatillionInstrumentor, OpenTelemetryObserver


async def listings(client: MatillionClient) -> None:
    """A listing gives a page, items or a list, each with its type."""
    listing = client.projects.list()
    assert_type(listing, Listing[Project, ProjectPage])
    assert_type(await listing, ProjectPage)
    assert_type(await listing.all(), list[Project])
    async for project in listing:
        assert_type(project, Project)
    async for page in listing.pages():
        assert_type(page, ProjectPage)
    for project in listing:  # type: ignore[attr-defined]
        print(project)


async def pages(client: MatillionClient) -> None:
    """A page is a sequence of its items."""
    page = await client.environments.list("Sales", size=10)
    for environment in page:
        assert_type(environment, Environment)
    assert_type(page[0], Environment)
    assert_type(page[:2], list[Environment])
    assert_type(len(page), int)
    assert_type(page.total, int | Unset)
    items: Sequence[Environment] = page
    print(items, list(reversed(page)), page[0] in page)
    page["results"]  # type: ignore[call-overload]
    wrong: Sequence[Project] = page  # type: ignore[assignment]
    print(wrong)


def fields(project: Project) -> str:
    """A field may be UNSET, which is told apart from a text and from null; others are in ``extra``."""
    assert_type(project.description, str | Unset | None)
    assert_type(project.extra, dict[str, Any])
    if project.description is UNSET:
        print("the API did not say")
    if isinstance(project.description, Unset) or project.description is None:
        return project.name
    assert_type(project.description, str)
    project.nmae  # type: ignore[attr-defined]
    project["name"]  # type: ignore[index]
    return project.description or project.name


async def bulks(client: MatillionClient) -> None:
    """An outcome has a value or an error, of an operation that may also be a listing."""
    of_listings = client.bulk(client.environments.list, ["a", "b"])
    async for outcome in of_listings:
        assert_type(outcome, Outcome[str, list[Environment]])
        if outcome.error is None:
            assert_type(outcome.value, list[Environment])
        else:
            assert_type(outcome.error, Exception)
            assert_type(outcome.value, None)

    async def count(number: int) -> str:
        return str(number)

    result = await client.bulk(count, range(3), ordered=True)
    assert_type(result, BulkResult[int, str])
    assert_type(result.values, list[str])
    assert_type(result.remaining, list[int])
    client.bulk(count, ["a"])  # type: ignore[arg-type]
    client.bulk(count, [1], max_in_flght=3)  # type: ignore[call-overload]


class Sales(MatillionClient):
    """A client with an attribute of its own."""

    def __init__(self, team: str) -> None:
        super().__init__(region="eu1")
        self.team = team


async def options(client: Sales) -> None:
    """A client with other options is of the same class."""
    urgent = client.with_options(priority=Priority.INTERACTIVE, deadline=None, retry=RetryPolicy())
    assert_type(urgent, Sales)
    assert_type(urgent.team, str)
    attempts: list[Attempt] = []
    await client.with_options(on_attempt=attempts.append).projects.list()
    assert_type(attempts[-1].status_code, int | None)
    assert_type(attempts[-1].timing, Timing)
    async with client as entered:
        assert_type(entered, Sales)

    class Slow(Observer):
        def call_began(self, call: ObservedCall) -> float:
            assert_type(call.path_template, str | None)
            return 1.0

        def call_ended(
            self, call: ObservedCall, state: float, outcome: BaseException | None
        ) -> None:
            assert_type(call.timing, Timing)

        def attempt_ended(
            self,
            call: ObservedCall,
            request: Request,
            state: None,
            outcome: Response | BaseException,
        ) -> None:
            assert_type(request.path_template, str | None)

        def wait_ended(
            self, wait: ObservedWait, state: None, outcome: BaseException | None
        ) -> None:
            assert_type(wait.status, str)

    MatillionClient(observers=[Slow(), OpenTelemetryObserver(propagate=True)])
    client.with_options(observers=(Slow(),))
    client.with_options(observers=[Slow])  # type: ignore[list-item]
    MatillionInstrumentor().instrument(traces=False)
    client.with_options(dedline=3)  # type: ignore[call-arg]
    client.with_options(retry=3)  # type: ignore[arg-type]


async def requests(client: MatillionClient) -> None:
    """A call of any path gives a response, whose JSON is anything."""
    response = await client.request(
        "GET", "/v1/projects", params={"size": 5, "x": ["a", 1.5, True]}
    )
    assert_type(response, RawResponse)
    assert_type(response.status_code, int)
    assert_type(response.content, bytes)
    assert_type(response.request_id, str | None)
    print(response.json()["total"], response.headers["date"])
    await client.request("POST", "/v1/x", json=[{"a": None}], headers={"X": "y"}, idempotent=True)
    await client.request("GET", "/v1/x", params=[("a", 1), ("a", "2")])
    await client.request("GET", "/v1/x", parms={})  # type: ignore[call-arg]
    await client.request("GET", "/v1/x", params={"a": {}})  # type: ignore[dict-item]


async def runs(client: MatillionClient) -> None:
    """A run is waited for; arguments that are models are also given as mappings, and enums as text."""
    run = await client.pipeline_executions.run(
        "Sales", pipeline_name="daily.orch.yaml", environment_name="Test"
    )
    assert_type(run, Run)
    assert_type(await run.wait(timeout=60), PipelineExecution)
    assert_type(await run.status(), RunStatus)
    assert_type((await run.status()).is_active, bool)
    assert_type(run.url, str)
    watch = client.pipeline_executions.watch([run, (run.project_id, run.id)])
    watch.add(run, (run.project_id, run.id))
    async with aclosing(watch):
        async for outcome in watch:
            assert_type(outcome, RunOutcome)
            assert_type(outcome.status, RunStatus)

    async def coming() -> AsyncIterator[Run]:
        yield run

    assert_type(client.pipeline_executions.watch(coming()), RunWatch)
    attached = await client.pipeline_executions.run(
        "Sales",
        pipeline_name="daily.orch.yaml",
        environment_name="Test",
        execution_tag="daily",
        attach=True,
    )
    assert_type(attached.was_running, bool)
    await client.projects.create(name="a", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID")
    await client.projects.create(
        name="a", warehouse=Warehouse.SNOWFLAKE, agent_deployment_type="HYBRID"
    )
    await client.schedules.create(
        "Sales",
        pipeline={"pipelineName": "daily.orch.yaml", "environmentName": "Test"},
        schedule={"name": "Nightly", "cronExpression": "0 0 2 ? * *"},
    )
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    async for event in client.audit.events(from_=start, to=end):
        assert_type(event, models.AuditEvent)
    await client.projects.create(name="a")  # type: ignore[call-arg]


class Vault:
    """Tokens and secrets of a user's own."""

    async def fetch(self) -> Token:
        """A token from elsewhere."""
        return Token("abc", expires_in=60)

    def get_secret_value(self) -> str:
        """A secret from elsewhere."""
        return "abc"


class Wrong:
    """What is not a source of tokens."""

    async def fetch(self) -> str:
        """Not a token."""
        return "abc"


def clients() -> None:
    """Secrets, tokens and transports of one's own; types of attributes have names from the root."""
    held: HoldsSecret = Vault()
    client = MatillionClient(client_id="a", client_secret=held, region="eu1")
    MatillionClient(client_id="a", client_secret=Secret("b"), region="eu1")
    MatillionClient(token_source=Vault(), transport=AiohttpTransport(max_connections=5))
    limiter: Limiter = client.limiter
    assert_type(limiter.stats(), LimiterStats)
    assert_type(matillion_async.__version__, str)
    page: matillion_async.models.EnvironmentPage = EnvironmentPage([])
    print(page)
    MatillionClient(token_source=Wrong())  # type: ignore[arg-type]
    MatillionClient(timout=3)  # type: ignore[call-arg]
    MatillionClient(client_secret=3)  # type: ignore[arg-type]
    matillion_async.Clinet  # type: ignore[attr-defined]

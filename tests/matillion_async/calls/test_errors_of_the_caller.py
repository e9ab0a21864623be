"""What functions of the caller's raise ends what goes on, also an error of this package that would pass by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from matillion_async import (
    APIConnectionError,
    AuthenticationError,
    ConflictError,
    MatillionClient,
    MatillionError,
    Observer,
    PagingError,
    Request,
    Response,
    ResponseDecodingError,
    RetryPolicy,
    ServerError,
)
from matillion_async.sandbox import AgentWork, Sandbox
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time

PASSING: tuple[Callable[[], MatillionError], ...] = (
    lambda: APIConnectionError("of the caller"),
    lambda: ServerError("of the caller", status_code=503),
    lambda: ResponseDecodingError("of the caller", status_code=200, body=""),
    lambda: ConflictError("of the caller", status_code=409),
)
RUN: dict[str, Any] = {"pipeline_name": "daily.orch.yaml", "environment_name": "Environment 1"}


def raising(event: str, error: MatillionError, operation: str) -> tuple[Observer, list[str]]:
    """An observer that raises an error at an event of the calls of an operation, and how often it did."""
    raised: list[str] = []

    def told(_: Observer, about: Any, *rest: object) -> None:
        if about.operation == operation:
            raised.append(event)
            raise error

    made: Any = type("Raising", (Observer,), {event: told})
    return made(), raised


EVENTS = ("call_began", "call_ended", "attempt_began", "attempt_ended", "attempt_judged")


async def _wait(client: MatillionClient) -> None:
    run = await client.pipeline_executions.run("Project 1", **RUN)
    await run.wait()


async def _gathered(client: MatillionClient) -> None:
    runs = [await client.pipeline_executions.run("Project 1", **RUN) for _ in range(4)]
    async for _ in client.pipeline_executions.watch(runs):
        pass


async def _start(client: MatillionClient) -> None:
    await client.pipeline_executions.run("Project 1", **RUN, execution_tag="a", attach=True)


async def _agent(client: MatillionClient) -> None:
    await (await client.ai_agent_tasks.run("Project 1", message="a")).wait()


async def _publish(client: MatillionClient) -> None:
    folder = Path(__file__).parent
    await client.artifacts.publish(
        "Project 1",
        folder,
        version_name="1",
        environment_name="Environment 1",
        exclude="__pycache__",
    )


WORK: list[tuple[str, Callable[[MatillionClient], Awaitable[None]]]] = [
    ("projects.list", _wait),
    ("pipeline_executions.status", _wait),
    ("pipeline_executions.get", _wait),
    ("pipeline_executions.list", _gathered),
    ("pipeline_executions.start", _start),
    ("ai_agent_tasks.get", _agent),
    ("artifacts.upload", _publish),
]


@pytest.mark.parametrize("made", PASSING, ids=lambda made: type(made()).__name__)
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(("operation", "work"), WORK)
async def test_what_an_observer_raises_is_raised_once(
    operation: str,
    work: Callable[[MatillionClient], Awaitable[None]],
    event: str,
    made: Callable[[], MatillionError],
) -> None:
    """It is not waited through, and nothing is looked up or sent again for it; its message stays what it was."""
    error = made()
    observer, raised = raising(event, error, operation)
    async with Sandbox(projects=1).client(observers=[observer]) as client:
        with pytest.raises(type(error)) as caught:
            await work(client)
    assert [event] == raised
    assert ("of the caller", []) == (caught.value.message, caught.value.advice)


@pytest.mark.parametrize("made", PASSING, ids=lambda made: type(made()).__name__)
async def test_what_on_update_raises_ends_the_wait(made: Callable[[], MatillionError]) -> None:
    """Of a run, and of a task of an agent."""
    error = made()
    told: list[object] = []

    def on_update(update: object) -> None:
        told.append(update)
        raise error

    async with Sandbox(projects=1).client() as client:
        run = await client.pipeline_executions.run("Project 1", **RUN)
        task = await client.ai_agent_tasks.run("Project 1", message="a")
        waits: tuple[Any, ...] = (run.wait, task.wait)
        for number, wait in enumerate(waits, start=1):
            with pytest.raises(type(error), match="of the caller"):
                await wait(on_update=on_update)
            assert number == len(told)


async def test_the_trouble_that_it_is_told_of_may_be_what_it_raises() -> None:
    """Whoever does not want to wait through failures of the server raises what it is told."""

    def on_update(update: Any) -> None:
        if update.trouble is not None:
            raise update.trouble

    sandbox = Sandbox(projects=1, faults="pipeline_executions.list:503")
    async with sandbox.client(retry=None) as client:
        runs = [await client.pipeline_executions.run("Project 1", **RUN) for _ in range(4)]
        waits = [run.wait(on_update=on_update) for run in runs]
        ended = await asyncio.gather(*waits, return_exceptions=True)
    assert [ServerError] * 4 == [type(each) for each in ended]


@pytest.mark.parametrize("made", PASSING, ids=lambda made: type(made()).__name__)
async def test_what_on_decision_raises_ends_the_wait(made: Callable[[], MatillionError]) -> None:
    """It is asked once, and its failure is not taken for one of the task."""
    error = made()
    asked = 0

    async def on_decision(_: object) -> list[Any]:
        nonlocal asked
        asked += 1
        raise error

    sandbox = Sandbox(projects=1, agent_work=AgentWork(asks_for=("x",)))
    async with sandbox.client() as client:
        task = await client.ai_agent_tasks.run("Project 1", message="a")
        with pytest.raises(type(error), match="of the caller"):
            await task.wait(on_decision=on_decision)
    assert 1 == asked


async def test_what_an_observer_of_a_renewal_raises_ends_the_wait() -> None:
    """Although a failure of the token endpoint would be waited through."""

    class Told(Observer):
        raised = 0

        def renewal_began(self) -> None:
            if sandbox.stats.operations["pipeline_executions.status"]:
                self.raised += 1
                raise APIConnectionError("of the caller")

    told = Told()
    sandbox = Sandbox(projects=1, faults="pipeline_executions.status:revoke-token@2")
    async with sandbox.client(observers=[told]) as client:
        with pytest.raises(APIConnectionError, match="of the caller"):
            await _wait(client)
    assert 1 == told.raised


@pytest.mark.parametrize(
    "made",
    [
        *PASSING[1:],
        lambda: AuthenticationError("of the caller"),
        lambda: PagingError("of the caller"),
    ],
    ids=lambda made: type(made()).__name__,
)
async def test_what_a_transport_raises_is_no_response_of_the_api(
    made: Callable[[], MatillionError],
) -> None:
    """One that asks another client, say: it gave no response, whatever the reason, and the reason is told."""
    error = made()

    class Failing:
        sent = 0

        async def send(self, _: Request) -> Response:
            self.sent += 1
            raise error

        async def aclose(self) -> None: ...

    transport = Failing()
    client = scripted_client(Script(), transport=transport, retry=RetryPolicy(max_attempts=2))
    async with client:
        client._own_session.connection.tokens.worked = True
        with pytest.raises(APIConnectionError, match=f"{type(error).__name__}: of the caller; the"):
            await client.projects.list()
    assert 2 == transport.sent

"""Observers: told of each call, attempt, wait and renewal, of its beginning and its end."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from matillion_async import (
    APIConnectionError,
    ConfigurationError,
    InvalidRequestError,
    MatillionClient,
    NotFoundError,
    ObservedCall,
    ObservedWait,
    Observer,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Request,
    Response,
    ResponseDecodingError,
)
from matillion_async._observing.observers import install, uninstall
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from tests.matillion_async.scripted import Script, project_page, scripted_client

pytestmark = pytest.mark.virtual_time

OK = httpx.Response(200, json=project_page("a"))
BUSY = httpx.Response(503)
PROJECT = "a0000000-0000-4000-8000-0000000000aa"


class Notes(Observer):
    """Notes what it is told, in the order of it; each end with the number that its beginning gave."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self._numbers = iter(range(1_000_000))

    def _began(self, *about: Any) -> int:
        number = next(self._numbers)
        self.told.append((*about, number))
        return number

    def call_began(self, call: ObservedCall) -> int:
        return self._began("call", call.operation, call.method, call.path_template)

    def call_ended(self, call: ObservedCall, state: Any, outcome: BaseException | None) -> None:
        self.told.append(("call ended", state, type(outcome), call.attempts))

    def attempt_began(self, call: ObservedCall, request: Request) -> int:
        assert request.path_template == call.path_template
        return self._began("attempt", call.operation, call.attempts)

    def attempt_ended(
        self, call: ObservedCall, request: Request, state: Any, outcome: Response | BaseException
    ) -> None:
        assert len(call.timing.requests) == call.attempts
        ended = outcome.status_code if isinstance(outcome, Response) else type(outcome)
        self.told.append(("attempt ended", state, ended))

    def attempt_judged(
        self, call: ObservedCall, ended: Response | Exception, retry_in: float | None, reason: str
    ) -> None:
        self.told.append(("judged", call.attempts, retry_in is None))

    def wait_began(self, wait: ObservedWait) -> int:
        return self._began("wait", wait.kind, wait.id, wait.name)

    def wait_ended(self, wait: ObservedWait, state: Any, outcome: BaseException | None) -> None:
        self.told.append(("wait ended", state, wait.status, type(outcome)))

    def renewal_began(self) -> int:
        return self._began("renewal")

    def renewal_ended(self, state: Any, outcome: BaseException | None) -> None:
        self.told.append(("renewal ended", state, type(outcome)))

    def of(self, *kinds: str) -> list[tuple[Any, ...]]:
        return [each for each in self.told if each[0] in kinds]


NONE = type(None)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def installed() -> Iterator[Notes]:
    """One that is told of all clients."""
    observer = Notes()
    install(observer)
    yield observer
    uninstall(observer)


def client(*steps: Any, **options: Any) -> MatillionClient:
    return scripted_client(Script(*steps), **options)


async def test_a_call_with_a_retry(notes: Notes) -> None:
    """A call holds its renewal and its attempts, each of which is judged once it has ended."""
    async with client(BUSY, OK, observers=[notes]) as one:
        await one.environments.list(PROJECT, page=0)
    path = "/v1/projects/{projectId}/environments"
    assert [
        ("call", "environments.list", "GET", path, 0),
        ("renewal", 1),
        ("renewal ended", 1, NONE),
        ("attempt", "environments.list", 1, 2),
        ("attempt ended", 2, 503),
        ("judged", 1, False),
        ("attempt", "environments.list", 2, 3),
        ("attempt ended", 3, 200),
        ("judged", 2, True),
        ("call ended", 0, NONE, 2),
    ] == notes.told


async def test_a_call_of_any_path_has_no_template(notes: Notes) -> None:
    """Values would be in it."""
    async with client(httpx.Response(204), observers=[notes]) as one:
        await one.request("DELETE", "/v1/x/y", params={"a": 1})
    assert [("call", "DELETE /v1/x/y", "DELETE", None, 0)] == notes.of("call")
    assert [("call ended", 0, NONE, 1)] == notes.of("call ended")


async def test_a_plain_function_is_a_call(notes: Notes) -> None:
    """Its operation and its template are known."""
    from matillion_api.api.projects import list_projects

    async with client(OK, observers=[notes]) as one:
        await list_projects.asyncio(client=one.api)
    assert [("call", "projects.list", "GET", "/v1/projects", 0)] == notes.of("call")


@pytest.mark.parametrize(
    ("step", "error", "ended"),
    [
        (httpx.Response(404), NotFoundError, 404),
        (httpx.Response(200, text="no"), ResponseDecodingError, 200),
        (httpx.ReadError("gone"), APIConnectionError, APIConnectionError),
    ],
)
async def test_a_call_that_fails(
    notes: Notes, step: Any, error: type[Exception], ended: object
) -> None:
    """Its end has the error that is raised; a response of any status is the end of an attempt, not its failure."""
    async with client(step, observers=[notes], retry=None) as one:
        with pytest.raises(error):
            await one.projects.list()
    assert [("attempt ended", 2, ended)] == notes.of("attempt ended")
    assert [("call ended", 0, error, 1)] == notes.of("call ended")


async def test_a_call_that_is_cancelled(notes: Notes) -> None:
    """Whatever had begun has ended."""

    class Hanging:
        async def send(self, request: Request) -> Response:
            await asyncio.sleep(1000)
            raise AssertionError

        async def aclose(self) -> None:
            pass

    async with client(observers=[notes], transport=Hanging(), timeout=2000) as one:
        task = asyncio.ensure_future(one.projects.list())
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
    assert [
        ("attempt ended", 2, asyncio.CancelledError),
        ("call ended", 0, asyncio.CancelledError, 1),
    ] == notes.told[-2:]


async def test_arguments_that_are_refused_are_no_call(notes: Notes) -> None:
    """Nothing was sent."""
    async with client(OK, observers=[notes]) as one:
        with pytest.raises(InvalidRequestError):
            await one.projects.delete("..")
    assert [] == notes.told


async def test_installed_observers_are_told_of_clients_that_there_are() -> None:
    """From now on, and until they are taken out: of what they saw begin they see the end."""
    notes = Notes()
    async with client(OK) as one:
        await one.projects.list()
        install(notes)
        await one.projects.list()
        assert ["call", "attempt", "attempt ended", "judged", "call ended"] == [
            each[0] for each in notes.told
        ]
        call = asyncio.ensure_future(one.projects.list())
        await asyncio.sleep(0)
        uninstall(notes)
        await call
        assert ("call ended", 2, NONE, 1) == notes.told[-1]
        told = len(notes.told)
        await one.projects.list()
    assert told == len(notes.told)


async def test_an_installed_observer_is_not_told_what_one_of_the_client_is_told(
    notes: Notes, installed: Notes
) -> None:
    """Of the same class; else each span would be there twice."""
    async with client(OK, observers=[notes]) as one:
        await one.projects.list()
        assert [] == installed.told
        assert notes.told
        await one.with_options(observers=()).projects.list()
    assert installed.told


async def test_an_observer_that_raises_ends_the_call_and_the_others_know() -> None:
    """At the beginning and at the end; what had begun for another one ends for it."""

    class Broken(Observer):
        def __init__(self, when: str) -> None:
            self._when = when

        def call_began(self, call: ObservedCall) -> None:
            if self._when == "began":
                raise ZeroDivisionError

        def call_ended(self, call: ObservedCall, state: Any, outcome: BaseException | None) -> None:
            if self._when == "ended":
                raise ZeroDivisionError

    for when in ("began", "ended"):
        notes = Notes()
        async with client(OK, observers=[notes, Broken(when)]) as one:
            with pytest.raises(ZeroDivisionError):
                await one.projects.list()
        assert 1 == len(notes.of("call ended"))


@pytest.mark.parametrize(
    "when", ["attempt_began", "attempt_ended", "renewal_began", "renewal_ended"]
)
@pytest.mark.parametrize("works", [True, False])
async def test_an_observer_that_raises_over_a_token(
    caplog: pytest.LogCaptureFixture, when: str, works: bool
) -> None:
    """It is no failure of the token endpoint, which would be waited through: each call that waits ends with it."""

    def broken(self: Observer, *about: Any) -> None:
        if not is_mended and (when.startswith("renewal") or about[0].operation == "token"):
            raise ZeroDivisionError(str(about))

    is_mended = False
    faults = [] if works else [Fault(target="token", status=503, times=2)]
    observer = type("Broken", (Observer,), {when: broken})()
    async with Sandbox(projects=1, faults=faults).client(observers=[observer]) as one:
        calls = [one.projects.list() for _ in range(3)]
        for error in await asyncio.gather(*calls, return_exceptions=True):
            assert isinstance(error, ZeroDivisionError)
            assert "in broken" in error.__notes__[0]
            # Whose frames hold the form with the secret, or the token.
            frames = {frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)}
            assert {"broken", "fetch", "_post", "fetch_token"}.isdisjoint(frames)
            assert error.__context__ is error.__cause__ is None
        assert 0 == asyncio.get_running_loop().time()
        assert "an observer failed (ZeroDivisionError)" in caplog.text
        is_mended = True
        assert 1 == len(await one.projects.list().all())


async def test_a_token_that_is_fetched_is_a_renewal_with_an_attempt(notes: Notes) -> None:
    """By the sandbox's token endpoint, and once for all calls."""
    async with Sandbox(projects=1).client(observers=[notes]) as one:
        await asyncio.gather(*(one.projects.list() for _ in range(5)))
    renewal = [each for each in notes.told if "token" in each or each[0].startswith("renewal")]
    assert ["renewal", "attempt", "renewal ended"] == [each[0] for each in renewal]
    assert 1 + 5 == len(notes.of("attempt ended"))


async def test_a_renewal_that_fails(notes: Notes) -> None:
    """Its end has the error, and so has that of its request."""
    sandbox = Sandbox(projects=1)
    async with sandbox.client(observers=[notes], client_secret="wrong") as one:
        with pytest.raises(Exception, match="401"):
            await one.projects.list()
    (ended,) = notes.of("renewal ended")
    assert "AuthenticationError" == ended[2].__name__
    assert [401] == [each[2] for each in notes.of("attempt ended")]


async def test_a_wait_for_a_run(notes: Notes) -> None:
    """One for all the calls that it takes, with the status that it ended with."""
    sandbox = Sandbox(
        projects=1,
        pipelines=[Pipeline("good", seconds=20), Pipeline("bad", seconds=5, outcome="FAILED")],
    )
    async with sandbox.client(observers=[notes]) as one:
        project = (await one.projects.list())[0].id
        environment = (await one.environments.list(project))[0].name

        async def run(name: str) -> Any:
            return await one.pipeline_executions.run(
                project, pipeline_name=name, environment_name=environment
            )

        good, bad = await run("good"), await run("bad")
        with pytest.raises(PipelineRunTimeoutError):
            await good.wait(timeout=1)
        await good.wait()
        with pytest.raises(PipelineRunFailed):
            await bad.wait()
    assert [
        ("wait", "pipeline_execution", good.id, "good"),
        ("wait", "pipeline_execution", good.id, "good"),
        ("wait", "pipeline_execution", bad.id, "bad"),
    ] == [each[:-1] for each in notes.of("wait")]
    assert [
        ("RUNNING", PipelineRunTimeoutError),
        ("SUCCESS", NONE),
        ("FAILED", PipelineRunFailed),
    ] == [each[2:] for each in notes.of("wait ended")]


@pytest.mark.parametrize("odd", [1, "text", [1], Notes, [Notes], Notes(), None])
def test_what_is_no_observer_is_refused(odd: Any) -> None:
    """When the client is made, and with other options."""
    with pytest.raises(ConfigurationError, match=r"observers must be"):
        client(OK, observers=odd)
    with pytest.raises(ConfigurationError, match=r"observers must be"):
        client(OK).with_options(observers=odd)


async def test_several_observers_are_told_in_turn() -> None:
    """The last one is told of an end first, as what begins last ends first."""
    order: list[str] = []

    class Named(Observer):
        def __init__(self, name: str) -> None:
            self._name = name

        def call_began(self, call: ObservedCall) -> None:
            order.append(f"{self._name} began")

        def call_ended(self, call: ObservedCall, state: Any, outcome: BaseException | None) -> None:
            order.append(f"{self._name} ended")

    async with client(OK, observers=(Named(name) for name in "ab")) as one:
        await one.with_options(timeout=5).projects.list()
    assert ["a began", "b began", "b ended", "a ended"] == order

"""Numbers and booleans that callers give: no value that cannot be meant is accepted in silence, by any public function."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("opentelemetry", reason="only development needs it")

import matillion_async
from matillion_async import (
    AiohttpTransport,
    ConfigurationError,
    InvalidRequestError,
    Limiter,
    MatillionClient,
    MatillionError,
    RetryPolicy,
    Token,
    _groups,
    otel,
    plan_artifact,
    sandbox,
)
from matillion_async.otel import MatillionInstrumentor, OpenTelemetryObserver
from matillion_async.sandbox import AgentWork, Fault, Pipeline, Sandbox, VirtualTimeLoop, serve
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
VERSION: dict[str, Any] = {"version_name": "1", "environment_name": "Test"}
STATUS: dict[str, Any] = {"status": 500}
PIPELINE: dict[str, Any] = {"pipeline_name": "a", "environment_name": "b", "execution_tag": "c"}
Call = Callable[[MatillionClient, dict[str, Any]], Any]


def _advance(_: MatillionClient, given: dict[str, Any]) -> None:
    loop = VirtualTimeLoop()
    try:
        loop.advance(**given)
    finally:
        loop.close()


async def _serve(_: MatillionClient, given: dict[str, Any]) -> None:
    async with serve(Sandbox(), **given):
        raise AssertionError


async def _follow(client: MatillionClient, given: dict[str, Any]) -> None:
    async for _ in client.ai_agent_tasks.attach(PROJECT).follow(**given):
        raise AssertionError


async def _made(call: Call, client: MatillionClient, given: dict[str, Any]) -> None:
    made = call(client, given)
    if isinstance(made, Awaitable):
        await made


CALLS: dict[str, Call] = {
    "AgentRun.follow": _follow,
    "AgentRun.wait": lambda c, given: c.ai_agent_tasks.attach(PROJECT).wait(**given),
    "AgentWork": lambda _, given: AgentWork(**given),
    "AiAgentTasks.run": lambda c, given: c.ai_agent_tasks.run(PROJECT, message="a", **given),
    "AiohttpTransport": lambda _, given: AiohttpTransport(**given),
    "Artifacts.publish": lambda c, given: c.artifacts.publish(PROJECT, ".", **VERSION, **given),
    "Fault": lambda _, given: Fault(**{**STATUS, **given}),
    "Limiter": lambda _, given: Limiter(**given),
    "MatillionClient": lambda _, given: scripted_client(Script(), **given),
    "MatillionClient.bulk": lambda c, given: c.bulk(c.environments.list, [], **given),
    "MatillionClient.request": lambda c, given: c.request("GET", "/v1/projects", **given),
    "MatillionInstrumentor.instrument": lambda _, given: MatillionInstrumentor().instrument(
        **given
    ),
    "OpenTelemetryObserver": lambda _, given: OpenTelemetryObserver(**given),
    "Pipeline": lambda _, given: Pipeline("a", **given),
    "PipelineExecutions.run": lambda c, given: c.pipeline_executions.run(
        PROJECT, **PIPELINE, **given
    ),
    "PipelineExecutions.watch": lambda c, given: c.pipeline_executions.watch(**given),
    "RetryPolicy": lambda _, given: RetryPolicy(**given),
    "Run.cancel": lambda c, given: c.pipeline_executions.attach(PROJECT, "a").cancel(**given),
    "Run.wait": lambda c, given: c.pipeline_executions.attach(PROJECT, "a").wait(**given),
    "Sandbox": lambda _, given: Sandbox(**given),
    "Schedules.change": lambda c, given: c.schedules.change(PROJECT, "a", **given),
    "Schedules.disable": lambda c, given: c.schedules.disable(PROJECT, "a", **given),
    "Schedules.enable": lambda c, given: c.schedules.enable(PROJECT, "a", **given),
    "SharedPipelineArtifacts.publish": lambda c, given: c.shared_pipeline_artifacts.publish(
        ".", version_name="1", **given
    ),
    "Token": lambda _, given: Token("a", **given),
    "VirtualTimeLoop.advance": _advance,
    "plan_artifact": lambda _, given: plan_artifact(".", **VERSION, **given),
    "serve": _serve,
}
"""Each public function with an argument that is a number or a boolean, given it alone."""

NOT_ASKED = {
    "AiAgentTasks.messages",  # as generated, which bounds it
    "Bulk",  # made by client.bulk
    "DirectoryIntegration.replace_user",  # fields of a body, as of all generated methods
    "Run",  # made by run and attach
    "RunWatch",
    "Request",  # made by the client, for a transport
    "Response",  # has a test of its own
    "RetryPolicy.backoff",
    "Schedules.update",
    "UnreadableRow",
}
TOLD = re.compile(
    r"(Update|Progress|Stats|Done|Failed|Unfinished|Request|Response|File)$"
    r"|^(Published|Attempt$|Timing$|Problem$|Observer$)"
)
"""Names of what is told to users; no user makes one."""

WRONG: dict[str, tuple[Any, ...]] = {
    "bool": ("no", "True", 0, 1, 2.5, [True]),
    "int": (-1, True, "3", 2.5, math.nan),
    "float": (-1, -0.5, True, "3", math.nan, timedelta(seconds=3)),
}
MAY_BE = {
    ("AiohttpTransport", "verify"),  # has a test of its own
    ("Sandbox", "seed"),  # any integer is one
    ("Sandbox", "projects"),  # or names
}


def _public() -> Iterator[tuple[str, str, str]]:
    """Each argument of a number or boolean: the function's name, its own, and its annotation."""
    modules = [matillion_async, sandbox, otel]
    folder = Path(str(_groups.__file__)).parent
    named = [(module, name) for module in modules for name in module.__all__]
    for path in folder.glob("*.py"):
        module: ModuleType = __import__(f"{_groups.__name__}.{path.stem}", fromlist=["*"])
        named += [
            (module, name)
            for name, each in vars(module).items()
            if inspect.isclass(each)
            and each.__module__ == module.__name__
            and not name.startswith("_")
        ]
    for module, name in dict.fromkeys(named):
        each: Any = getattr(module, name)
        if not callable(each) or TOLD.search(name):
            continue
        if inspect.isclass(each) and issubclass(each, BaseException):
            continue
        found = {name: each}
        if inspect.isclass(each):
            methods = {key: value for key, value in vars(each).items() if key[0] != "_"}
            found |= {f"{name}.{key}": value for key, value in methods.items() if callable(value)}
        for path, function in found.items():
            try:
                parameters = inspect.signature(function).parameters.values()
            except ValueError:
                continue
            for each_one in parameters:
                yield path, each_one.name, str(each_one.annotation)


def _rows() -> list[tuple[str, str, str]]:
    return [
        (path, name, annotation)
        for path, name, annotation in dict.fromkeys(_public())
        if re.match(r"^(bool|int|float)\b", annotation)
        and path not in NOT_ASKED
        and (path, name) not in MAY_BE
        and not path.startswith("Limiter.")  # which the client calls
    ]


def _id(row: object) -> str | None:
    return str(row) if not isinstance(row, tuple) else None


@pytest.mark.parametrize(("path", "name", "annotation"), _rows(), ids=_id)
async def test_it_is_one_error_that_names_the_argument_and_the_value(
    path: str, name: str, annotation: str
) -> None:
    """Before anything is sent or made."""
    script = Script()
    kind = re.split(r"\W", annotation)[0]
    wrong = [*WRONG[kind], *([] if "None" in annotation or "Unset" in annotation else [None])]
    if path == "Token":  # any other number counts as none
        wrong = [value for value in wrong if not isinstance(value, float) and value != -1]
    async with scripted_client(script) as client:
        for value in wrong:
            with pytest.raises((MatillionError, ValueError)) as caught:
                await _made(CALLS[path], client, {name: value})
            text = str(caught.value)
            assert (
                isinstance(caught.value, ConfigurationError | InvalidRequestError)
                or path == "Token"
            )
            assert re.search(rf"\b{name} must be (True|an integer|a number)", text), text
            assert repr(value) in text
            assert "\n" not in text
    assert [] == script.requests


@pytest.mark.parametrize(
    ("path", "name", "annotation"), [row for row in _rows() if row[2][0] in "if"], ids=_id
)
async def test_an_integer_that_no_float_can_hold(path: str, name: str, annotation: str) -> None:
    """Such as 10**400, with which nothing can be reckoned, or -10**5000, which cannot even be written."""
    wrong = -(10**5000) if annotation.startswith("int") else 10**5000
    async with scripted_client(Script()) as client:
        with pytest.raises((MatillionError, ValueError)) as caught:
            await _made(CALLS[path], client, {name: wrong})
    assert re.search(
        rf"\b{name} must be an? (integer|number).*, not an integer of 16610 bits", str(caught.value)
    )


PUBLISH: dict[str, Any] = {"folder": ".", **VERSION}


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda c: c.artifacts.publish(PROJECT, **PUBLISH, exclude=5),
            "exclude must be a string, or an iterable of strings, not int",
        ),
        (
            lambda c: c.artifacts.publish(PROJECT, **PUBLISH, exclude=["a", 5]),
            "exclude must be a string, or an iterable of strings, not of int",
        ),
        (
            lambda c: c.artifacts.publish(PROJECT, **PUBLISH, allow_secrets=None),
            "allow_secrets must be a string, or an iterable of strings, not NoneType",
        ),
        (
            lambda c: c.ai_agent_tasks.run(PROJECT, message="a", granted_permissions="tool"),
            "granted_permissions must be an iterable of strings, not a single string",
        ),
        (
            lambda c: c.ai_agent_tasks.run(PROJECT, message="a", granted_permissions=[5]),
            "granted_permissions must be an iterable of strings, not of int",
        ),
        (
            lambda c: c.ai_agent_tasks.run(PROJECT, message=5),
            "ai_agent_tasks.run: message must be a string, not int",
        ),
        (
            lambda c: c.ai_agent_tasks.attach("a").decide(5),
            "decisions must be a list of decisions, not int",
        ),
        (
            lambda c: c.ai_agent_tasks.attach("a").decide({"type": "a"}),
            "decisions must be a list of decisions, not dict",
        ),
        (
            lambda c: c.ai_agent_tasks.attach("a").wait(on_decision=5),
            "on_decision must be a function made by async def, not int",
        ),
        (
            lambda c: _follow(c, {"on_decision": 5}),
            "on_decision must be a function made by async def, not int",
        ),
        (lambda _: Token(5), "an access token must be a non-empty string"),  # type: ignore[arg-type]
        (lambda _: AgentWork(says=5), "says must be an iterable of strings, not int"),  # type: ignore[arg-type]
        (lambda _: Pipeline(5), "a pipeline needs a name"),  # type: ignore[arg-type]
        (lambda _: Pipeline("a", message=5), "message must be a string, not int"),  # type: ignore[arg-type]
        (lambda _: Fault(status=503, target=5), "target must be a string, not int"),  # type: ignore[arg-type]
        (lambda _: Fault(status=429, retry_after=30), "retry_after must be a string, not int"),  # type: ignore[arg-type]
        (lambda _: Fault(status=503, body=b""), "body must be a string, not bytes"),  # type: ignore[arg-type]
        (lambda c: _serve(c, {"host": 5}), "host must be a string, not int"),
        (
            lambda c: _serve(c, {"allowed_hosts": 5}),
            "allowed_hosts must be an iterable of strings, not int",
        ),
        (
            lambda _: serve(Sandbox).__aenter__(),  # type: ignore[arg-type]
            "serve: sandbox must be a Sandbox, not the class",
        ),
        (lambda _: Pipeline("a", steps=5), "steps must be an iterable of strings, not int"),  # type: ignore[arg-type]
    ],
)
async def test_what_is_of_another_kind_is_refused(call: Callable[[Any], Any], told: str) -> None:
    """By one error that says what to give, and no TypeError of some line inside; nothing is sent."""
    script = Script()
    async with scripted_client(script) as client:
        with pytest.raises((MatillionError, ValueError), match=re.escape(told)):
            await _made(lambda c, _: call(c), client, {})
    assert [] == script.requests


async def test_a_function_that_decides_is_awaited() -> None:
    """One that is not is refused when it is asked; what it decided is not lost in a TypeError."""

    def decide(_: object) -> list[Any]:
        return []

    sandbox = Sandbox(projects=1, agent_work=AgentWork(asks_for=("x",)))
    async with sandbox.client() as client:
        task = await client.ai_agent_tasks.run("Project 1", message="a")
        told = "on_decision must be a function made by async def, not one that returns list"
        with pytest.raises(InvalidRequestError, match=told):
            await task.wait(on_decision=decide)  # type: ignore[arg-type]  # pyright: ignore

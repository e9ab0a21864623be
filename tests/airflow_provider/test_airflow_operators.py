"""The operators and the sensor, without a database: what they start, attach to, cancel, tell, and wait for."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.exceptions import AirflowException, AirflowTaskTimeout, TaskDeferred

from matillion_async import ConfigurationError
from matillion_async.airflow import (
    MatillionAgentTaskOperator,
    MatillionHook,
    MatillionPublishArtifactOperator,
    MatillionRunPipelineOperator,
    MatillionRunSensor,
    _starting,
)
from matillion_async.airflow._names import AirflowSensorTimeout, ResumableJobMixin
from matillion_async.airflow.run_pipeline import tag_of
from matillion_async.airflow.triggers import RunTrigger
from matillion_async.sandbox import AgentWork, Sandbox
from tests.airflow_provider.surroundings import connection, served

KEEPS_IDS = ResumableJobMixin.__module__.startswith("airflow.sdk")
"""Whether this Airflow keeps ids from one try to the next."""
needs_ids = pytest.mark.skipif(not KEEPS_IDS, reason="as from Airflow 3.3 on")
Context = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("server")


def operator(pipeline_name: str = "daily.orch.yaml", **options: Any) -> Any:
    """One that runs a pipeline, and waits in the worker."""
    names: dict[str, Any] = {
        "project": "Sales",
        "environment_name": "Environment 1",
        "deferrable": False,
    }
    return MatillionRunPipelineOperator(
        task_id="load", pipeline_name=pipeline_name, **(names | options)
    )


def starts(sandbox: Sandbox) -> int:
    """How many runs were started."""
    return sandbox.stats.statuses[201]


def status(execution_id: str) -> str:
    """Where a run is."""
    hook = MatillionHook()
    try:
        project = hook.run(lambda client: client.projects.find("Sales"))
        return hook.run(
            lambda client: client.pipeline_executions.attach(project.id, execution_id).status()
        )
    finally:
        hook.close()


def deferred(made: Any, context: dict[str, Any]) -> RunTrigger:
    """The trigger that an operator waits with."""
    with pytest.raises(TaskDeferred) as raised:
        made.execute(context)
    assert "execute_complete" == raised.value.method_name
    assert raised.value.timeout is None, "the deadline is the trigger's, which cancels the run"
    trigger: RunTrigger = raised.value.trigger
    return trigger


@contextmanager
def after(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Do something in the middle of what goes on, as a signal does."""
    signal.signal(signal.SIGALRM, lambda *_: act())
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_a_run_in_the_worker(context: Context, sandbox: Sandbox) -> None:
    """It gives the id, tells where it is, and takes one token."""
    first = context()
    execution_id = operator().execute(first)
    assert "SUCCESS" == status(execution_id)
    xcoms = first["ti"].xcoms
    assert {"execution_id", "project_id", "url"} == set(xcoms)
    assert execution_id == xcoms["execution_id"]
    assert xcoms["url"].endswith(execution_id)


def test_a_run_in_the_triggerer(context: Context, sandbox: Sandbox) -> None:
    """XComs are pushed before it waits; the event of its trigger is its end."""
    first = context()
    made = operator(deferrable=True)
    trigger = deferred(made, first)
    assert trigger.execution_id == first["ti"].xcoms["execution_id"]
    assert trigger.deadline is None

    async def event() -> Any:
        return (await anext(aiter(trigger.run()))).payload

    assert trigger.execution_id == made.execute_complete(context(), asyncio.run(event()))


def test_airflow_says_where_operators_wait() -> None:
    """Its setting, which the environment of these tests has."""
    assert MatillionRunPipelineOperator(
        task_id="load", project="Sales", pipeline_name="a", environment_name="b"
    ).deferrable


def test_mapped_tasks() -> None:
    """Arguments of all its classes can be mapped over."""
    names = {"task_id": "load", "project": "Sales", "environment_name": "b"}
    partial = MatillionRunPipelineOperator.partial(**names, timeout=5, retries=2)
    assert "load" == partial.expand(pipeline_name=["a", "b"], deferrable=[True, False]).task_id
    with pytest.raises(TypeError, match="unexpected keyword argument 'pipeline'"):
        MatillionRunPipelineOperator.partial(**names).expand(pipeline=["a", "b"])


def test_a_run_that_is_not_waited_for(context: Context) -> None:
    """The task ends once it has started."""
    execution_id = operator("long.orch.yaml", wait_for_completion=False).execute(context())
    assert "RUNNING" == status(execution_id)


def test_a_run_that_fails(context: Context) -> None:
    """The error says what has failed, and is one that Airflow tries again after."""
    with pytest.raises(AirflowException, match="this pipeline of the sandbox always fails"):
        operator("fail.orch.yaml").execute(context())


def test_a_pipeline_that_is_not_there(context: Context) -> None:
    """What the API refuses is an error of Airflow with the API's words."""
    with pytest.raises(AirflowException, match="'Sal'"):
        operator(project="Sal").execute(context())


@pytest.mark.parametrize("event", [None, {}, {"outcome": "done"}, "ended", {"status": "SUCCESS"}])
def test_an_unknown_event(context: Context, event: Any) -> None:
    """An event of another version, or none, is never a success."""
    with pytest.raises(AirflowException, match="not one of its own"):
        operator().execute_complete(context(), event)


@pytest.mark.parametrize("limit", [{"timeout": 1}, {"timeout": timedelta(seconds=1)}])
def test_a_run_out_of_time(context: Context, limit: dict[str, Any]) -> None:
    """The run is cancelled, and the task fails as one does that is out of time."""
    first = context()
    with pytest.raises(AirflowTaskTimeout, match="it is cancelled"):
        operator("long.orch.yaml", **limit).execute(first)
    assert status(first["ti"].xcoms["execution_id"]) in ("CANCELLING", "CANCELLED")


def test_the_deadline_of_a_deferred_task(context: Context) -> None:
    """The sooner one of both limits, since Airflow does not enforce its own meanwhile."""
    limits = {"timeout": 7200, "execution_timeout": timedelta(hours=1)}
    trigger = deferred(operator("long.orch.yaml", deferrable=True, **limits), context())
    assert trigger.deadline == pytest.approx(time.time() + 3600, abs=60)


@pytest.mark.parametrize("deferrable", [True, False])
def test_a_retry_attaches(context: Context, sandbox: Sandbox, deferrable: bool) -> None:
    """A try after one that has crashed waits for the run that is there, found by its tag where no id is kept."""
    crashed = context(try_number=1, max_tries=2)
    with after(1, _crash), pytest.raises(KeyboardInterrupt):
        operator("long.orch.yaml", retries=2).execute(crashed)
    crashed["task_state_store"].clear()
    execution_id = crashed["ti"].xcoms["execution_id"]
    again = context(try_number=2, max_tries=2)
    made = operator("long.orch.yaml", retries=2, deferrable=deferrable)
    if deferrable:
        assert execution_id == deferred(made, again).execution_id
    else:
        made.timeout = 1
        with pytest.raises(AirflowTaskTimeout):
            made.execute(again)
    assert execution_id == again["ti"].xcoms["execution_id"]
    assert 1 == starts(sandbox)


def _crash() -> None:
    raise KeyboardInterrupt


@needs_ids
def test_a_retry_of_what_is_done(context: Context, sandbox: Sandbox) -> None:
    """A run that ended well while nobody waited is not run again, by the id that Airflow keeps."""
    operator(retries=2).execute(context(try_number=1, max_tries=2))
    again = context(try_number=2, max_tries=2)
    execution_id = operator(retries=2).execute(again)
    assert execution_id == again["ti"].xcoms["execution_id"]
    assert 1 == starts(sandbox)


@needs_ids
def test_a_retry_by_id(context: Context, sandbox: Sandbox) -> None:
    """A run that goes on is found by the id that Airflow keeps, without a look for its tag."""
    first = context(try_number=1, max_tries=2)
    trigger = deferred(operator("long.orch.yaml", retries=2, deferrable=True), first)
    again = context(try_number=2, max_tries=2)
    assert trigger.execution_id == (
        deferred(operator("long.orch.yaml", retries=2, deferrable=True), again).execution_id
    )
    assert 1 == starts(sandbox)
    assert 0 == sandbox.stats.statuses[409]


def test_a_retry_after_a_failure(context: Context, sandbox: Sandbox) -> None:
    """A run that failed is started again."""
    for number in (1, 2):
        with pytest.raises(AirflowException, match="always fails"):
            operator("fail.orch.yaml", retries=2).execute(context(try_number=number, max_tries=2))
    assert 2 == starts(sandbox)


def test_a_retry_while_the_run_before_is_cancelled(context: Context, sandbox: Sandbox) -> None:
    """A run that is about to end as cancelled is none to wait for: it is started again."""
    first = context(try_number=1, max_tries=2)
    with pytest.raises(AirflowTaskTimeout):
        operator("long.orch.yaml", retries=2, timeout=0.5).execute(first)
    again = context(try_number=2, max_tries=2)
    made = operator("long.orch.yaml", retries=2, wait_for_completion=False)
    assert first["ti"].xcoms["execution_id"] != made.execute(again)
    assert 2 == starts(sandbox)


@needs_ids
def test_a_cleared_task_of_a_run_that_goes_on(context: Context, sandbox: Sandbox) -> None:
    """Somebody who clears a task wants another run: the one before is cancelled first, by its id."""
    first = context(try_number=1, max_tries=0)
    execution_id = deferred(operator("long.orch.yaml", deferrable=True), first).execution_id
    cleared = context(try_number=2, max_tries=1)
    made = operator("long.orch.yaml", wait_for_completion=False)
    assert execution_id != made.execute(cleared)
    assert "CANCELLED" == status(execution_id)


@needs_ids
@pytest.mark.parametrize("tries", [{"try_number": 2, "max_tries": 2}, {"try_number": 2}])
def test_an_id_that_is_not_known_any_more(
    context: Context, sandbox: Sandbox, tries: dict[str, int]
) -> None:
    """A run that the API has forgotten is started again, by a retry as well as after a clearing."""
    gone = {
        "project_id": "00000000-0000-4000-8000-000000000001",
        "execution_id": "00000000-0000-4000-8000-000000000000",
    }
    first = context(**tries)
    first["task_state_store"].set("matillion_job", {**gone, "url": "u", "max_tries": 2})
    operator(retries=2).execute(first)
    assert 1 == starts(sandbox)


@needs_ids
def test_a_cleared_task_of_a_run_that_is_done(context: Context, sandbox: Sandbox) -> None:
    """It is run again."""
    operator().execute(context(try_number=1, max_tries=0))
    operator().execute(context(try_number=2, max_tries=1))
    assert 2 == starts(sandbox)


def test_a_cleared_task_whose_run_ends(
    context: Context, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no id is kept, the new try waits until the tag is free, and cancels nothing that may be another's."""
    monkeypatch.setattr(_starting, "_PAUSE", 0.2)
    first = context(try_number=1, max_tries=0)
    made = operator("long.orch.yaml", deferrable=True)
    execution_id = deferred(made, first).execution_id
    first["task_state_store"].clear()
    made.on_kill()
    cleared = context(try_number=2, max_tries=1)
    assert execution_id != operator("long.orch.yaml", wait_for_completion=False).execute(cleared)
    assert sandbox.stats.statuses[409] >= 1


def test_a_cleared_task_whose_run_does_not_end(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not waited for without end, and not joined."""
    monkeypatch.setattr(_starting, "_PAUSE", 0.2)
    monkeypatch.setattr(_starting, "END_SECONDS", 0.5)
    first = context(try_number=1, max_tries=0)
    execution_id = deferred(operator("long.orch.yaml", deferrable=True), first).execution_id
    first["task_state_store"].clear()
    with pytest.raises(AirflowException, match="409"):
        operator("long.orch.yaml").execute(context(try_number=2, max_tries=1))
    assert "RUNNING" == status(execution_id)


def test_a_tag_that_another_task_uses(context: Context, sandbox: Sandbox) -> None:
    """Whoever gives two tasks one tag wants one of them at a time: the first try of the second fails at once."""
    options = {"execution_tag": "sales", "wait_for_completion": False}
    first = context()
    operator("long.orch.yaml", **options).execute(first)
    first["task_state_store"].clear()  # it is that of the other task
    with pytest.raises(AirflowException, match="409"):
        operator("long.orch.yaml", **options).execute(context())
    assert 1 == sandbox.stats.statuses[409]


def test_tags_tell_tasks_apart(context: Context) -> None:
    """All tries of a task have one, which no other task and no other Airflow has."""
    first, other, elsewhere = context(), context(), context()
    again = context(try_number=2, max_tries=2)
    other["ti"].map_index = 1
    elsewhere["dag_run"].start_date = datetime(2026, 3, 1, tzinfo=UTC)
    assert tag_of(first) == tag_of(again)
    assert 3 == len({tag_of(each) for each in (first, other, elsewhere)})
    assert len(tag_of(first)) <= 64


def test_a_task_that_is_killed_in_its_worker(context: Context) -> None:
    """Its run is cancelled, from the middle of the wait."""
    first = context()
    made = operator("long.orch.yaml")
    with after(1.5, made.on_kill), pytest.raises(AirflowException, match="ended with CANCELLED"):
        made.execute(first)


def test_a_task_that_is_killed_before_it_has_started_anything(sandbox: Sandbox) -> None:
    """There is nothing to cancel; and some want nothing cancelled."""
    operator().on_kill()
    made = operator("long.orch.yaml", cancel_on_kill=False)
    made._job = {"project_id": "p", "execution_id": "e"}
    made.on_kill()
    assert 0 == sandbox.stats.arrived


def test_a_kill_that_does_not_get_through(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged, and holds up nobody."""
    made = operator("long.orch.yaml", wait_for_completion=False)
    made.execute(context())
    said: list[str] = []
    monkeypatch.setattr(made.log, "exception", lambda text, *values: said.append(text % values))
    made._job["execution_id"] = "00000000-0000-4000-8000-000000000000"
    made.on_kill()
    assert 1 == len(said)
    assert "could not be cancelled, and goes on" in said[0]


@pytest.mark.parametrize("deferrable", [True, False])
def test_a_sensor(context: Context, deferrable: bool) -> None:
    """A run that has ended takes no triggerer."""
    done = operator().execute(context())
    sensor = MatillionRunSensor(
        task_id="wait", project="Sales", execution_id=done, deferrable=deferrable
    )
    sensor.execute(context())
    first = context()
    first["task_state_store"].clear()
    with pytest.raises(AirflowException):
        operator("fail.orch.yaml").execute(first)
    failed = MatillionRunSensor(
        task_id="wait",
        project=first["ti"].xcoms["project_id"],
        execution_id=first["ti"].xcoms["execution_id"],
        deferrable=deferrable,
    )
    with pytest.raises(AirflowException, match="always fails"):
        failed.execute(context())


def test_a_sensor_in_the_triggerer(context: Context) -> None:
    """It waits with a deadline, and never cancels the run."""
    execution_id = operator("long.orch.yaml", wait_for_completion=False).execute(context())
    sensor = MatillionRunSensor(
        task_id="wait", project="Sales", execution_id=execution_id, timeout=1
    )
    trigger = deferred(sensor, context())
    assert not trigger.cancel_on_kill

    async def event() -> Any:
        return (await anext(aiter(trigger.run()))).payload

    with pytest.raises(AirflowSensorTimeout):
        sensor.execute_complete(context(), asyncio.run(event()))
    assert "RUNNING" == status(execution_id)
    with pytest.raises(AirflowException, match="not one of its own"):
        sensor.execute_complete(context(), {"outcome": "?"})


def test_a_sensor_in_the_worker(context: Context) -> None:
    """It pokes with one client, and gives up at its timeout."""
    execution_id = operator("long.orch.yaml", wait_for_completion=False).execute(context())
    sensor = MatillionRunSensor(
        task_id="wait",
        project="Sales",
        execution_id=execution_id,
        deferrable=False,
        poke_interval=0.2,
        timeout=1,
    )
    with pytest.raises(AirflowSensorTimeout):
        sensor.execute(context())


def test_publishing(context: Context, sandbox: Sandbox, tmp_path: Path) -> None:
    """A folder becomes a version."""
    (tmp_path / "daily.orch.yaml").write_text("type: orchestration\n")
    names: dict[str, Any] = {
        "project": "Sales",
        "environment_name": "Environment 1",
        "version_name": "1.6.0",
    }
    made = MatillionPublishArtifactOperator(
        task_id="publish", folder=tmp_path, branch="main", **names
    )
    assert "1.6.0" == made.execute(context())
    assert 1 == sandbox.stats.operations["artifacts.upload"]
    (tmp_path / ".env").write_text("SECRET=1\n")
    with pytest.raises(AirflowException, match=r"\.env"):
        made.execute(context())


@pytest.mark.parametrize("deferrable", [True, False])
def test_a_task_of_an_agent(
    context: Context, deferrable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is started once, by the id that is kept, and waited for."""
    sandbox = Sandbox(projects=["Sales"], agent_work=AgentWork(seconds=1))
    options: dict[str, Any] = {"deferrable": deferrable, "retries": 2}
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        made = MatillionAgentTaskOperator(
            task_id="document", project="Sales", message="Describe", **options
        )
        first = context(try_number=1, max_tries=2)
        if deferrable:
            task_id = deferred(made, first).serialize()[1]["agent_task_id"]
        else:
            task_id = made.execute(first)
        assert task_id == first["ti"].xcoms["agent_task_id"]
        if KEEPS_IDS:
            made.deferrable = False
            assert task_id == made.execute(context(try_number=2, max_tries=2))
            made.wait_for_completion = False
            assert task_id != made.execute(context(try_number=2, max_tries=3)), "it was cleared"


def test_a_task_of_an_agent_that_is_killed(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agent is told to stop."""
    sandbox = Sandbox(projects=["Sales"], agent_work=AgentWork(seconds=3600))
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        made = MatillionAgentTaskOperator(
            task_id="document", project="Sales", message="Describe", wait_for_completion=False
        )
        made.execute(context())
        made.on_kill()
    assert 1 == sandbox.stats.operations["ai_agent_tasks.stop"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"wait_for_completion": "no"}, "wait_for_completion must be True or False, not 'no'"),
        ({"deferrable": "False"}, "deferrable must be True or False, not 'False'"),
        ({"cancel_on_kill": 0}, "cancel_on_kill must be True or False, not 0"),
        ({"timeout": -1}, "timeout must be a number of seconds, more than 0, not -1"),
        ({"timeout": timedelta(0)}, "timeout must be a number of seconds, more than 0, not 0.0"),
        ({"timeout": "{{ params.timeout }}"}, "timeout must be a number of seconds"),
        ({"poll_interval": float("nan")}, "poll_interval must be a number of seconds"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_the_dag_is_read(
    options: dict[str, Any], told: str
) -> None:
    """Also a template, which none of these is, and which would count as True; the task is named."""
    with pytest.raises(ConfigurationError, match=f"^load: {re.escape(told)}"):
        operator(**options)
    if "deferrable" in options:
        with pytest.raises(ConfigurationError, match=f"^wait: {re.escape(told)}"):
            MatillionRunSensor(task_id="wait", project="Sales", execution_id="a", **options)

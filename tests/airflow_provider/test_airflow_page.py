"""docs/airflow.md: its DAGs run, from the first task to the last, in Airflow itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from sqlalchemy import text as sql

from matillion_async.airflow import MatillionHook
from matillion_async.sandbox import Sandbox
from tests.airflow_provider.deferred_tasks import IS_OLD, airflow
from tests.airflow_provider.surroundings import HOME

PAGE = Path(__file__).parents[2] / "docs" / "airflow.md"
TEXT = PAGE.read_text(encoding="utf-8")
XCOMS = sql("SELECT task_id, key, value FROM xcom WHERE dag_id = :name")
OLD_NAMES = {
    "from airflow.sdk import dag, task": "from airflow.decorators import dag, task",
    "from airflow.sdk import DAG": "from airflow import DAG",
}


def run(name: str) -> tuple[dict[str, str], dict[tuple[str, str], Any]]:
    """Run a DAG of the page: the states of its tasks, and what they have told."""
    text = re.search(rf"```python\n(# {name}\.py\n.*?)```", TEXT, re.DOTALL)
    assert text is not None
    program = text[1]
    for new, old in OLD_NAMES.items():
        program = program.replace(new, old) if IS_OLD else program
    (HOME / "dags" / f"{name}.py").write_text(program, encoding="utf-8")
    airflow("dags", "test", name, "2026-03-01")
    with create_session() as session:
        runs = session.query(DagRun).filter_by(dag_id=name).all()
        assert 1 == len(runs)
        tasks = session.query(TaskInstance).filter_by(dag_id=name).all()
        told = {(task, key): value for task, key, value in session.execute(XCOMS, {"name": name})}
        states = {each.task_id: str(each.state) for each in tasks}
        assert "success" == str(runs[0].state), states
        return states, told


@pytest.mark.usefixtures("database", "server")
def test_a_dag(sandbox: Sandbox) -> None:
    """The first one runs a pipeline, defers, and looks at its steps."""
    states, told = run("sales")
    assert {"load": "success", "steps": "success"} == states
    assert {"execution_id", "project_id", "url", "return_value"} <= {
        key for task, key in told if task == "load"
    }
    assert "Extract" in str(told["steps", "return_value"])
    assert 1 == sandbox.stats.operations["pipeline_executions.start"]


@pytest.mark.usefixtures("database", "server")
def test_the_others(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one publishes, starts, waits with a sensor, and has an agent at work."""
    monkeypatch.chdir(HOME)
    (HOME / "pipelines").mkdir()
    (HOME / "pipelines" / "daily.orch.yaml").write_text("type: orchestration\n")
    states, _ = run("others")
    assert {"success"} == set(states.values())
    for operation in ("artifacts.upload", "pipeline_executions.start", "ai_agent_tasks.start"):
        assert 1 == sandbox.stats.operations[operation], operation


def test_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variable of the page is a connection."""
    text = re.search(r"AIRFLOW_CONN_MATILLION_DEFAULT='(.*)'", TEXT)
    assert text is not None
    assert json.loads(text[1])
    monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", text[1])
    assert {"client_id", "client_secret", "region"} == set(MatillionHook().settings)

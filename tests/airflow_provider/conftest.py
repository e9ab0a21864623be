"""Airflow itself, in the environments of scripts/airflow; elsewhere nothing of this folder is collected."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from matillion_async.sandbox import Sandbox, Served
from tests.airflow_provider.surroundings import (
    HOME,
    PIPELINES,
    DagRun,
    Store,
    TaskInstance,
    connection,
    prepare,
    served,
)

if find_spec("airflow") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    prepare()


@pytest.fixture(scope="session", autouse=True)
def _home() -> Iterator[None]:
    yield
    shutil.rmtree(HOME)


@pytest.fixture(scope="session")
def database() -> None:
    """Airflow's database, a file."""
    command = [sys.executable, "-m", "airflow", "db", "migrate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def sandbox() -> Sandbox:
    """One project, Sales, with pipelines that end soon and one that does not."""
    return Sandbox(projects=["Sales"], pipelines=PIPELINES)


@pytest.fixture
def server(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The sandbox, to which the default connection leads."""
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        yield server


@pytest.fixture
def context() -> Callable[..., dict[str, Any]]:
    """Makes the context of a try."""
    store = Store()

    def made(**numbers: int) -> dict[str, Any]:
        return {"ti": TaskInstance(**numbers), "dag_run": DagRun(), "task_state_store": store}

    return made

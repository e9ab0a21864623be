"""What the tests with Airflow run in: a home of its own, a sandbox on a port, and what stands in for Airflow's objects."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matillion_async.sandbox import Pipeline, Sandbox, Served, serve

PIPELINES = [
    Pipeline("daily.orch.yaml", seconds=0.2),
    Pipeline("fail.orch.yaml", "FAILED", seconds=0.2),
    Pipeline("long.orch.yaml", seconds=3600),
]
SECONDS = 60.0

HOME = Path(tempfile.gettempdir()) / f"airflow of {os.getpid()}"
SETTINGS = {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(HOME / "dags"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
    "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
    "AIRFLOW__METRICS__TIMER_UNIT_CONSISTENCY": "True",
    "AIRFLOW__OPERATORS__DEFAULT_DEFERRABLE": "True",
    # The next triggerer goes on with the triggers of one that is gone after these seconds.
    "AIRFLOW__TRIGGERER__JOB_HEARTBEAT_SEC": "1",
    "AIRFLOW__TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "5",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}


def prepare() -> None:
    """Set the environment, before Airflow is imported: it reads its settings then."""
    (HOME / "dags").mkdir(parents=True)
    os.environ |= SETTINGS
    for each in [name for name in os.environ if name.startswith("MATILLION_")]:
        del os.environ[each]


@contextmanager
def served(sandbox: Sandbox) -> Iterator[Served]:
    """The sandbox on a loopback port, in a thread of its own."""
    started: list[tuple[Served, asyncio.AbstractEventLoop, asyncio.Event]] = []
    ready = threading.Event()

    async def run() -> None:
        stop = asyncio.Event()
        async with serve(sandbox) as server:
            started.append((server, asyncio.get_running_loop(), stop))
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=[run()])
    thread.start()
    assert ready.wait(SECONDS)
    server, loop, stop = started[0]
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(SECONDS)


def connection(server: Served, **changes: Any) -> str:
    """A connection of Airflow to a sandbox, as the value of an environment variable."""
    environment = server.environment
    fields = {
        "conn_type": "matillion",
        "login": environment["MATILLION_CLIENT_ID"],
        "password": environment["MATILLION_CLIENT_SECRET"],
        "host": environment["MATILLION_BASE_URL"],
        "extra": {"token_url": environment["MATILLION_TOKEN_URL"], "rate_limits": "none"},
    }
    return json.dumps(fields | changes)


class TaskInstance:
    """What operators use of a task instance: its names, its tries and its XComs."""

    def __init__(self, try_number: int = 1, max_tries: int = 0) -> None:
        self.dag_id, self.run_id, self.task_id, self.map_index = "sales", "run", "load", -1
        self.try_number, self.max_tries = try_number, max_tries
        self.stats_tags: dict[str, str] = {}
        self.xcoms: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        """Keep an XCom."""
        self.xcoms[key] = value


class DagRun:
    """What operators use of a DAG run."""

    start_date = None


class Store(dict[str, Any]):
    """What Airflow keeps of a task from one try to the next, from 3.3 on."""

    def set(self, key: str, value: Any) -> None:
        """Keep a value, as JSON."""
        self[key] = json.loads(json.dumps(value))

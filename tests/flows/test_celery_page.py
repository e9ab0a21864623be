"""docs/celery.md: its task and its job, in workers of Celery and RQ with a real server between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matillion_async.sandbox import Served
from tests.flows.programs import Programs, kill_step
from tests.matillion_async.share.real_server import RealServer, running

CELERY = ("celery", "-A", "tasks", "worker", "-c", "1", "--without-gossip", "--without-mingle")
SEND = "from tasks import run_pipeline; run_pipeline.apply_async(['{}.orch.yaml'], **{})"
ENQUEUE = """
from redis import Redis
from rq import Queue, Retry
queue = Queue(connection=Redis(port={port}))
queue.enqueue("jobs.run_pipeline", "{name}.orch.yaml", job_timeout={timeout}, retry=Retry(max={retries}))
"""


@pytest.fixture
def broker() -> Iterator[RealServer]:
    """What the workers get their work from."""
    with running() as server:
        yield server


@pytest.fixture
def programs(server: Served, tmp_path: Path, broker: RealServer) -> Programs:
    """The files of the page, with this broker."""
    programs = Programs(tmp_path, "celery", server, {})
    tasks = tmp_path / "tasks.py"
    text = tasks.read_text(encoding="utf-8")
    assert "127.0.0.1:6379" in text
    tasks.write_text(text.replace("127.0.0.1:6379", f"127.0.0.1:{broker.port}"), encoding="utf-8")
    return programs


def test_celery(programs: Programs) -> None:
    """A task whose worker process is lost is delivered again and attaches; the soft time limit cancels the pipeline."""
    before, asked = len(programs.statuses()), programs.calls("status")
    with programs.running(*CELERY) as worker:
        programs.run("python", "-c", SEND.format("daily", {}))
        programs.until(lambda: programs.calls("status") > asked)
        starts = programs.calls("start")
        kill_step(worker, "celery")
        programs.until(lambda: programs.calls("start") > starts)  # which is refused
        programs.until(lambda: "SUCCESS" in programs.statuses()[before:])
        assert 1 == len(programs.statuses()) - before
        programs.run("python", "-c", SEND.format("endless", {"soft_time_limit": 3}))
        programs.until(lambda: programs.statuses()[before:] == ["SUCCESS", "CANCELLED"])


def test_rq(programs: Programs, broker: RealServer) -> None:
    """A job whose process is lost is tried again and attaches; its timeout cancels the pipeline."""
    before, asked = len(programs.statuses()), programs.calls("status")
    with programs.running("rq", "worker", "--url", broker.url) as worker:
        job = {"port": broker.port, "name": "daily", "timeout": 3700, "retries": 3}
        programs.run("python", "-c", ENQUEUE.format(**job))
        programs.until(lambda: programs.calls("status") > asked)
        starts = programs.calls("start")
        kill_step(worker, "rq")
        programs.until(lambda: programs.calls("start") > starts)  # which is refused
        programs.until(lambda: "SUCCESS" in programs.statuses()[before:])
        assert 1 == len(programs.statuses()) - before
        job = {"port": broker.port, "name": "endless", "timeout": 3, "retries": 1}
        programs.run("python", "-c", ENQUEUE.format(**job))
        programs.until(lambda: programs.statuses()[before:][:2] == ["SUCCESS", "CANCELLED"])

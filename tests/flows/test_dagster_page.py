"""docs/dagster.md: its asset, in runs that Dagster's daemon launches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matillion_async.sandbox import Served
from tests.flows.programs import Programs, kill_step
from tests.repository.pages import ROOT

LAUNCH = ("dagster", "job", "launch", "-f", "sales.py", "-j", "load")
CANCEL = """
import dagster
with dagster.DagsterInstance.get() as instance:
    [run] = instance.get_runs(limit=1)
    assert instance.run_coordinator.cancel_run(run.run_id)  # as the UI does
"""
RUNS = """
import dagster, json
with dagster.DagsterInstance.get() as instance:
    runs = [[each.status.value, each.root_run_id, each.run_id] for each in instance.get_runs()]
    event = instance.get_latest_materialization_event(dagster.AssetKey("daily"))
    made = event.asset_materialization.metadata if event else {}
    print(json.dumps([runs, {name: str(value.value) for name, value in made.items()}]))
"""


@pytest.fixture
def programs(server: Served, tmp_path: Path) -> Programs:
    """The files of the page, with a home of Dagster that tells nobody anything."""
    page = (ROOT / "docs" / "dagster.md").read_text(encoding="utf-8")
    retries = re.search(r"```\n(run_retries:.*?)```", page, re.DOTALL)
    assert retries is not None
    (tmp_path / "home").mkdir()
    sooner = "run_coordinator:\n  module: dagster.core.run_coordinator\n  class: QueuedRunCoordinator\n  config: {dequeue_interval_seconds: 1}\n"
    text = f"{retries[1]}{sooner}telemetry: {{enabled: false}}\n"
    (tmp_path / "home" / "dagster.yaml").write_text(text, encoding="utf-8")
    settings = {
        "DAGSTER_HOME": str(tmp_path / "home"),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DAGSTER_EVENT_LOG_CONSUMER_DAEMON_INTERVAL_SECONDS": "1",
    }
    return Programs(tmp_path, "dagster", server, settings)


@pytest.fixture
def daemon(programs: Programs) -> Iterator[Any]:
    """What launches runs, and those that are tried again."""
    told(programs)  # makes the files, which two processes at once cannot
    with programs.running("dagster-daemon", "run", "-f", "sales.py") as process:
        yield process


def launch(programs: Programs) -> None:
    """Launch a run, and wait until its pipeline is waited for."""
    starts, asked = (programs.calls(each) for each in ("start", "status"))
    programs.run(*LAUNCH)
    programs.until(lambda: programs.calls("start") > starts)
    programs.until(lambda: programs.calls("status") > asked)


def told(programs: Programs) -> Any:
    """Status, first run and id of each run, and the metadata of the asset."""
    return json.loads(programs.run("python", "-c", RUNS))


def test_a_retry_after_a_crash_starts_no_second_run(programs: Programs, daemon: Any) -> None:
    """The step is killed, Dagster retries by another run, and that one goes on with the run that there is."""
    starts = programs.calls("start")
    launch(programs)
    kill_step(daemon)
    programs.until(lambda: programs.printed(" - RUN_SUCCESS - "))
    runs, metadata = told(programs)
    assert 2 == len(runs)
    assert runs[1][2] == runs[0][1]
    assert "SUCCESS" == metadata["status"]
    assert metadata["run"].startswith("https://")
    assert 1 == programs.calls("start") - starts
    assert 0 == programs.calls("cancel")


@pytest.mark.usefixtures("daemon")
def test_a_terminated_run_cancels_its_pipeline(programs: Programs) -> None:
    """Terminating a Dagster run cancels the run at the API, by one call."""
    sales = programs.folder / "sales.py"
    sales.write_text(sales.read_text("utf-8").replace("daily.orch.yaml", "endless.orch.yaml"))
    launch(programs)
    programs.run("python", "-c", CANCEL)
    programs.until(lambda: programs.statuses()[-1] == "CANCELLED")
    assert 1 == programs.calls("cancel")
    programs.until(lambda: programs.printed(" - RUN_CANCELED - "))
    assert "CANCELED" == told(programs)[0][0][0]

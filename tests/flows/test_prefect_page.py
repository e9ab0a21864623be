"""docs/prefect.md: its flow, served by Prefect with a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from matillion_async.sandbox import Served
from tests.flows.programs import Programs, kill_step
from tests.matillion_async.share.real_server import free_port


class Prefect:
    """Its API, as its command line uses it."""

    def __init__(self, programs: Programs, url: str, serving: Any) -> None:
        self.programs = programs
        self.serving = serving
        self.client = httpx.Client(base_url=url, trust_env=False, timeout=30)

    def start(self, **parameters: str) -> str:
        """Start a run of the flow, and wait until its pipeline is waited for: its id."""
        starts, asked = (self.programs.calls(each) for each in ("start", "status"))
        deployment = self.client.get("deployments/name/daily/daily").json()["id"]
        path = f"deployments/{deployment}/create_flow_run"
        flow_run = self.client.post(path, json={"parameters": parameters}).json()["id"]
        self.programs.until(lambda: self.programs.calls("start") > starts)
        self.programs.until(lambda: self.programs.calls("status") > asked)
        return str(flow_run)

    def becomes(self, flow_run: str, state: str) -> None:
        """Wait for a state of a flow run."""
        path = f"flow_runs/{flow_run}"
        self.programs.until(lambda: self.client.get(path).json()["state_type"] == state)


@pytest.fixture(scope="module")
def prefect(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A server of Prefect, and the flow served; all that they write is in a folder."""
    folder = tmp_path_factory.mktemp("prefect")
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/api/"
    settings = {
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_API_URL": url.rstrip("/"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    programs = Programs(folder, "prefect", server, settings)
    command = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", port)
    with programs.running(*command):
        programs.until(lambda: _is_up(url))
        programs.run("python", "save_credentials.py")
        del programs.environment["MATILLION_CLIENT_ID"]  # the block has them
        del programs.environment["MATILLION_CLIENT_SECRET"]
        with programs.running("python", "sales.py") as serving:
            prefect = Prefect(programs, url, serving)
            with prefect.client as client:
                programs.until(lambda: client.get("deployments/name/daily/daily").is_success)
                yield prefect


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}health", trust_env=False).is_success
    except httpx.TransportError:
        return False


def test_a_retry_after_a_crash_starts_no_second_run(prefect: Prefect) -> None:
    """The flow run whose process is killed goes on with the run that it has started; the secret is in no list of blocks."""
    flow_run = prefect.start()
    kill_step(prefect.serving)
    prefect.becomes(flow_run, "CRASHED")
    prefect.programs.run("prefect", "flow-run", "retry", flow_run)
    prefect.becomes(flow_run, "COMPLETED")
    assert 1 == prefect.programs.calls("start")
    assert "SUCCESS" == prefect.programs.statuses()[-1]
    artifacts = prefect.client.post("artifacts/filter", json={}).json()
    assert 1 == len(artifacts)
    assert "pipeline" in artifacts[0]["data"]
    blocks = prefect.client.post("block_documents/filter", json={}).text
    assert "sandbox-secret" not in blocks


def test_a_cancelled_flow_run_cancels_its_run(prefect: Prefect) -> None:
    """The run at the API is cancelled, by one call; a retry of the flow run starts another one."""
    flow_run = prefect.start(pipeline="endless.orch.yaml")
    prefect.programs.run("prefect", "flow-run", "cancel", flow_run)
    prefect.becomes(flow_run, "CANCELLED")
    prefect.programs.until(lambda: prefect.programs.statuses()[-1] == "CANCELLED")
    assert 1 == prefect.programs.calls("cancel")
    starts = prefect.programs.calls("start")
    prefect.programs.run("prefect", "flow-run", "retry", flow_run)
    prefect.programs.until(lambda: prefect.programs.calls("start") > starts)  # it had not succeeded

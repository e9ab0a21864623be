"""matillion connections, secrets and streaming."""

from __future__ import annotations

import asyncio
import json

import pytest

from matillion_async.sandbox import Sandbox, Served
from tests.cli.command_line import Invoke, Start, environment


async def _fill(sandbox: Sandbox) -> None:
    async with sandbox.client() as client:
        project_id = (await client.projects.list()).results[0].id
        for name in ("jira", "slack"):
            await client.connections.create(
                project_id,
                name=name,
                platform_connection_type="COMPONENT_BASIC",
                auth_provider="NONE",
                auth_type="GENERIC_SECRET",
                connection_details={},
            )
        await client.secret_references.create(
            project_id,
            "login",
            agent_type="AWS",
            secret_reference_type="PASSWORD",
            secret_name="aws-login",
        )
        for name in ("orders", "customers"):
            await client.streaming_pipelines.create(
                project_id,
                name=name,
                agent_id="a1",
                streaming_source={"type": "mysql"},
                streaming_target={"type": "s3"},
            )


@pytest.fixture
def server(served: Start) -> Served:
    """A sandbox whose project Sales has connections, a secret reference and streaming pipelines."""
    started = served(projects=["Sales", "Marketing"])
    asyncio.run(_fill(started.sandbox))
    started.sandbox.reset_stats()
    return started


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("connections", ["jira", "slack"]),
        ("secrets", ["login"]),
        ("streaming", ["orders", "customers"]),
    ],
)
def test_lists(invoke: Invoke, server: Served, group: str, names: list[str]) -> None:
    """What a project has is listed by the project's name, and nothing of another project."""
    env = environment(server)
    listed = json.loads(invoke(group, "list", "Sales", env=env).stdout)
    assert names == [row["name"] for row in listed]
    assert [] == json.loads(invoke(group, "list", "Marketing", env=env).stdout)


def test_delete_a_connection(invoke: Invoke, server: Served) -> None:
    """Where nobody can be asked --yes is needed; then the connection of that name is gone."""
    env = environment(server)
    refused = invoke("connections", "delete", "Sales", "jira", env=env)
    assert (refused.exit_code, server.sandbox.stats.arrived) == (2, 0)
    assert invoke("connections", "delete", "Sales", "jira", "--yes", env=env).exit_code == 0
    left = json.loads(invoke("connections", "list", "Sales", env=env).stdout)
    assert ["slack"] == [row["name"] for row in left]


def test_show_a_streaming_pipeline(invoke: Invoke, server: Served) -> None:
    """By name, or by id without a look-up, it is the API's own response."""
    env = environment(server)
    by_name = json.loads(invoke("streaming", "show", "Sales", "customers", env=env).stdout)
    key = by_name["streamingPipelineId"]
    assert ("customers", {"type": "mysql"}) == (by_name["name"], by_name["streamingSource"])
    server.sandbox.reset_stats()
    assert by_name == json.loads(invoke("streaming", "show", "Sales", key, env=env).stdout)
    assert server.sandbox.stats.operations["streaming_pipelines.list"] == 0


def test_start_and_stop_streaming(invoke: Invoke, server: Served) -> None:
    """A start shows in the status, and so does a stop."""
    env = environment(server)

    def status() -> str:
        return invoke("streaming", "status", "Sales", "orders", env=env).stdout.strip()

    assert status() == "NOT_RUNNING"
    assert invoke("streaming", "start", "Sales", "orders", env=env).exit_code == 0
    assert status() in ("STARTING", "SNAPSHOTTING", "STREAMING")
    assert invoke("streaming", "stop", "Sales", "orders", env=env).exit_code == 0
    assert status() in ("STOPPING", "NOT_RUNNING")


def test_an_unknown_streaming_pipeline_lists_what_is_near(invoke: Invoke, server: Served) -> None:
    """No match is one line with the nearest names and their ids."""
    result = invoke("streaming", "start", "Sales", "order", env=environment(server))
    assert result.exit_code == 1
    assert "no streaming pipeline has the id or the exact name 'order'; near: 'orders' (" in (
        result.stderr
    )

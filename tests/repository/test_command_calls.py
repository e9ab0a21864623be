"""``x-cli`` in the spec, which docs/coverage.md shows, against what the commands send to a sandbox."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from matillion_async import MatillionClient
from matillion_async.cli._app import matillion
from matillion_async.sandbox import AgentWork, Pipeline, Sandbox
from matillion_async.sandbox._thread import served_in_thread
from scripts._generation.preparing.names import name_of
from scripts._generation.reading.bundle import join, operations
from tests.repository.pages import ROOT, environment

DATES = "--from 2026-03-01 --to 2026-03-02"
COMMANDS = f"""
projects list
projects create Old --warehouse SNOWFLAKE --agent-deployment-type HYBRID
projects delete Old --yes
environments list Sales
pipelines list Sales --environment "Environment 1"
run quick.orch.yaml --project Sales --environment "Environment 1"
executions list --project Sales
executions show $ENDED --project Sales
executions steps $ENDED --project Sales
executions watch $ENDED --project Sales
executions cancel $GOING --project Sales
schedules create Sales --name Early --pipeline quick.orch.yaml --environment "Environment 1" --cron "0 0 2 ? * *"
schedules list Sales
schedules show Sales Early
schedules update Sales Early --cron "0 0 3 ? * *"
schedules disable Sales Early
schedules enable Sales Early
schedules delete Sales Early --yes
artifacts publish Sales . --version 1.0 --environment "Environment 1"
artifacts list Sales --environment "Environment 1"
artifacts show Sales 1.0 --environment "Environment 1"
artifacts promote Sales 1.0 --from "Environment 1" --to "Environment 2"
variables create Sales day 2026-03-01
variables set Sales day 2026-03-02
variables set Sales hour 12
variables list Sales
variables overrides set Sales day "Environment 1" 2026-03-03
variables overrides list Sales day
variables delete Sales day --yes
connections list Sales
connections delete Sales jira --yes
secrets list Sales
agents create agent-eu --cloud aws --deployment fargate
agents list
agents show agent-eu
agents update agent-eu --restricted
agents credentials agent-eu
agents allow-list add agent-eu Sales
agents allow-list show agent-eu
agents allow-list remove agent-eu Sales
agents resume agent-eu
agents restart agent-eu
agents pause agent-eu
agents create agent-us --cloud aws --deployment fargate
agents delete agent-us --yes
streaming list Sales
streaming show Sales orders
streaming start Sales orders
streaming status Sales orders
streaming stop Sales orders
ai run "Load orders" --project Sales --grant run_pipeline
ai list
ai show $TASK
ai messages $TASK
ai tell $STOPPED "Load customers"
ai decide $TASK --answer 0=allow
ai watch $TASK
ai stop $TASK
ai delete $TASK --yes
environments delete Sales "Environment 2" --yes
audit export {DATES}
lineage export {DATES}
consumption show {DATES}
users list
groups list
"""
ANY_CALL = {"api", "doctor", "openapi", "sandbox", "share status", "token"}
"""Commands that are not there for particular operations."""


def leaves(command: click.Command, path: str = "") -> Iterator[str]:
    """The commands, as they are typed."""
    if not isinstance(command, click.Group):
        yield path
        return
    with click.Context(command) as context:
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from leaves(child, f"{path} {name}".lstrip())


async def fill(settings: dict[str, str]) -> dict[str, str]:
    """Make what no command makes; gives the ids of runs and of tasks."""
    keys = ("client_id", "client_secret", "base_url", "token_url", "audience")
    options = {key: settings[f"MATILLION_{key.upper()}"] for key in keys}
    async with MatillionClient(**options, rate_limits="none") as client:  # type: ignore[arg-type]
        await client.connections.create(
            "Sales",
            name="jira",
            platform_connection_type="COMPONENT_BASIC",
            auth_provider="NONE",
            auth_type="GENERIC_SECRET",
            connection_details={"connectionProperties": {"secretName": "jira-login"}},
        )
        agent = (await client.agents.list()).results[0]
        await client.streaming_pipelines.create(
            "Sales",
            name="orders",
            agent_id=agent.agent_id,
            streaming_source={"type": "postgres", "connection": {}},
            streaming_target={"type": "s3", "bucket": "example-bucket", "prefix": "orders"},
        )
        runs = [
            await client.pipeline_executions.run(
                "Sales", pipeline_name=name, environment_name="Environment 1"
            )
            for name in ("quick.orch.yaml", "slow.orch.yaml")
        ]
        asking = await client.ai_agent_tasks.run("Sales", message="Load orders")
        stopped = await client.ai_agent_tasks.run(
            "Sales", message="Load orders", granted_permissions=["run_pipeline"]
        )
    return {
        "ENDED": runs[0].id,
        "GOING": runs[1].id,
        "TASK": asking.id,
        "STOPPED": stopped.id,
    }


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The operations that each command sends, such as ``projects.list``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "daily.orch.yaml").write_text("type: orchestration\n")
    known = sorted(leaves(matillion), key=len, reverse=True)
    found: dict[str, set[str]] = {}
    pipelines = [Pipeline("quick.orch.yaml", seconds=0), Pipeline("slow.orch.yaml", seconds=3600)]
    work = AgentWork(seconds=0, asks_for=("run_pipeline",))
    sandbox = Sandbox(projects=["Sales"], pipelines=pipelines, agent_work=work)
    with served_in_thread(sandbox) as server:
        settings = environment(server)
        ids = asyncio.run(fill(settings))
        for line in COMMANDS.strip().splitlines():
            words = [ids.get(word.removeprefix("$"), word) for word in shlex.split(line)]
            server.sandbox.reset_stats()
            result = CliRunner().invoke(matillion, words, env={**settings})
            assert result.exit_code == 0, f"{line}: {result.output}"
            name = next(name for name in known if line == name or line.startswith(f"{name} "))
            found.setdefault(name, set()).update(server.sandbox.stats.operations)
    return found


def test_the_commands_of_an_operation_send_it(sent: dict[str, set[str]]) -> None:
    """Each command of ``x-cli`` sends the operation; each command has one, each operation that is sent has a command."""
    stated = {
        ".".join(name_of(operation, method, path)): set(operation.get("x-cli", ()))
        for path, method, operation in operations(join(ROOT / "openapi"))
        if operation.get("x-generate") is not False
    }
    wrong = [
        f"{command} does not send {operation}"
        for operation, commands in stated.items()
        for command in commands
        if operation not in sent.get(command, ())
    ]
    assert [] == wrong
    assert set(leaves(matillion)) - ANY_CALL == set().union(*stated.values())
    used = set().union(*sent.values()) & stated.keys()
    assert set() == {operation for operation in used if not stated[operation]}

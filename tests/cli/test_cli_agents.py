"""matillion agents."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from matillion_async.sandbox import Served
from tests.cli.command_line import Invoke, Start, environment, on_terminal

CREATE = ("--cloud", "aws", "--deployment", "fargate")
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def rows(invoke: Invoke, server: Served, *command: str) -> list[dict[str, Any]]:
    result = invoke(*command, env=environment(server))
    assert result.exit_code == 0, result.stderr
    listed: list[dict[str, Any]] = json.loads(result.stdout)
    return listed


def shown(invoke: Invoke, server: Served, agent: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(
        invoke("agents", "show", agent, env=environment(server)).stdout
    )
    return fields


def secret_of(server: Served, agent: str) -> str:
    async def ask() -> str:
        async with server.sandbox.client() as client:
            found = [item async for item in client.agents.list() if item.name == agent]
            return (await client.agents.credentials(found[0].agent_id)).client_secret

    return asyncio.run(ask())


def test_list(invoke: Invoke) -> None:
    """The default agents of the environments are there, with the API's field names."""
    result = invoke("--sandbox", "agents", "list")
    listed = json.loads(result.stdout)
    assert [f"agent-{number}" for number in range(1, 7)] == [row["name"] for row in listed]
    assert list(listed[0])[:3] == ["agentId", "name", "agentStatus"]


def test_create_show_update_delete(invoke: Invoke, served: Start) -> None:
    """An agent goes through its life, by name or by the id that create prints."""
    server = served()
    env = environment(server)
    created = invoke(
        "agents", "create", "eu", *CREATE, "--track", "stable", "--restricted", env=env
    )
    assert created.exit_code == 0, created.stderr
    key = created.stdout.strip()
    fields = shown(invoke, server, key)
    assert ("eu", True, True) == (
        fields["name"],
        fields["restrictedAccess"],
        fields["enableAutoUpdates"],
    )
    changes = ("--name", "us", "--no-auto-updates", "--description", "")
    assert invoke("agents", "update", "eu", *changes, env=env).exit_code == 0
    fields = shown(invoke, server, "us")
    assert (key, True, False, "") == (
        fields["agentId"],
        fields["restrictedAccess"],
        fields["enableAutoUpdates"],
        fields["description"],
    )
    assert invoke("agents", "delete", key, "--yes", env=env).exit_code == 0
    assert [] == rows(invoke, server, "agents", "list")


def test_an_update_without_changes(invoke: Invoke) -> None:
    """Nothing to change is wrong usage, in one line."""
    result = invoke("--sandbox", "agents", "update", "agent-1")
    assert result.exit_code == 2
    assert "Give what to change" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("verb", "status"), [("pause", "paused"), ("resume", "running"), ("restart", "running")]
)
def test_commands(invoke: Invoke, served: Start, verb: str, status: str) -> None:
    """The agent is told what to do; an id is not looked up."""
    server = served()
    env = environment(server)
    key = invoke("agents", "create", "eu", *CREATE, env=env).stdout.strip()
    server.sandbox.reset_stats()
    assert invoke("agents", verb, key, env=env).exit_code == 0
    assert 0 == server.sandbox.stats.operations["agents.list"]
    assert status == shown(invoke, server, "eu")["agentStatus"]


def test_an_unknown_agent_lists_what_is_near(invoke: Invoke) -> None:
    """No match is one line with the nearest names."""
    result = invoke("--sandbox", "agents", "show", "Agent-2")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no agent has the id or the exact name 'Agent-2'; near: 'agent-2' (" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_running_agent_is_not_deleted(invoke: Invoke) -> None:
    """The API's no is one line and the exit code 1."""
    result = invoke("--sandbox", "agents", "delete", "agent-1", "--yes")
    assert result.exit_code == 1
    assert result.stderr.startswith("matillion: agents.delete: 409 Conflict: The agent is running")


def test_deleting_asks(invoke: Invoke, served: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question names the agent and its id; no leaves it alone. Without a terminal --yes is needed."""
    server = served()
    env = environment(server)
    key = invoke("agents", "create", "eu", *CREATE, env=env).stdout.strip()
    refused = invoke("agents", "delete", "eu", env=env)
    assert (refused.exit_code, "--yes" in refused.stderr) == (2, True)
    monkeypatch.setattr("matillion_async.cli._prompts.is_terminal", lambda stream: True)
    asked = invoke("agents", "delete", key, env=env, input="n\n")
    assert asked.exit_code == 1
    assert f"Delete agent 'eu' ({key})" in asked.stderr
    assert server.sandbox.stats.operations["agents.delete"] == 0


@pytest.mark.parametrize("options", [(), ("--json",), ("--verbose",)])
def test_credentials_hide_the_secret(
    invoke: Invoke, served: Start, options: tuple[str, ...]
) -> None:
    """Without --show-secret the secret is nowhere, and stdout holds nothing that looks like one."""
    server = served(projects=1)
    result = invoke("agents", "credentials", "agent-1", *options, env=environment(server))
    assert result.exit_code == 0, result.stderr
    assert ["clientId"] == list(json.loads(result.stdout))
    assert secret_of(server, "agent-1") not in result.output
    assert "--show-secret prints it" in result.stderr


def test_credentials_show_the_secret_when_asked(invoke: Invoke, served: Start) -> None:
    """--show-secret prints it, and nothing else tells it."""
    server = served(projects=1)
    result = invoke("agents", "credentials", "agent-1", "--show-secret", env=environment(server))
    assert secret_of(server, "agent-1") == json.loads(result.stdout)["clientSecret"]
    assert result.stderr == ""


def test_credentials_on_a_terminal(served: Start) -> None:
    """A table of fields, without the secret."""
    server = served(projects=1)
    code, text = on_terminal("agents", "credentials", "agent-1", env=environment(server))
    assert code == 0
    assert text.splitlines()[0].split() == ["field", "value"]
    assert "clientId" in text
    assert secret_of(server, "agent-1") not in text


def test_a_response_that_cannot_be_read_tells_no_secret(invoke: Invoke, served: Start) -> None:
    """Even -v, which shows bodies, leaves out one that may hold a secret."""
    server = served(projects=1, faults=["agents.credentials:truncate=100"])
    result = invoke("-v", "agents", "credentials", "agent-1", env=environment(server))
    assert result.exit_code == 4
    assert "sandbox-secret-0" not in result.output


def test_the_allow_list(invoke: Invoke, served: Start) -> None:
    """Projects are added and removed by name, as a whole or by environment, and listed by id."""
    server = served(projects=["Sales", "Marketing"])
    env = environment(server)
    sales, marketing = [row["id"] for row in rows(invoke, server, "projects", "list")]

    def change(*arguments: str) -> str:
        result = invoke("agents", "allow-list", *arguments, env=env)
        assert result.exit_code == 0, result.stderr
        return result.stderr

    def listed() -> list[tuple[str, str | None]]:
        return [
            (row["projectId"], row["environmentName"])
            for row in rows(invoke, server, "agents", "allow-list", "show", "agent-1")
        ]

    said = change("add", "agent-1", "Sales", "--environment", "Prod", "--environment", "Test")
    assert "Environment 'Prod', 'Test' of project 'Sales' may use agent 'agent-1'." in said
    change("add", "agent-1", marketing)
    assert [(sales, "Prod"), (sales, "Test"), (marketing, None)] == listed()
    change("remove", "agent-1", "Sales", "--environment", "Prod")
    change("remove", "agent-1", "Marketing")
    assert [(sales, "Test")] == listed()


@pytest.mark.parametrize("command", ["add", "remove"])
def test_an_empty_environment(invoke: Invoke, command: str) -> None:
    """It is wrong usage: a variable of the shell that is not set must not allow anything."""
    arguments = ("agents", "allow-list", command, "agent-1", "Sales", "--environment", "")
    result = invoke("--sandbox", *arguments)
    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "'--environment': it must not be empty" in result.stderr


def test_an_id_in_upper_case(invoke: Invoke, served: Start) -> None:
    """An id is the same in any case."""
    server = served()
    created = invoke("agents", "create", "eu", *CREATE, env=environment(server))
    key = created.stdout.strip()
    assert key == shown(invoke, server, key.upper())["agentId"]


def test_an_id_that_is_not_there(invoke: Invoke) -> None:
    """An id is believed, and the API says that there is none."""
    result = invoke("--sandbox", "agents", "show", UNKNOWN_ID)
    assert result.exit_code == 1
    assert "agents.get: 404" in result.stderr

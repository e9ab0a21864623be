"""Agents in the sandbox."""

from __future__ import annotations

import pytest
from matillion_api.models.agent import Agent
from matillion_api.models.agent_status import AgentStatus
from matillion_api.models.agent_track import AgentTrack

from matillion_async import BadRequestError, ConflictError, MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
OTHER = "1c9e6d2b-54f3-4f0f-8a77-0d6d0a5e9b21"


async def create(client: MatillionClient, name: str = "agent-eu") -> Agent:
    return await client.agents.create(
        name=name,
        agent_type="data_productivity_cloud",
        cloud_provider="azure",
        deployment="container app",
        track_name="stable",
    )


async def test_the_agents_of_environments_are_agents_of_the_account() -> None:
    """Each environment's default agent is listed, runs, and has a name of its own."""
    async with ConformingSandbox(projects=2, environments_per_project=2).client() as client:
        agents = await client.agents.list().all()
        defaults = [
            (environment.default_agent_id, environment.default_agent_name)
            for project in await client.projects.list().all()
            for environment in await client.environments.list(project.id).all()
        ]
    assert defaults == [(agent.agent_id, agent.name) for agent in agents]
    assert [f"agent-{number}" for number in range(1, 5)] == [agent.name for agent in agents]
    assert {AgentStatus.RUNNING} == {agent.agent_status for agent in agents}


async def test_an_agent_is_created_changed_and_deleted() -> None:
    """What a call changes, the next call sees; what is not given stays."""
    async with ConformingSandbox().client() as client:
        created = await create(client)
        assert ("", AgentStatus.PENDING) == (created.description, created.agent_status)
        await client.agents.update(created.agent_id, description="Nightly loads")
        changed = await client.agents.get(created.agent_id)
        assert ("agent-eu", "Nightly loads") == (changed.name, changed.description)
        assert "container app" == changed.deployment
        await client.agents.delete(created.agent_id)
        assert 0 == (await client.agents.list()).total
        with pytest.raises(NotFoundError):
            await client.agents.get(created.agent_id)


async def test_the_environment_listing_follows_its_agent() -> None:
    """A renamed agent has its new name there, one that was deleted has none."""
    async with ConformingSandbox(projects=1, environments_per_project=0).client() as client:
        project = (await client.projects.list()).results[0]
        agent = await create(client)
        await client.environments.create(
            project.id,
            name="Prod",
            default_agent_id=agent.agent_id,
            default_user_access_level="readOnly",
            default_connections={},
            connection_overrides=[{"connectionName": "main", "connectionProperties": {}}],
        )
        await client.agents.update(agent.agent_id, name="renamed")
        renamed = (await client.environments.list(project.id)).results[0]
        await client.agents.delete(agent.agent_id)
        gone = (await client.environments.list(project.id)).results[0]
    assert "renamed" == renamed.default_agent_name
    assert agent.agent_id == gone.default_agent_id
    assert not gone.default_agent_name


@pytest.mark.parametrize(
    ("command", "status", "connected"),
    [("PAUSE", "paused", False), ("RESUME", "running", True), ("restart", "running", True)],
)
async def test_commands_change_the_status(command: str, status: str, connected: bool) -> None:
    """Pausing pauses, resuming and restarting run, in the spelling of the API or another."""
    async with ConformingSandbox().client() as client:
        agent = await create(client)
        await client.agents.command(agent.agent_id, command=command)
        after = await client.agents.get(agent.agent_id)
    assert (status, connected) == (after.agent_status, after.connected)


async def test_only_an_agent_that_does_not_run_is_deleted() -> None:
    """A running agent, or a paused one, gives 409 and stays."""
    async with ConformingSandbox(projects=1, environments_per_project=1).client() as client:
        agent = (await client.agents.list()).results[0]
        for command in ("RESUME", "PAUSE"):
            await client.agents.command(agent.agent_id, command=command)
            with pytest.raises(ConflictError):
                await client.agents.delete(agent.agent_id)
        assert 1 == (await client.agents.list()).total


async def test_the_track_is_kept() -> None:
    """An agent that runs follows the track it was given, whichever case it was sent in."""
    async with ConformingSandbox().client() as client:
        agent = await create(client)
        await client.agents.command(agent.agent_id, command="RESTART")
        first = await client.agents.get(agent.agent_id)
        await client.agents.update(agent.agent_id, track_name="current")
        second = await client.agents.get(agent.agent_id)
    assert first.version_details
    assert second.version_details
    assert AgentTrack.STABLE is first.version_details.track_name
    assert AgentTrack.CURRENT is second.version_details.track_name


async def test_credentials_are_replaced() -> None:
    """A refresh gives another secret for the same client id, and the old one is no longer told."""
    async with ConformingSandbox().client() as client:
        agents = client.agents
        agent_id = (await create(client)).agent_id
        first = await agents.credentials(agent_id)
        second = await agents.refresh_credentials(agent_id)
        assert first.client_id == second.client_id
        assert first.client_secret != second.client_secret
        assert second == await agents.credentials(agent_id)


async def test_the_allow_list() -> None:
    """Replacing sets it, adding extends it, removing takes out an environment or a project."""
    async with ConformingSandbox().client() as client:
        agents = client.agents
        agent_id = (await create(client)).agent_id

        async def allowed() -> dict[str, list[str]]:
            fields = (await agents.allow_list(agent_id)).to_dict()["projects"]
            return {project: entry["environments"] for project, entry in fields.items()}

        assert {} == await allowed()
        await agents.replace_allow_list(agent_id, projects={PROJECT: {"environments": ["Prod"]}})
        await agents.add_to_allow_list(
            agent_id, projects={PROJECT: {"environments": ["Test", "Prod"]}, OTHER: {}}
        )
        assert {PROJECT: ["Prod", "Test"], OTHER: []} == await allowed()
        await agents.remove_from_allow_list(agent_id, project=OTHER)
        await agents.remove_from_allow_list(agent_id, project=PROJECT, environment_name="Prod")
        assert {PROJECT: ["Test"]} == await allowed()
        await agents.remove_from_allow_list(agent_id, project=PROJECT, environment_name="Test")
        assert {} == await allowed()
        with pytest.raises(NotFoundError):
            await agents.remove_from_allow_list(agent_id, project=PROJECT)
        await agents.replace_allow_list(agent_id, projects={})
        assert {} == await allowed()


async def test_a_whole_project_on_the_allow_list_stays_whole() -> None:
    """Adding an environment of a project that is on the list as a whole narrows nothing."""
    async with ConformingSandbox().client() as client:
        agent_id = (await create(client)).agent_id
        await client.agents.add_to_allow_list(agent_id, projects={PROJECT: {}})
        await client.agents.add_to_allow_list(
            agent_id, projects={PROJECT: {"environments": ["Prod"]}}
        )
        allow_list = await client.agents.allow_list(agent_id)
        with pytest.raises(NotFoundError):
            await client.agents.remove_from_allow_list(
                agent_id, project=PROJECT, environment_name="Prod"
            )
    assert [] == allow_list.projects.extra[PROJECT].environments


@pytest.mark.parametrize("projects", [{"Sales": {}}, {}])
async def test_what_cannot_be_added_to_an_allow_list(projects: dict[str, object]) -> None:
    """A project is given by its id, not by its name, and there must be one."""
    async with ConformingSandbox().client() as client:
        agent_id = (await create(client)).agent_id
        with pytest.raises(BadRequestError, match="projects: "):
            await client.agents.add_to_allow_list(agent_id, projects=projects)

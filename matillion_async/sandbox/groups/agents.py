"""Agents of the account, with their credentials and allow lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._problems import ProblemError, Response, not_found
from matillion_async.sandbox._state import State

_VERSION = "10.0.0"
_FIELDS = {
    "name": "name",
    "description": "description",
    "enableAutoUpdates": "enable_auto_updates",
    "restrictedAccess": "restricted_access",
}
_DELETABLE = ("stopped", "pending", "unknown")
_STATUS_AFTER = {"RESTART": "running", "PAUSE": "paused", "RESUME": "running"}


@dataclass(slots=True)
class Agent:
    """An agent of the account."""

    id: str
    name: str
    agent_type: str = "data_productivity_cloud"
    cloud_provider: str = "aws"
    deployment: str = "fargate"
    status: str = "running"
    description: str = ""
    enable_auto_updates: bool = True
    restricted_access: bool = False
    track: str = "current"
    refreshes: int = 0
    """How often its client secret was replaced."""
    allowed: dict[str, list[str]] = field(default_factory=dict)
    """Environments that may use it, by project id; an empty list stands for the whole project."""


def list_agents(state: State, call: Call) -> Response:
    """All agents, in the order of their creation."""
    return page_of(state.tables.of(Agent), call, _row)


def create_agent(state: State, call: Call) -> Response:
    """A new agent is pending, as long as nobody deploys it; names need not be unique."""
    body = call.body
    agent = Agent(
        state.new_id("agent"),
        body["name"],
        body["agentType"],
        body["cloudProvider"],
        body["deployment"],
        status="pending",
        track=body.get("trackName", "current"),
    )
    _change(agent, body)
    state.tables.of(Agent).add(agent.id, agent)
    return Response(201, _row(agent))


def get_agent(state: State, call: Call) -> Response:
    """One agent."""
    return Response(200, _row(_agent(state, call)))


def update_agent(state: State, call: Call) -> Response:
    """What is not given stays as it is."""
    agent = _agent(state, call)
    _change(agent, call.body)
    agent.track = call.body.get("trackName", agent.track).lower()
    return Response(202)


def delete_agent(state: State, call: Call) -> Response:
    """Not while it runs or is paused; environments keep the id of an agent that is gone."""
    agent = _agent(state, call)
    if agent.status not in _DELETABLE:
        raise ProblemError(
            409, f"The agent is {agent.status}; only one that is stopped can be deleted."
        )
    state.tables.of(Agent).remove(agent.id)
    return Response(202)


def get_agent_credentials(state: State, call: Call) -> Response:
    """The credentials that are valid now."""
    return Response(200, _credentials(_agent(state, call)))


def refresh_agent_credentials(state: State, call: Call) -> Response:
    """The client id stays, the secret is another one."""
    agent = _agent(state, call)
    agent.refreshes += 1
    return Response(200, _credentials(agent))


def send_agent_command(state: State, call: Call) -> Response:
    """The status follows at once. A pending agent takes commands as well: this is how one gets to run here."""
    _agent(state, call).status = _STATUS_AFTER[call.body["command"]]
    return Response(202)


def get_agent_allow_list(state: State, call: Call) -> Response:
    """What is on it; a project as a whole has no environments."""
    allowed = _agent(state, call).allowed
    return Response(200, {"projects": {key: {"environments": allowed[key]} for key in allowed}})


def replace_agent_allow_list(state: State, call: Call) -> Response:
    """Projects and environments need not exist (what the API says of them is not documented)."""
    _agent(state, call).allowed = _environments(call)
    return Response(204)


def add_to_agent_allow_list(state: State, call: Call) -> Response:
    """A project that is on the list as a whole stays so, and becomes so when it is added without environments."""
    allowed = _agent(state, call).allowed
    for project_id, environments in _environments(call).items():
        known = allowed.get(project_id)
        if known is not None and environments:
            environments = list(dict.fromkeys([*known, *environments])) if known else []
        allowed[project_id] = environments
    return Response(204)


def remove_from_agent_allow_list(state: State, call: Call) -> Response:
    """What is not on the list gives 404; without its last environment a project is no longer on it."""
    allowed = _agent(state, call).allowed
    project_id, name = call.values["projectId"], call.values.get("environmentName")
    if project_id not in allowed or (name is not None and name not in allowed[project_id]):
        raise not_found("entry of the allow list")
    left = [known for known in allowed[project_id] if name is not None and known != name]
    if left:
        allowed[project_id] = left
    else:
        del allowed[project_id]
    return Response(204)


def add_running_agent(state: State) -> str:
    """Register an agent that runs already, and give its id."""
    agents = state.tables.of(Agent)
    agent = Agent(state.new_id("agent"), f"agent-{len(agents) + 1}")
    agents.add(agent.id, agent)
    return agent.id


def _agent(state: State, call: Call) -> Agent:
    return state.tables.of(Agent).found(call.values["agentId"], "agent")


def _change(agent: Agent, body: Mapping[str, Any]) -> None:
    for name, attribute in _FIELDS.items():
        if name in body:
            setattr(agent, attribute, body[name])


def _environments(call: Call) -> dict[str, list[str]]:
    """What was given, each environment once."""
    return {
        project_id: list(dict.fromkeys(entry.get("environments", ())))
        for project_id, entry in call.body["projects"].items()
    }


def _credentials(agent: Agent) -> dict[str, str]:
    return {
        "clientId": f"agent-{agent.id}",
        "clientSecret": f"sandbox-secret-{agent.refreshes}-{agent.id}",
    }


def _row(agent: Agent) -> dict[str, Any]:
    row: dict[str, Any] = {
        "agentId": agent.id,
        "name": agent.name,
        "description": agent.description,
        "agentType": agent.agent_type,
        "agentStatus": agent.status,
        "cloudProvider": agent.cloud_provider,
        "deployment": agent.deployment,
        "connected": agent.status == "running",
        "enableAutoUpdates": agent.enable_auto_updates,
        "restrictedAccess": agent.restricted_access,
    }
    if agent.status == "paused":
        row["pausedUntil"] = ""  # nobody said until when
    if agent.status != "pending":
        row["versionDetails"] = {
            "agentUpdateAvailable": False,
            "agentVersion": _VERSION,
            "support": "SUPPORTED",
            "trackName": agent.track,
            "trackVersion": _VERSION,
        }
    return row

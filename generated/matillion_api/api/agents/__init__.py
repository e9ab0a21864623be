# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``agents``."""

from collections.abc import Mapping
from typing import Any

from ...models.add_to_agent_allow_list_request import AddToAgentAllowListRequest
from ...models.agent import Agent
from ...models.agent_allow_list import AgentAllowList
from ...models.agent_allow_list_projects import AgentAllowListProjects
from ...models.agent_command import AgentCommand
from ...models.agent_command_request import AgentCommandRequest
from ...models.agent_credentials import AgentCredentials
from ...models.agent_deployment import AgentDeployment
from ...models.agent_page import AgentPage
from ...models.agent_track import AgentTrack
from ...models.agent_type import AgentType
from ...models.cloud_provider import CloudProvider
from ...models.create_agent_request import CreateAgentRequest
from ...models.new_agent_track import NewAgentTrack
from ...models.refresh_agent_credentials_request import RefreshAgentCredentialsRequest
from ...models.update_agent_request import UpdateAgentRequest
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    add_to_agent_allow_list as _add_to_agent_allow_list,
)
from . import (
    create_agent as _create_agent,
)
from . import (
    delete_agent as _delete_agent,
)
from . import (
    get_agent as _get_agent,
)
from . import (
    get_agent_allow_list as _get_agent_allow_list,
)
from . import (
    get_agent_credentials as _get_agent_credentials,
)
from . import (
    list_agents as _list_agents,
)
from . import (
    refresh_agent_credentials as _refresh_agent_credentials,
)
from . import (
    remove_from_agent_allow_list as _remove_from_agent_allow_list,
)
from . import (
    replace_agent_allow_list as _replace_agent_allow_list,
)
from . import (
    send_agent_command as _send_agent_command,
)
from . import (
    update_agent as _update_agent,
)


class Agents:
    """Agents of the account, which run pipelines, with credentials, commands and allow lists."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Agent, AgentPage]:
        """List agents.

        Lists the agents of the account, one page at a time. What a row has of an agent may be
        less than `get` gives. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, streaming provider, ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_agents.OPERATION,
            Agent,
            page=page,
            size=size,
        )

    async def create(
        self,
        *,
        name: str,
        agent_type: AgentType | str,
        cloud_provider: CloudProvider | str,
        deployment: AgentDeployment | str,
        description: str | Unset = UNSET,
        enable_auto_updates: bool | Unset = UNSET,
        restricted_access: bool | Unset = UNSET,
        track_name: AgentTrack | str | Unset = UNSET,
    ) -> Agent:
        """Create an agent.

        Registers an agent and returns it. What runs it in your cloud is yours to deploy, with the
        agent's credentials. A request whose response was lost must not be repeated blindly: list
        the agents and look for the name first.

        Args:
            name (str): Name of the agent, at most 30 characters.
            agent_type (AgentType): What the agent runs, pipelines or streaming. Other values
                may be added.
            cloud_provider (CloudProvider): The cloud that the agent runs in. Other values may
                be added.
            deployment (AgentDeployment): The service that the agent runs on. Other values may
                be added.
            description (str | Unset): Description of the agent, at most 500 characters.
            enable_auto_updates (bool | Unset): Whether the agent updates itself.
            restricted_access (bool | Unset): Whether only projects and environments on the
                allow list may use the agent.
            track_name (AgentTrack | Unset): The series of versions that the agent follows.

        Source: API reference, streaming provider, ChatBotKit. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_agent.OPERATION,
            body=CreateAgentRequest(
                name=name,
                agent_type=AgentType(agent_type),
                cloud_provider=CloudProvider(cloud_provider),
                deployment=AgentDeployment(deployment),
                description=description,
                enable_auto_updates=enable_auto_updates,
                restricted_access=restricted_access,
                track_name=track_name if isinstance(track_name, Unset) else AgentTrack(track_name),
            ),
        )

    async def get(
        self,
        agent_id: str,
    ) -> Agent:
        """Get an agent.

        Returns an agent with its status and version.

        Args:
            agent_id (str): Id of the agent (a UUID).

        Source: API reference, streaming provider, ChatBotKit. Idempotent.
        """

        return await self._session.call(
            _get_agent.OPERATION,
            agent_id=agent_id,
        )

    async def delete(
        self,
        agent_id: str,
    ) -> None:
        """Delete an agent.

        Deletes an agent. Only one that is stopped, pending or in an unknown state can be deleted.
        If a repeated request gets 404, the first one may have succeeded.

        Args:
            agent_id (str): Id of the agent (a UUID).

        Source: API reference, streaming provider, ChatBotKit. Idempotent.
        """

        await self._session.call(
            _delete_agent.OPERATION,
            agent_id=agent_id,
        )

    async def update(
        self,
        agent_id: str,
        *,
        name: str | Unset = UNSET,
        description: str | Unset = UNSET,
        enable_auto_updates: bool | Unset = UNSET,
        restricted_access: bool | Unset = UNSET,
        track_name: NewAgentTrack | str | Unset = UNSET,
    ) -> None:
        """Update an agent.

        Changes what is given of an agent; the rest stays as it is.

        Args:
            agent_id (str): Id of the agent (a UUID).
            name (str | Unset): Name of the agent, at most 30 characters.
            description (str | Unset): Description of the agent, at most 500 characters.
            enable_auto_updates (bool | Unset): Whether the agent updates itself.
            restricted_access (bool | Unset): Whether only projects and environments on the
                allow list may use the agent.
            track_name (NewAgentTrack | Unset): The series of versions that the agent is to
                follow, in upper case.

        Source: API reference, streaming provider. Idempotent.
        """

        await self._session.call(
            _update_agent.OPERATION,
            agent_id=agent_id,
            body=UpdateAgentRequest(
                name=name,
                description=description,
                enable_auto_updates=enable_auto_updates,
                restricted_access=restricted_access,
                track_name=track_name
                if isinstance(track_name, Unset)
                else NewAgentTrack(track_name),
            ),
        )

    async def credentials(
        self,
        agent_id: str,
    ) -> AgentCredentials:
        """Get the credentials of an agent.

        Returns the client id and the client secret that the agent itself signs in with. The
        secret is left out of the repr; do not log it.

        Args:
            agent_id (str): Id of the agent (a UUID).

        Source: API reference, streaming provider. Idempotent.
        """

        return await self._session.call(
            _get_agent_credentials.OPERATION,
            agent_id=agent_id,
        )

    async def refresh_credentials(
        self,
        agent_id: str,
    ) -> AgentCredentials:
        """Replace the client secret of an agent.

        Makes a new client secret for the agent and returns it. The old one is no longer valid, so
        the agent needs the new one. If the response was lost, ask for the credentials.

        Args:
            agent_id (str): Id of the agent (a UUID).

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _refresh_agent_credentials.OPERATION,
            agent_id=agent_id,
            body=RefreshAgentCredentialsRequest(
                action="SECRET_REFRESH",
            ),
        )

    async def command(
        self,
        agent_id: str,
        *,
        command: AgentCommand | str,
    ) -> None:
        """Restart, pause or resume an agent.

        Tells an agent to restart, to pause or to resume. Its status follows some time later.

        Args:
            agent_id (str): Id of the agent (a UUID).
            command (AgentCommand): What an agent is to do.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _send_agent_command.OPERATION,
            agent_id=agent_id,
            body=AgentCommandRequest(
                command=AgentCommand(command),
            ),
        )

    async def allow_list(
        self,
        agent_id: str,
    ) -> AgentAllowList:
        """Get the allow list of an agent.

        Returns the projects and environments that may use an agent with restricted access, by
        project id. A project without environments may use it as a whole.

        Args:
            agent_id (str): Id of the agent (a UUID).

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_agent_allow_list.OPERATION,
            agent_id=agent_id,
        )

    async def replace_allow_list(
        self,
        agent_id: str,
        *,
        projects: AgentAllowListProjects | Mapping[str, Any],
    ) -> None:
        """Replace the allow list of an agent.

        Replaces the allow list; without projects it becomes empty.

        Args:
            agent_id (str): Id of the agent (a UUID).
            projects (AgentAllowListProjects): Projects on an allow list, by their ids.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _replace_agent_allow_list.OPERATION,
            agent_id=agent_id,
            body=AgentAllowList(
                projects=as_model(AgentAllowListProjects, projects),
            ),
        )

    async def remove_from_allow_list(
        self,
        agent_id: str,
        *,
        project: str,
        environment_name: str | Unset = UNSET,
    ) -> None:
        """Remove from the allow list of an agent.

        Removes a project from the allow list, or one environment of it. If a repeated request
        gets 404, the first one may have succeeded.

        Args:
            agent_id (str): Id of the agent (a UUID).
            project (str): Id or exact name of the project.
            environment_name (str | Unset): Name of the one environment to remove; without it
                the project is removed.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _remove_from_agent_allow_list.OPERATION,
            agent_id=agent_id,
            project_id=project,
            environment_name=environment_name,
        )

    async def add_to_allow_list(
        self,
        agent_id: str,
        *,
        projects: AgentAllowListProjects | Mapping[str, Any],
    ) -> None:
        """Add to the allow list of an agent.

        Adds projects, or environments of projects, to the allow list. What is in it stays.

        Args:
            agent_id (str): Id of the agent (a UUID).
            projects (AgentAllowListProjects): Projects on an allow list, by their ids.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _add_to_agent_allow_list.OPERATION,
            agent_id=agent_id,
            body=AddToAgentAllowListRequest(
                projects=as_model(AgentAllowListProjects, projects),
            ),
        )

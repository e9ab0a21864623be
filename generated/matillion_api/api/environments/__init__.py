# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``environments``."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...models.create_environment_request import CreateEnvironmentRequest
from ...models.default_connections import DefaultConnections
from ...models.environment import Environment
from ...models.environment_connection_override import EnvironmentConnectionOverride
from ...models.environment_page import EnvironmentPage
from ...models.user_access_level import UserAccessLevel
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    create_environment as _create_environment,
)
from . import (
    delete_environment as _delete_environment,
)
from . import (
    list_environments as _list_environments,
)


class Environments:
    """Environments of a project. An environment is known by its name; it has no id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Environment, EnvironmentPage]:
        """List environments.

        Lists the environments of a project, one page at a time. An environment has no id: its
        name is the key that other calls ask for. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides, older guides, DataHub, MCP proof of concept. Idempotent.
        """

        return self._session.listing(
            _list_environments.OPERATION,
            Environment,
            project_id=project,
            page=page,
            size=size,
        )

    async def create(
        self,
        project: str,
        *,
        name: str,
        default_agent_id: str,
        default_user_access_level: UserAccessLevel | str,
        default_connections: DefaultConnections | Mapping[str, Any],
        connection_overrides: Sequence[EnvironmentConnectionOverride | Mapping[str, Any]],
        display_name: str | Unset = UNSET,
        description: str | Unset = UNSET,
    ) -> None:
        """Create an environment.

        Creates an environment in a project. The name identifies it and cannot be changed later.
        The request names the default agent, the default connections and exactly one connection
        override. The vendor does not document the body of the response, so it is ignored. A
        request whose response was lost must not be repeated blindly: list the environments and
        look for the name first.

        Args:
            project (str): Id or exact name of the project.
            name (str): Name of the environment. It identifies the environment and cannot be
                changed.
            default_agent_id (str): Id of the agent that runs pipelines unless a call names
                another (a UUID).
            default_user_access_level (UserAccessLevel): What project members may do in an
                environment by default. Other values may be added.
            default_connections (DefaultConnections): Default connections by connection type,
                such as `DWH`.
            connection_overrides (list[EnvironmentConnectionOverride]): Exactly one connection
                override.
            display_name (str | Unset): Name to show in the user interface.
            description (str | Unset): Description of the environment.

        Source: API reference, guides. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _create_environment.OPERATION,
            project_id=project,
            body=CreateEnvironmentRequest(
                name=name,
                default_agent_id=default_agent_id,
                default_user_access_level=UserAccessLevel(default_user_access_level),
                default_connections=as_model(DefaultConnections, default_connections),
                connection_overrides=[
                    as_model(EnvironmentConnectionOverride, item) for item in connection_overrides
                ],
                display_name=display_name,
                description=description,
            ),
        )

    async def delete(
        self,
        project: str,
        environment_name: str,
    ) -> None:
        """Delete an environment.

        Deletes an environment of a project, by name. This cannot be undone. If a repeated request
        gets 404, the first one may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment. It may contain spaces, which are
                percent-encoded.

        Source: ChatBotKit. Idempotent.
        """

        await self._session.call(
            _delete_environment.OPERATION,
            project_id=project,
            environment_name=environment_name,
        )

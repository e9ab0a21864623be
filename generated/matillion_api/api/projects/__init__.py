# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``projects``."""

from ...models.agent_deployment_type import AgentDeploymentType
from ...models.create_project_request import CreateProjectRequest
from ...models.created_project import CreatedProject
from ...models.project import Project
from ...models.project_page import ProjectPage
from ...models.warehouse import Warehouse
from ...types import UNSET, Listing, Session, Unset
from . import (
    create_project as _create_project,
)
from . import (
    delete_project as _delete_project,
)
from . import (
    list_projects as _list_projects,
)


class Projects:
    """Projects of the account. Most other things belong to one project."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Project, ProjectPage]:
        """List projects.

        Lists the projects that the credential may see, one page at a time. A credential without a
        role in any project gets an empty page, not an error. There is no filter by name, no way
        to fetch a single project, and the order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides, DataHub, Paradime CLI, ChatBotKit, MCP proof of concept. Idempotent.
        """

        return self._session.listing(
            _list_projects.OPERATION,
            Project,
            page=page,
            size=size,
        )

    async def create(
        self,
        *,
        name: str,
        warehouse: Warehouse | str,
        agent_deployment_type: AgentDeploymentType | str,
        description: str | Unset = UNSET,
    ) -> CreatedProject:
        """Create a project.

        Creates a project and returns its id. Only Super Admins see a new project until members
        are invited. Names need not be unique, so a request whose response was lost must not be
        repeated blindly: list the projects and look for the name first.

        Args:
            name (str): Name of the project.
            warehouse (Warehouse): Cloud data warehouse of a project. Other values may be
                added.
            agent_deployment_type (AgentDeploymentType): Who hosts the agents of a project:
                HYBRID for your own infrastructure, FULL_SAAS for the vendor's. Other values may
                be added.
            description (str | Unset): Description of the project.

        Source: guides, older guides, ChatBotKit. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_project.OPERATION,
            body=CreateProjectRequest(
                name=name,
                warehouse=Warehouse(warehouse),
                agent_deployment_type=AgentDeploymentType(agent_deployment_type),
                description=description,
            ),
        )

    async def delete(
        self,
        project: str,
    ) -> None:
        """Delete a project.

        Deletes a project and what is in it. This cannot be undone. If a repeated request gets
        404, the first one may have succeeded.

        Args:
            project (str): Id or exact name of the project.

        Source: ChatBotKit. Idempotent.
        """

        await self._session.call(
            _delete_project.OPERATION,
            project_id=project,
        )

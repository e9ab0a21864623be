# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``project_variables``."""

from ...models.create_project_variable_request import CreateProjectVariableRequest
from ...models.project_variable import ProjectVariable
from ...models.project_variable_behaviour import ProjectVariableBehaviour
from ...models.project_variable_override import ProjectVariableOverride
from ...models.project_variable_override_page import ProjectVariableOverridePage
from ...models.project_variable_page import ProjectVariablePage
from ...models.project_variable_type import ProjectVariableType
from ...models.set_project_variable_override_request import (
    SetProjectVariableOverrideRequest,
)
from ...models.update_project_variable_request import UpdateProjectVariableRequest
from ...types import UNSET, Listing, Session, Unset
from . import (
    create_project_variable as _create_project_variable,
)
from . import (
    delete_project_variable as _delete_project_variable,
)
from . import (
    list_project_variable_overrides as _list_project_variable_overrides,
)
from . import (
    list_project_variables as _list_project_variables,
)
from . import (
    set_project_variable_override as _set_project_variable_override,
)
from . import (
    update_project_variable as _update_project_variable,
)


class ProjectVariables:
    """Variables of a project, and what of them differs per environment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[ProjectVariable, ProjectVariablePage]:
        """List project variables.

        Lists the variables of a project, one page at a time. A variable is known by its name. The
        order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides, older guides. Idempotent.
        """

        return self._session.listing(
            _list_project_variables.OPERATION,
            ProjectVariable,
            project_id=project,
            page=page,
            size=size,
        )

    async def create(
        self,
        project: str,
        *,
        name: str,
        type_: ProjectVariableType | str,
        behaviour: ProjectVariableBehaviour | str,
        value: float | str,
        description: str | Unset = UNSET,
        supports_double_resolution: bool | Unset = UNSET,
    ) -> None:
        """Create a project variable.

        Creates a variable in a project. A request whose response was lost must not be repeated
        blindly: list the variables and look for the name first.

        Args:
            project (str): Id or exact name of the project.
            name (str): Name of the variable.
            type_ (ProjectVariableType): Kind of value. Other values may be added.
            behaviour (ProjectVariableBehaviour): Whether what runs shares the value or has a
                copy of its own. Other values may be added.
            value (float | str): The value, where no environment overrides it.
            description (str | Unset): Description of the variable.
            supports_double_resolution (bool | Unset): Whether a reference to a variable
                inside the value is resolved as well.

        Source: guides, older guides. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _create_project_variable.OPERATION,
            project_id=project,
            body=CreateProjectVariableRequest(
                name=name,
                type_=ProjectVariableType(type_),
                behaviour=ProjectVariableBehaviour(behaviour),
                value=value,
                description=description,
                supports_double_resolution=supports_double_resolution,
            ),
        )

    async def delete(
        self,
        project: str,
        variable_name: str,
    ) -> None:
        """Delete a project variable.

        Deletes a variable and its overrides. This cannot be undone. If a repeated request gets
        404, the first one may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            variable_name (str): Name of the variable.

        Source: guides, older guides. Idempotent.
        """

        await self._session.call(
            _delete_project_variable.OPERATION,
            project_id=project,
            variable_name=variable_name,
        )

    async def update(
        self,
        project: str,
        variable_name: str,
        *,
        type_: ProjectVariableType | str,
        behaviour: ProjectVariableBehaviour | str,
        value: float | str | Unset = UNSET,
        description: str | Unset = UNSET,
        supports_double_resolution: bool | Unset = UNSET,
    ) -> None:
        """Update a project variable.

        Changes what is given of a variable; the rest stays as it is. Type and behaviour are
        always needed.

        Args:
            project (str): Id or exact name of the project.
            variable_name (str): Name of the variable.
            type_ (ProjectVariableType): Kind of value. Other values may be added.
            behaviour (ProjectVariableBehaviour): Whether what runs shares the value or has a
                copy of its own. Other values may be added.
            value (float | str | Unset): The value, where no environment overrides it.
            description (str | Unset): Description of the variable.
            supports_double_resolution (bool | Unset): Whether a reference to a variable
                inside the value is resolved as well.

        Source: guides, older guides. Idempotent.
        """

        await self._session.call(
            _update_project_variable.OPERATION,
            project_id=project,
            variable_name=variable_name,
            body=UpdateProjectVariableRequest(
                type_=ProjectVariableType(type_),
                behaviour=ProjectVariableBehaviour(behaviour),
                value=value,
                description=description,
                supports_double_resolution=supports_double_resolution,
            ),
        )

    def list_overrides(
        self,
        project: str,
        variable_name: str,
        *,
        environment_name: str | Unset = UNSET,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[ProjectVariableOverride, ProjectVariableOverridePage]:
        """List the overrides of a project variable.

        Lists the environments in which a variable has another value, one page at a time, with
        that value.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            variable_name (str): Name of the variable.
            environment_name (str | Unset): Only the override in this environment.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides, older guides. Idempotent.
        """

        return self._session.listing(
            _list_project_variable_overrides.OPERATION,
            ProjectVariableOverride,
            project_id=project,
            variable_name=variable_name,
            environment_name=environment_name,
            page=page,
            size=size,
        )

    async def set_override(
        self,
        project: str,
        variable_name: str,
        *,
        environment_name: str,
        value: float | str,
    ) -> None:
        """Give a project variable another value in an environment.

        Sets the value that a variable has in one environment.

        Args:
            project (str): Id or exact name of the project.
            variable_name (str): Name of the variable.
            environment_name (str): Name of the environment.
            value (float | str): The value in this environment.

        Source: guides, older guides. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _set_project_variable_override.OPERATION,
            project_id=project,
            variable_name=variable_name,
            body=SetProjectVariableOverrideRequest(
                environment_name=environment_name,
                value=value,
            ),
        )

# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a project variable."""

from typing import Any

from ...client import Client, respond
from ...models.create_project_variable_request import CreateProjectVariableRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: CreateProjectVariableRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/variables".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="project_variables.create",
    method="POST",
    path="/v1/projects/{projectId}/variables",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: CreateProjectVariableRequest,
) -> Response[None]:
    """Create a project variable.

    Creates a variable in a project. A request whose response was lost must not be repeated
    blindly: list the variables and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateProjectVariableRequest): The variable to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: CreateProjectVariableRequest,
) -> None:
    """Create a project variable.

    Creates a variable in a project. A request whose response was lost must not be repeated
    blindly: list the variables and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateProjectVariableRequest): The variable to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    await respond(client, OPERATION, kwargs)

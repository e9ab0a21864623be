# Generated from openapi/ by scripts/generate. Do not edit.
"""Give a project variable another value in an environment."""

from typing import Any

from ...client import Client, respond
from ...models.set_project_variable_override_request import (
    SetProjectVariableOverrideRequest,
)
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    variable_name: str,
    *,
    body: SetProjectVariableOverrideRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/variables/{variable_name}/environment-overrides".format(
            project_id=path_segment("project", project_id),
            variable_name=path_segment("variable_name", variable_name),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="project_variables.set_override",
    method="POST",
    path="/v1/projects/{projectId}/variables/{variableName}/environment-overrides",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    variable_name: str,
    *,
    client: Client,
    body: SetProjectVariableOverrideRequest,
) -> Response[None]:
    """Give a project variable another value in an environment.

    Sets the value that a variable has in one environment.

    Args:
        project_id (str): Id of the project (a UUID).
        variable_name (str): Name of the variable.
        body (SetProjectVariableOverrideRequest): The value that a variable is to have in one
            environment.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        variable_name=variable_name,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    variable_name: str,
    *,
    client: Client,
    body: SetProjectVariableOverrideRequest,
) -> None:
    """Give a project variable another value in an environment.

    Sets the value that a variable has in one environment.

    Args:
        project_id (str): Id of the project (a UUID).
        variable_name (str): Name of the variable.
        body (SetProjectVariableOverrideRequest): The value that a variable is to have in one
            environment.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        variable_name=variable_name,
        body=body,
    )
    await respond(client, OPERATION, kwargs)

# Generated from openapi/ by scripts/generate. Do not edit.
"""List the overrides of a project variable."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.project_variable_override_page import ProjectVariableOverridePage
from ...types import (
    UNSET,
    Operation,
    Paging,
    Response,
    Unset,
    check_query,
    check_range,
    path_segment,
)


def _get_kwargs(
    project_id: str,
    variable_name: str,
    *,
    environment_name: str | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)

    params: dict[str, Any] = {}

    params["environmentName"] = environment_name

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/variables/{variable_name}/environment-overrides".format(
            project_id=path_segment("project", project_id),
            variable_name=path_segment("variable_name", variable_name),
        ),
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="page",
    items="results",
    size="size",
    max_size=100,
    cursor="page",
    total="total",
    items_key="results",
    cursor_key="page",
    total_key="total",
    fields=frozenset(["page", "results", "size", "total"]),
    item_fields=frozenset([]),
    alone=frozenset(["environmentName"]),
    missing_is_empty=False,
)


def _parse(data: Any) -> ProjectVariableOverridePage:
    return ProjectVariableOverridePage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[ProjectVariableOverridePage] = Operation(
    id="project_variables.list_overrides",
    method="GET",
    path="/v1/projects/{projectId}/variables/{variableName}/environment-overrides",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    paging=_PAGING,
)


async def asyncio_detailed(
    project_id: str,
    variable_name: str,
    *,
    client: Client,
    environment_name: str | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[ProjectVariableOverridePage]:
    """List the overrides of a project variable.

    Lists the environments in which a variable has another value, one page at a time, with
    that value.

    Args:
        project_id (str): Id of the project (a UUID).
        variable_name (str): Name of the variable.
        environment_name (str | Unset): Only the override in this environment.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        variable_name=variable_name,
        environment_name=environment_name,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    variable_name: str,
    *,
    client: Client,
    environment_name: str | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> ProjectVariableOverridePage:
    """List the overrides of a project variable.

    Lists the environments in which a variable has another value, one page at a time, with
    that value.

    Args:
        project_id (str): Id of the project (a UUID).
        variable_name (str): Name of the variable.
        environment_name (str | Unset): Only the override in this environment.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        variable_name=variable_name,
        environment_name=environment_name,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

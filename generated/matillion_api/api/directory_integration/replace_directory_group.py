# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace a group."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_group import DirectoryGroup
from ...models.directory_group_request import DirectoryGroupRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    group_id: str,
    *,
    body: DirectoryGroupRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/directory-integration/scim/v2/Groups/{group_id}".format(
            group_id=path_segment("group_id", group_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "id",
        "displayName",
        "externalId",
        "members",
        "accountId",
        "accountName",
        "projectId",
        "projectName",
        "environment",
        "role",
        "schemas",
        "meta",
    ]
)


def _parse(data: Any) -> DirectoryGroup | None:
    if data is None or data == {}:
        return None
    return DirectoryGroup.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryGroup | None] = Operation(
    id="directory_integration.replace_group",
    method="PUT",
    path="/v1/directory-integration/scim/v2/Groups/{groupId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    group_id: str,
    *,
    client: Client,
    body: DirectoryGroupRequest,
) -> Response[DirectoryGroup | None]:
    """Replace a group.

    Replaces all of a group that can be written, and returns it. What is left out is cleared.

    Args:
        group_id (str): Id of the group.
        body (DirectoryGroupRequest): A group to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        group_id=group_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    group_id: str,
    *,
    client: Client,
    body: DirectoryGroupRequest,
) -> DirectoryGroup | None:
    """Replace a group.

    Replaces all of a group that can be written, and returns it. What is left out is cleared.

    Args:
        group_id (str): Id of the group.
        body (DirectoryGroupRequest): A group to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        group_id=group_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

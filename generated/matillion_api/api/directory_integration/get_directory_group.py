# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a group."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_group import DirectoryGroup
from ...types import Operation, Response, path_segment


def _get_kwargs(
    group_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/directory-integration/scim/v2/Groups/{group_id}".format(
            group_id=path_segment("group_id", group_id),
        ),
    }

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


def _parse(data: Any) -> DirectoryGroup:
    return DirectoryGroup.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryGroup] = Operation(
    id="directory_integration.get_group",
    method="GET",
    path="/v1/directory-integration/scim/v2/Groups/{groupId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    group_id: str,
    *,
    client: Client,
) -> Response[DirectoryGroup]:
    """Get a group.

    Returns one group of the directory.

    Args:
        group_id (str): Id of the group.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        group_id=group_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    group_id: str,
    *,
    client: Client,
) -> DirectoryGroup:
    """Get a group.

    Returns one group of the directory.

    Args:
        group_id (str): Id of the group.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        group_id=group_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

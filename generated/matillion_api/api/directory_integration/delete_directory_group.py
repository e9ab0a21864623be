# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete a group."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    group_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/directory-integration/scim/v2/Groups/{group_id}".format(
            group_id=path_segment("group_id", group_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="directory_integration.delete_group",
    method="DELETE",
    path="/v1/directory-integration/scim/v2/Groups/{groupId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
)


async def asyncio_detailed(
    group_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Delete a group.

    Deletes a group of the directory. If a repeated request gets 404, the first one may have
    succeeded.

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
) -> None:
    """Delete a group.

    Deletes a group of the directory. If a repeated request gets 404, the first one may have
    succeeded.

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
    await respond(client, OPERATION, kwargs)

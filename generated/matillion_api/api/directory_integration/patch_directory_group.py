# Generated from openapi/ by scripts/generate. Do not edit.
"""Change parts of a group."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_group import DirectoryGroup
from ...models.directory_patch import DirectoryPatch
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    group_id: str,
    *,
    body: DirectoryPatch,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
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
    id="directory_integration.patch_group",
    method="PATCH",
    path="/v1/directory-integration/scim/v2/Groups/{groupId}",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    group_id: str,
    *,
    client: Client,
    body: DirectoryPatch,
) -> Response[DirectoryGroup | None]:
    """Change parts of a group.

    Adds, replaces or removes attributes as RFC 7644, section 3.5.2, says, in order and all or
    nothing. The response is the group as it is now, or empty.

    Args:
        group_id (str): Id of the group.
        body (DirectoryPatch): Changes to a user or a group (RFC 7644, section 3.5.2).

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
    body: DirectoryPatch,
) -> DirectoryGroup | None:
    """Change parts of a group.

    Adds, replaces or removes attributes as RFC 7644, section 3.5.2, says, in order and all or
    nothing. The response is the group as it is now, or empty.

    Args:
        group_id (str): Id of the group.
        body (DirectoryPatch): Changes to a user or a group (RFC 7644, section 3.5.2).

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

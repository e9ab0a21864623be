# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a group."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_group import DirectoryGroup
from ...models.directory_group_request import DirectoryGroupRequest
from ...types import Operation, Response, check_body


def _get_kwargs(
    *,
    body: DirectoryGroupRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/directory-integration/scim/v2/Groups",
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


def _parse(data: Any) -> DirectoryGroup:
    return DirectoryGroup.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryGroup] = Operation(
    id="directory_integration.create_group",
    method="POST",
    path="/v1/directory-integration/scim/v2/Groups",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: DirectoryGroupRequest,
) -> Response[DirectoryGroup]:
    """Create a group.

    Creates a group and returns it. A request whose response was lost must not be repeated
    blindly: list the groups first.

    Args:
        body (DirectoryGroupRequest): A group to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    body: DirectoryGroupRequest,
) -> DirectoryGroup:
    """Create a group.

    Creates a group and returns it. A request whose response was lost must not be repeated
    blindly: list the groups first.

    Args:
        body (DirectoryGroupRequest): A group to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

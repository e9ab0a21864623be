# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a user."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_user import DirectoryUser
from ...types import Operation, Response, path_segment


def _get_kwargs(
    user_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/directory-integration/scim/v2/Users/{user_id}".format(
            user_id=path_segment("user_id", user_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "id",
        "userName",
        "externalId",
        "displayName",
        "name",
        "active",
        "emails",
        "schemas",
        "meta",
    ]
)


def _parse(data: Any) -> DirectoryUser:
    return DirectoryUser.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryUser] = Operation(
    id="directory_integration.get_user",
    method="GET",
    path="/v1/directory-integration/scim/v2/Users/{userId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    user_id: str,
    *,
    client: Client,
) -> Response[DirectoryUser]:
    """Get a user.

    Returns one user of the directory.

    Args:
        user_id (str): Id of the user.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        user_id=user_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    user_id: str,
    *,
    client: Client,
) -> DirectoryUser:
    """Get a user.

    Returns one user of the directory.

    Args:
        user_id (str): Id of the user.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        user_id=user_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

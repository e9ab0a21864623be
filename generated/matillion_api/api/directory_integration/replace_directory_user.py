# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace a user."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_user import DirectoryUser
from ...models.directory_user_request import DirectoryUserRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    user_id: str,
    *,
    body: DirectoryUserRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/directory-integration/scim/v2/Users/{user_id}".format(
            user_id=path_segment("user_id", user_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
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


def _parse(data: Any) -> DirectoryUser | None:
    if data is None or data == {}:
        return None
    return DirectoryUser.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryUser | None] = Operation(
    id="directory_integration.replace_user",
    method="PUT",
    path="/v1/directory-integration/scim/v2/Users/{userId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    user_id: str,
    *,
    client: Client,
    body: DirectoryUserRequest,
) -> Response[DirectoryUser | None]:
    """Replace a user.

    Replaces all of a user that can be written, and returns it. What is left out is cleared.

    Args:
        user_id (str): Id of the user.
        body (DirectoryUserRequest): A user to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        user_id=user_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    user_id: str,
    *,
    client: Client,
    body: DirectoryUserRequest,
) -> DirectoryUser | None:
    """Replace a user.

    Replaces all of a user that can be written, and returns it. What is left out is cleared.

    Args:
        user_id (str): Id of the user.
        body (DirectoryUserRequest): A user to create, or to put in the place of another.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        user_id=user_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

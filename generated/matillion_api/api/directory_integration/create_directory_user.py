# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a user."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_user import DirectoryUser
from ...models.directory_user_request import DirectoryUserRequest
from ...types import Operation, Response, check_body


def _get_kwargs(
    *,
    body: DirectoryUserRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/directory-integration/scim/v2/Users",
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


def _parse(data: Any) -> DirectoryUser:
    return DirectoryUser.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[DirectoryUser] = Operation(
    id="directory_integration.create_user",
    method="POST",
    path="/v1/directory-integration/scim/v2/Users",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: DirectoryUserRequest,
) -> Response[DirectoryUser]:
    """Create a user.

    Creates a user and returns it. A request whose response was lost must not be repeated
    blindly: list the users first.

    Args:
        body (DirectoryUserRequest): A user to create, or to put in the place of another.

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
    body: DirectoryUserRequest,
) -> DirectoryUser:
    """Create a user.

    Creates a user and returns it. A request whose response was lost must not be repeated
    blindly: list the users first.

    Args:
        body (DirectoryUserRequest): A user to create, or to put in the place of another.

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

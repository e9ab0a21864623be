# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete a user."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    user_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/directory-integration/scim/v2/Users/{user_id}".format(
            user_id=path_segment("user_id", user_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="directory_integration.delete_user",
    method="DELETE",
    path="/v1/directory-integration/scim/v2/Users/{userId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
)


async def asyncio_detailed(
    user_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Delete a user.

    Deletes a user of the directory. If a repeated request gets 404, the first one may have
    succeeded.

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
) -> None:
    """Delete a user.

    Deletes a user of the directory. If a repeated request gets 404, the first one may have
    succeeded.

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
    await respond(client, OPERATION, kwargs)

# Generated from openapi/ by scripts/generate. Do not edit.
"""List custom connectors."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.custom_connector import CustomConnector
from ...types import Operation, Response


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/custom-connectors",
    }

    return _kwargs


def _parse(data: Any) -> list[CustomConnector]:
    if data is None:
        return []
    return reading.as_list(CustomConnector.from_dict, data)


OPERATION: Operation[list[CustomConnector]] = Operation(
    id="connectors.list_custom",
    method="GET",
    path="/v1/custom-connectors",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    *,
    client: Client,
) -> Response[list[CustomConnector]]:
    """List custom connectors.

    Lists the profiles of the account's custom connectors, all at once: no pages are known.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit, CI script, older guides.
    """

    kwargs = _get_kwargs()
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
) -> list[CustomConnector]:
    """List custom connectors.

    Lists the profiles of the account's custom connectors, all at once: no pages are known.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit, CI script, older guides.
    """

    kwargs = _get_kwargs()
    return (await respond(client, OPERATION, kwargs)).parsed

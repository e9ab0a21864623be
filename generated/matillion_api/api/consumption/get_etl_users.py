# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the ETL users that were charged for."""

import datetime
from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.etl_user_consumption import EtlUserConsumption
from ...types import UNSET, Operation, Response, check_moment, check_query


def _get_kwargs(
    *,
    consumed_from: datetime.datetime,
    consumed_before: datetime.datetime,
) -> dict[str, Any]:
    check_moment("consumed_from", consumed_from)
    check_moment("consumed_before", consumed_before)

    params: dict[str, Any] = {}

    json_consumed_from = consumed_from.isoformat()
    params["consumedFrom"] = json_consumed_from

    json_consumed_before = consumed_before.isoformat()
    params["consumedBefore"] = json_consumed_before

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/consumption/etl-users",
        "params": params,
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "chargedUsers",
        "consumedFrom",
        "consumedBefore",
        "credits",
    ]
)


def _parse(data: Any) -> EtlUserConsumption:
    return EtlUserConsumption.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[EtlUserConsumption] = Operation(
    id="consumption.etl_users",
    method="GET",
    path="/v1/consumption/etl-users",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    consumed_from: datetime.datetime,
    consumed_before: datetime.datetime,
) -> Response[EtlUserConsumption]:
    """Get the ETL users that were charged for.

    Returns the users of Matillion ETL that were charged for in a range of time, and the
    credits for all of them together. There are no pages.

    Args:
        consumed_from (datetime.datetime): The beginning of the range, with a time zone.
        consumed_before (datetime.datetime): The end of the range, with a time zone.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        consumed_from=consumed_from,
        consumed_before=consumed_before,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    consumed_from: datetime.datetime,
    consumed_before: datetime.datetime,
) -> EtlUserConsumption:
    """Get the ETL users that were charged for.

    Returns the users of Matillion ETL that were charged for in a range of time, and the
    credits for all of them together. There are no pages.

    Args:
        consumed_from (datetime.datetime): The beginning of the range, with a time zone.
        consumed_before (datetime.datetime): The end of the range, with a time zone.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        consumed_from=consumed_from,
        consumed_before=consumed_before,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

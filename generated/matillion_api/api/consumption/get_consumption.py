# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the credits used."""

import datetime
from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.consumption_report import ConsumptionReport
from ...types import UNSET, Operation, Response, check_date, check_query


def _get_kwargs(
    *,
    consumed_from: datetime.date,
    consumed_before: datetime.date,
) -> dict[str, Any]:
    check_date("consumed_from", consumed_from)
    check_date("consumed_before", consumed_before)

    params: dict[str, Any] = {}

    json_consumed_from = consumed_from.isoformat()
    params["consumedFrom"] = json_consumed_from

    json_consumed_before = consumed_before.isoformat()
    params["consumedBefore"] = json_consumed_before

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/consumption",
        "params": params,
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "results",
    ]
)


def _parse(data: Any) -> ConsumptionReport:
    return ConsumptionReport.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[ConsumptionReport] = Operation(
    id="consumption.get",
    method="GET",
    path="/v1/consumption",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    consumed_from: datetime.date,
    consumed_before: datetime.date,
) -> Response[ConsumptionReport]:
    """Get the credits used.

    Returns what the account has used in a range of days, one entry for each UTC day and, in
    it, one for each kind of consumption and what caused it. The figures are refreshed every
    three hours. There are no pages.

    Args:
        consumed_from (datetime.date): The first day, in UTC.
        consumed_before (datetime.date): The day after the last one, in UTC.

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
    consumed_from: datetime.date,
    consumed_before: datetime.date,
) -> ConsumptionReport:
    """Get the credits used.

    Returns what the account has used in a range of days, one entry for each UTC day and, in
    it, one for each kind of consumption and what caused it. The figures are refreshed every
    three hours. There are no pages.

    Args:
        consumed_from (datetime.date): The first day, in UTC.
        consumed_before (datetime.date): The day after the last one, in UTC.

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

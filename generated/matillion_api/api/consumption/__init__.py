# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``consumption``."""

import datetime

from ...models.consumption_report import ConsumptionReport
from ...models.etl_user_consumption import EtlUserConsumption
from ...types import Session
from . import (
    get_consumption as _get_consumption,
)
from . import (
    get_etl_users as _get_etl_users,
)


class Consumption:
    """Credits that the account has used."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(
        self,
        *,
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

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_consumption.OPERATION,
            consumed_from=consumed_from,
            consumed_before=consumed_before,
        )

    async def etl_users(
        self,
        *,
        consumed_from: datetime.datetime,
        consumed_before: datetime.datetime,
    ) -> EtlUserConsumption:
        """Get the ETL users that were charged for.

        Returns the users of Matillion ETL that were charged for in a range of time, and the
        credits for all of them together. There are no pages.

        Args:
            consumed_from (datetime.datetime): The beginning of the range, with a time zone.
            consumed_before (datetime.datetime): The end of the range, with a time zone.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_etl_users.OPERATION,
            consumed_from=consumed_from,
            consumed_before=consumed_before,
        )

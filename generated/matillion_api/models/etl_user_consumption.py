# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.charged_user import ChargedUser


@_attrs_define(repr=False, eq=False)
class EtlUserConsumption(_Model):
    """The users of Matillion ETL that were charged for, and their credits.

    Attributes:
        charged_users (list[ChargedUser] | Unset): The users.
        consumed_from (datetime.datetime | Unset): The beginning of the range.
        consumed_before (datetime.datetime | Unset): The end of the range.
        credits_ (float | Unset): Number of credits for all users together.
    """

    charged_users: list[ChargedUser] | Unset = UNSET
    consumed_from: datetime.datetime | Unset = UNSET
    consumed_before: datetime.datetime | Unset = UNSET
    credits_: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        charged_users: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.charged_users, Unset):
            charged_users = []
            for charged_users_item_data in self.charged_users:
                charged_users_item = charged_users_item_data.to_dict()
                charged_users.append(charged_users_item)

        consumed_from: str | Unset = UNSET
        if not isinstance(self.consumed_from, Unset):
            consumed_from = self.consumed_from.isoformat()

        consumed_before: str | Unset = UNSET
        if not isinstance(self.consumed_before, Unset):
            consumed_before = self.consumed_before.isoformat()

        credits_ = self.credits_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if charged_users is not UNSET:
            field_dict["chargedUsers"] = charged_users
        if consumed_from is not UNSET:
            field_dict["consumedFrom"] = consumed_from
        if consumed_before is not UNSET:
            field_dict["consumedBefore"] = consumed_before
        if credits_ is not UNSET:
            field_dict["credits"] = credits_

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.charged_user import ChargedUser  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        charged_users: Any = d.pop("chargedUsers", UNSET)
        if charged_users is None:
            charged_users = UNSET
        elif charged_users is not UNSET:
            charged_users = reading.as_list(ChargedUser.from_dict, charged_users, "chargedUsers")

        consumed_from: Any = d.pop("consumedFrom", UNSET)
        if consumed_from is None:
            consumed_from = UNSET
        elif consumed_from is not UNSET:
            consumed_from = reading.given(reading.as_moment(consumed_from, "consumedFrom"))

        consumed_before: Any = d.pop("consumedBefore", UNSET)
        if consumed_before is None:
            consumed_before = UNSET
        elif consumed_before is not UNSET:
            consumed_before = reading.given(reading.as_moment(consumed_before, "consumedBefore"))

        credits_: Any = d.pop("credits", UNSET)
        if type(credits_) is not float and credits_ is not UNSET:
            credits_ = reading.given(reading.as_number(credits_))

        etl_user_consumption = cls(
            charged_users,
            consumed_from,
            consumed_before,
            credits_,
        )

        etl_user_consumption.extra = d
        return etl_user_consumption

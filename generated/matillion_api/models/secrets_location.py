# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class SecretsLocation(_Model):
    """The secret store that a connection reads.

    Attributes:
        type_ (str | Unset): Kind of store; `AWS_SECRET_MANAGER` is known.
        region (str | Unset): Region of the store.
    """

    type_: str | Unset = UNSET
    region: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        region = self.region

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if region is not UNSET:
            field_dict["region"] = region

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        type_: Any = d.pop("type", UNSET)
        if type(type_) is not str and type_ is not UNSET:
            type_ = reading.given(reading.as_text(type_))

        region: Any = d.pop("region", UNSET)
        if type(region) is not str and region is not UNSET:
            region = reading.given(reading.as_text(region))

        secrets_location = cls(
            type_,
            region,
        )

        secrets_location.extra = d
        return secrets_location

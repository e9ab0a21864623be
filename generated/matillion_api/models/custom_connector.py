# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CustomConnector(_Model):
    """The profile of a custom connector. Fields that are not listed are in `extra`.

    Attributes:
        id (str | Unset): Id of the connector.
    """

    id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", UNSET)
        if type(id) is not str and id is not UNSET:
            id = reading.given(reading.as_text(id))

        custom_connector = cls(
            id,
        )

        custom_connector.extra = d
        return custom_connector

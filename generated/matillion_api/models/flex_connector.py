# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class FlexConnector(_Model):
    """The profile of a Flex connector. Fields that are not listed are in `extra`.

    Attributes:
        alternate_id (str | Unset): Id of the connector.
    """

    alternate_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        alternate_id = self.alternate_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if alternate_id is not UNSET:
            field_dict["alternateId"] = alternate_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        alternate_id: Any = d.pop("alternateId", UNSET)
        if type(alternate_id) is not str and alternate_id is not UNSET:
            alternate_id = reading.given(reading.as_text(alternate_id))

        flex_connector = cls(
            alternate_id,
        )

        flex_connector.extra = d
        return flex_connector

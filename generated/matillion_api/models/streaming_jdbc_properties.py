# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StreamingJdbcProperties(_Model):
    """Further properties of a JDBC connection. The repr does not show them, since one may be a password."""

    extra: dict[str, str] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        streaming_jdbc_properties = cls()

        streaming_jdbc_properties.extra = reading.as_map(reading.as_text, d)
        return streaming_jdbc_properties

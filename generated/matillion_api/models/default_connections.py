# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.default_connection_names import DefaultConnectionNames


@_attrs_define(repr=False, eq=False)
class DefaultConnections(_Model):
    """Default connections by connection type, such as `DWH`."""

    extra: dict[str, DefaultConnectionNames] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.extra.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.default_connection_names import DefaultConnectionNames  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        default_connections = cls()

        default_connections.extra = reading.as_map(DefaultConnectionNames.from_dict, d)
        return default_connections

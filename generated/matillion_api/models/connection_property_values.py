# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_property_value import ConnectionPropertyValue


@_attrs_define(repr=False, eq=False)
class ConnectionPropertyValues(_Model):
    """Connection properties by name. Known for Redshift: `url`, `username`, `port`, `defaultDatabase`, `useSsl`,
    `defaultSchema`, `defaultStorageLocation`, `password`.

    """

    extra: dict[str, ConnectionPropertyValue] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.extra.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_property_value import ConnectionPropertyValue  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        connection_property_values = cls()

        connection_property_values.extra = reading.as_map(ConnectionPropertyValue.from_dict, d)
        return connection_property_values

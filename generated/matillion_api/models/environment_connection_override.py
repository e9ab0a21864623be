# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_property_values import ConnectionPropertyValues


@_attrs_define(repr=False, eq=False)
class EnvironmentConnectionOverride(_Model):
    """Properties of a connection that apply in this environment only.

    Attributes:
        connection_name (str): Name of the connection.
        connection_properties (ConnectionPropertyValues): Connection properties by name. Known for Redshift: `url`,
            `username`, `port`, `defaultDatabase`, `useSsl`, `defaultSchema`, `defaultStorageLocation`, `password`.
    """

    connection_name: str
    connection_properties: ConnectionPropertyValues

    def to_dict(self) -> dict[str, Any]:
        connection_name = self.connection_name

        connection_properties = self.connection_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "connectionName": connection_name,
                "connectionProperties": connection_properties,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_property_values import ConnectionPropertyValues  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        connection_name: Any = d.pop("connectionName", None)
        if type(connection_name) is not str:
            connection_name = reading.needed(reading.as_text(connection_name), "connectionName")

        connection_properties: Any = d.pop("connectionProperties", None)
        if connection_properties is None:
            raise reading.lacks("connectionProperties")
        connection_properties = reading.as_object(
            ConnectionPropertyValues, connection_properties, "connectionProperties"
        )

        environment_connection_override = cls(
            connection_name,
            connection_properties,
        )

        environment_connection_override.extra = d
        return environment_connection_override

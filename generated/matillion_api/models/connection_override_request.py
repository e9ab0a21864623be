# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_overrides import ConnectionOverrides


@_attrs_define(repr=False, eq=False)
class ConnectionOverrideRequest(_Model):
    """What of a connection differs in an environment.

    Attributes:
        environment_name (str): Name of the environment.
        connection_name (str): Name of the connection.
        auth_type (str): How the connection signs in; it must be what the connection itself has.
        connection_overrides (ConnectionOverrides): What of a connection differs in an environment.
    """

    environment_name: str
    connection_name: str
    auth_type: str
    connection_overrides: ConnectionOverrides

    def to_dict(self) -> dict[str, Any]:
        environment_name = self.environment_name

        connection_name = self.connection_name

        auth_type = self.auth_type

        connection_overrides = self.connection_overrides.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "environmentName": environment_name,
                "connectionName": connection_name,
                "authType": auth_type,
                "connectionOverrides": connection_overrides,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_overrides import ConnectionOverrides  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environment_name: Any = d.pop("environmentName", None)
        if type(environment_name) is not str:
            environment_name = reading.needed(reading.as_text(environment_name), "environmentName")

        connection_name: Any = d.pop("connectionName", None)
        if type(connection_name) is not str:
            connection_name = reading.needed(reading.as_text(connection_name), "connectionName")

        auth_type: Any = d.pop("authType", None)
        if type(auth_type) is not str:
            auth_type = reading.needed(reading.as_text(auth_type), "authType")

        connection_overrides: Any = d.pop("connectionOverrides", None)
        if connection_overrides is None:
            raise reading.lacks("connectionOverrides")
        connection_overrides = reading.as_object(
            ConnectionOverrides, connection_overrides, "connectionOverrides"
        )

        connection_override_request = cls(
            environment_name,
            connection_name,
            auth_type,
            connection_overrides,
        )

        connection_override_request.extra = d
        return connection_override_request

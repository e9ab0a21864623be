# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.connection_auth_type import ConnectionAuthType
from ..models.platform_connection_type import PlatformConnectionType
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_details import ConnectionDetails


@_attrs_define(repr=False, eq=False)
class CreateConnectionRequest(_Model):
    """The connection to create.

    Attributes:
        name (str): Name of the connection.
        platform_connection_type (PlatformConnectionType): What a connection is for. Other values may be added.
        auth_provider (str): The provider to sign in to, such as `NONE`.
        auth_type (ConnectionAuthType): How a connection signs in. Other values may be added.
        connection_details (ConnectionDetails): What a connection needs besides its type.
    """

    name: str
    platform_connection_type: PlatformConnectionType
    auth_provider: str
    auth_type: ConnectionAuthType
    connection_details: ConnectionDetails

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        platform_connection_type = self.platform_connection_type.value

        auth_provider = self.auth_provider

        auth_type = self.auth_type.value

        connection_details = self.connection_details.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "platformConnectionType": platform_connection_type,
                "authProvider": auth_provider,
                "authType": auth_type,
                "connectionDetails": connection_details,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_details import ConnectionDetails  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        platform_connection_type: Any = d.pop("platformConnectionType", None)
        if platform_connection_type is None:
            raise reading.lacks("platformConnectionType")
        platform_connection_type = reading.as_member(
            PlatformConnectionType, platform_connection_type, "platformConnectionType"
        )

        auth_provider: Any = d.pop("authProvider", None)
        if type(auth_provider) is not str:
            auth_provider = reading.needed(reading.as_text(auth_provider), "authProvider")

        auth_type: Any = d.pop("authType", None)
        if auth_type is None:
            raise reading.lacks("authType")
        auth_type = reading.as_member(ConnectionAuthType, auth_type, "authType")

        connection_details: Any = d.pop("connectionDetails", None)
        if connection_details is None:
            raise reading.lacks("connectionDetails")
        connection_details = reading.as_object(
            ConnectionDetails, connection_details, "connectionDetails"
        )

        create_connection_request = cls(
            name,
            platform_connection_type,
            auth_provider,
            auth_type,
            connection_details,
        )

        create_connection_request.extra = d
        return create_connection_request

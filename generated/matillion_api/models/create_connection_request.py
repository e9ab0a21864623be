# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        platform_connection_type = self.platform_connection_type.value

        auth_provider = self.auth_provider

        auth_type = self.auth_type.value

        connection_details = self.connection_details.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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

        d = dict(src_dict)
        name = d.pop("name")

        platform_connection_type = PlatformConnectionType(d.pop("platformConnectionType"))

        auth_provider = d.pop("authProvider")

        auth_type = ConnectionAuthType(d.pop("authType"))

        connection_details = ConnectionDetails.from_dict(d.pop("connectionDetails"))

        create_connection_request = cls(
            name,
            platform_connection_type,
            auth_provider,
            auth_type,
            connection_details,
        )

        create_connection_request.additional_properties = d
        return create_connection_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

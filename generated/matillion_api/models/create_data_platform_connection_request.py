# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.data_platform_auth_provider import DataPlatformAuthProvider
from ..models.data_platform_auth_type import DataPlatformAuthType
from ..models.platform_connection_type import PlatformConnectionType
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreateDataPlatformConnectionRequest(_Model):
    """The connection to create.

    Attributes:
        name (str): Name of the connection.
        platform_connection_type (PlatformConnectionType): What a connection is for. Other values may be added.
        auth_provider (DataPlatformAuthProvider): The data platform. Other values may be added.
        auth_type (DataPlatformAuthType): How to sign in to the data platform. Other values may be added.
    """

    name: str
    platform_connection_type: PlatformConnectionType
    auth_provider: DataPlatformAuthProvider
    auth_type: DataPlatformAuthType

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        platform_connection_type = self.platform_connection_type.value

        auth_provider = self.auth_provider.value

        auth_type = self.auth_type.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "platformConnectionType": platform_connection_type,
                "authProvider": auth_provider,
                "authType": auth_type,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
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
        if auth_provider is None:
            raise reading.lacks("authProvider")
        auth_provider = reading.as_member(DataPlatformAuthProvider, auth_provider, "authProvider")

        auth_type: Any = d.pop("authType", None)
        if auth_type is None:
            raise reading.lacks("authType")
        auth_type = reading.as_member(DataPlatformAuthType, auth_type, "authType")

        create_data_platform_connection_request = cls(
            name,
            platform_connection_type,
            auth_provider,
            auth_type,
        )

        create_data_platform_connection_request.extra = d
        return create_data_platform_connection_request

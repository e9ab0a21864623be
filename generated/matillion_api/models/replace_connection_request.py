# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.connection_auth_type import ConnectionAuthType
from ..models.platform_connection_type import PlatformConnectionType
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_details import ConnectionDetails


@_attrs_define(repr=False, eq=False)
class ReplaceConnectionRequest(_Model):
    """What a connection is to be.

    Attributes:
        auth_type (ConnectionAuthType): How a connection signs in. Other values may be added.
        platform_connection_type (PlatformConnectionType): What a connection is for. Other values may be added.
        connection_details (ConnectionDetails | Unset): What a connection needs besides its type.
    """

    auth_type: ConnectionAuthType
    platform_connection_type: PlatformConnectionType
    connection_details: ConnectionDetails | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        auth_type = self.auth_type.value

        platform_connection_type = self.platform_connection_type.value

        connection_details: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection_details, Unset):
            connection_details = self.connection_details.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "authType": auth_type,
                "platformConnectionType": platform_connection_type,
            }
        )
        if connection_details is not UNSET:
            field_dict["connectionDetails"] = connection_details

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_details import ConnectionDetails  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        auth_type: Any = d.pop("authType", None)
        if auth_type is None:
            raise reading.lacks("authType")
        auth_type = reading.as_member(ConnectionAuthType, auth_type, "authType")

        platform_connection_type: Any = d.pop("platformConnectionType", None)
        if platform_connection_type is None:
            raise reading.lacks("platformConnectionType")
        platform_connection_type = reading.as_member(
            PlatformConnectionType, platform_connection_type, "platformConnectionType"
        )

        connection_details: Any = d.pop("connectionDetails", UNSET)
        if connection_details is None:
            connection_details = UNSET
        elif connection_details is not UNSET:
            connection_details = reading.as_object(
                ConnectionDetails, connection_details, "connectionDetails"
            )

        replace_connection_request = cls(
            auth_type,
            platform_connection_type,
            connection_details,
        )

        replace_connection_request.extra = d
        return replace_connection_request

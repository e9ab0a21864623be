# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_secret_properties import ConnectionSecretProperties
    from ..models.secrets_location import SecretsLocation


@_attrs_define(repr=False, eq=False)
class ConnectionOverrides(_Model):
    """What of a connection differs in an environment.

    Attributes:
        connection_properties (ConnectionSecretProperties | Unset): Where a connection finds its secret. Further
            properties are sent as they are; the repr does not show them, since one may be a password.
        secrets_location (SecretsLocation | Unset): The secret store that a connection reads.
    """

    connection_properties: ConnectionSecretProperties | Unset = UNSET
    secrets_location: SecretsLocation | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        connection_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection_properties, Unset):
            connection_properties = self.connection_properties.to_dict()

        secrets_location: dict[str, Any] | Unset = UNSET
        if not isinstance(self.secrets_location, Unset):
            secrets_location = self.secrets_location.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if connection_properties is not UNSET:
            field_dict["connectionProperties"] = connection_properties
        if secrets_location is not UNSET:
            field_dict["secretsLocation"] = secrets_location

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_secret_properties import ConnectionSecretProperties  # noqa: PLC0415
        from ..models.secrets_location import SecretsLocation  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        connection_properties: Any = d.pop("connectionProperties", UNSET)
        if connection_properties is None:
            connection_properties = UNSET
        elif connection_properties is not UNSET:
            connection_properties = reading.as_object(
                ConnectionSecretProperties, connection_properties, "connectionProperties"
            )

        secrets_location: Any = d.pop("secretsLocation", UNSET)
        if secrets_location is None:
            secrets_location = UNSET
        elif secrets_location is not UNSET:
            secrets_location = reading.as_object(
                SecretsLocation, secrets_location, "secretsLocation"
            )

        connection_overrides = cls(
            connection_properties,
            secrets_location,
        )

        connection_overrides.extra = d
        return connection_overrides

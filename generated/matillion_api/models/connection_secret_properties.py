# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ConnectionSecretProperties(_Model):
    """Where a connection finds its secret. Further properties are sent as they are; the repr does not show them, since one
    may be a password.

        Attributes:
            secret_name (str | Unset): Name of the secret.
            secret_key (str | Unset): Key inside the secret.
            credential_secret_name (str | Unset): Name of the secret with the credentials of a cloud provider.
    """

    secret_name: str | Unset = UNSET
    secret_key: str | Unset = UNSET
    credential_secret_name: str | Unset = UNSET
    extra: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        secret_name = self.secret_name

        secret_key = self.secret_key

        credential_secret_name = self.credential_secret_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if secret_name is not UNSET:
            field_dict["secretName"] = secret_name
        if secret_key is not UNSET:
            field_dict["secretKey"] = secret_key
        if credential_secret_name is not UNSET:
            field_dict["credentialSecretName"] = credential_secret_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        secret_name: Any = d.pop("secretName", UNSET)
        if type(secret_name) is not str and secret_name is not UNSET:
            secret_name = reading.given(reading.as_text(secret_name))

        secret_key: Any = d.pop("secretKey", UNSET)
        if type(secret_key) is not str and secret_key is not UNSET:
            secret_key = reading.given(reading.as_text(secret_key))

        credential_secret_name: Any = d.pop("credentialSecretName", UNSET)
        if type(credential_secret_name) is not str and credential_secret_name is not UNSET:
            credential_secret_name = reading.given(reading.as_text(credential_secret_name))

        connection_secret_properties = cls(
            secret_name,
            secret_key,
            credential_secret_name,
        )

        connection_secret_properties.extra = d
        return connection_secret_properties

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.streaming_secret_type import StreamingSecretType
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StreamingSecret(_Model):
    """Where a secret is stored; not the secret itself. The key inside the secret is `secretKey` in the reference and `key`
    in the vendor's client; responses have `key`.

        Attributes:
            secret_type (StreamingSecretType): The kind of store that a secret is in. Other values may be added.
            secret_name (str): Name of the secret.
            secret_key (str | Unset): Key inside the secret, as the reference names it.
            key (str | Unset): Key inside the secret, as the vendor's client names it.
            secret_location (Any | Unset): Where the store is; its form is not documented.
    """

    secret_type: StreamingSecretType
    secret_name: str
    secret_key: str | Unset = UNSET
    key: str | Unset = UNSET
    secret_location: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        secret_type = self.secret_type.value

        secret_name = self.secret_name

        secret_key = self.secret_key

        key = self.key

        secret_location = self.secret_location

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "secretType": secret_type,
                "secretName": secret_name,
            }
        )
        if secret_key is not UNSET:
            field_dict["secretKey"] = secret_key
        if key is not UNSET:
            field_dict["key"] = key
        if secret_location is not UNSET:
            field_dict["secretLocation"] = secret_location

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        secret_type: Any = d.pop("secretType", None)
        if secret_type is None:
            raise reading.lacks("secretType")
        secret_type = reading.as_member(StreamingSecretType, secret_type, "secretType")

        secret_name: Any = d.pop("secretName", None)
        if type(secret_name) is not str:
            secret_name = reading.needed(reading.as_text(secret_name), "secretName")

        secret_key: Any = d.pop("secretKey", UNSET)
        if type(secret_key) is not str and secret_key is not UNSET:
            secret_key = reading.given(reading.as_text(secret_key))

        key: Any = d.pop("key", UNSET)
        if type(key) is not str and key is not UNSET:
            key = reading.given(reading.as_text(key))

        secret_location: Any = d.pop("secretLocation", UNSET)

        streaming_secret = cls(
            secret_type,
            secret_name,
            secret_key,
            key,
            secret_location,
        )

        streaming_secret.extra = d
        return streaming_secret

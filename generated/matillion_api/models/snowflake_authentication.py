# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.streaming_secret import StreamingSecret


@_attrs_define(repr=False, eq=False)
class SnowflakeAuthentication(_Model):
    """How the agent signs in to Snowflake.

    Attributes:
        type_ (str): Kind of authentication; `key-pair` is known.
        private_key (StreamingSecret | Unset): Where a secret is stored; not the secret itself. The key inside the
            secret is `secretKey` in the reference and `key` in the vendor's client; responses have `key`.
        passphrase (StreamingSecret | Unset): Where a secret is stored; not the secret itself. The key inside the secret
            is `secretKey` in the reference and `key` in the vendor's client; responses have `key`.
    """

    type_: str
    private_key: StreamingSecret | Unset = UNSET
    passphrase: StreamingSecret | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        private_key: dict[str, Any] | Unset = UNSET
        if not isinstance(self.private_key, Unset):
            private_key = self.private_key.to_dict()

        passphrase: dict[str, Any] | Unset = UNSET
        if not isinstance(self.passphrase, Unset):
            passphrase = self.passphrase.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if private_key is not UNSET:
            field_dict["privateKey"] = private_key
        if passphrase is not UNSET:
            field_dict["passphrase"] = passphrase

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.streaming_secret import StreamingSecret  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        type_: Any = d.pop("type", None)
        if type(type_) is not str:
            type_ = reading.needed(reading.as_text(type_), "type")

        private_key: Any = d.pop("privateKey", UNSET)
        if private_key is None:
            private_key = UNSET
        elif private_key is not UNSET:
            private_key = reading.as_object(StreamingSecret, private_key, "privateKey")

        passphrase: Any = d.pop("passphrase", UNSET)
        if passphrase is None:
            passphrase = UNSET
        elif passphrase is not UNSET:
            passphrase = reading.as_object(StreamingSecret, passphrase, "passphrase")

        snowflake_authentication = cls(
            type_,
            private_key,
            passphrase,
        )

        snowflake_authentication.extra = d
        return snowflake_authentication

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
class ConnectionPropertyValue(_Model):
    """The value of a connection property: either `value`, or the name of a secret and the key in it. Give passwords as
    secrets, not as values.

        Attributes:
            value (str | Unset): The value itself. The repr does not show it, since it may be a password.
            secret_name (str | Unset): Name of the secret that holds the value.
            secret_key (str | Unset): Key inside the secret.
    """

    value: str | Unset = _attrs_field(default=UNSET, repr=False)
    secret_name: str | Unset = UNSET
    secret_key: str | Unset = UNSET
    extra: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        secret_name = self.secret_name

        secret_key = self.secret_key

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if value is not UNSET:
            field_dict["value"] = value
        if secret_name is not UNSET:
            field_dict["secretName"] = secret_name
        if secret_key is not UNSET:
            field_dict["secretKey"] = secret_key

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        value: Any = d.pop("value", UNSET)
        if type(value) is not str and value is not UNSET:
            value = reading.given(reading.as_text(value))

        secret_name: Any = d.pop("secretName", UNSET)
        if type(secret_name) is not str and secret_name is not UNSET:
            secret_name = reading.given(reading.as_text(secret_name))

        secret_key: Any = d.pop("secretKey", UNSET)
        if type(secret_key) is not str and secret_key is not UNSET:
            secret_key = reading.given(reading.as_text(secret_key))

        connection_property_value = cls(
            value,
            secret_name,
            secret_key,
        )

        connection_property_value.extra = d
        return connection_property_value

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class DirectoryEmail(_Model):
    """An email address.

    Attributes:
        value (str | Unset): The address.
        type_ (None | str | Unset): What it is used for.
        primary (bool | None | Unset): Whether it is the one to use.
    """

    value: str | Unset = UNSET
    type_: None | str | Unset = UNSET
    primary: bool | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        primary: bool | None | Unset
        if isinstance(self.primary, Unset):
            primary = UNSET
        else:
            primary = self.primary

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if value is not UNSET:
            field_dict["value"] = value
        if type_ is not UNSET:
            field_dict["type"] = type_
        if primary is not UNSET:
            field_dict["primary"] = primary

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        value: Any = d.pop("value", UNSET)
        if type(value) is not str and value is not UNSET:
            value = reading.given(reading.as_text(value))

        type_: Any = d.pop("type", UNSET)
        if type(type_) is not str and type_ is not UNSET and type_ is not None:
            type_ = reading.as_text(type_)

        primary: Any = d.pop("primary", UNSET)
        if type(primary) is not bool and primary is not UNSET and primary is not None:
            primary = reading.as_boolean(primary)

        directory_email = cls(
            value,
            type_,
            primary,
        )

        directory_email.extra = d
        return directory_email

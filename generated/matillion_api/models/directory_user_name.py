# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class DirectoryUserName(_Model):
    """Name of a person.

    Attributes:
        given_name (None | str | Unset): First name.
        family_name (None | str | Unset): Last name.
        formatted (None | str | Unset): The whole name.
    """

    given_name: None | str | Unset = UNSET
    family_name: None | str | Unset = UNSET
    formatted: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        given_name: None | str | Unset
        if isinstance(self.given_name, Unset):
            given_name = UNSET
        else:
            given_name = self.given_name

        family_name: None | str | Unset
        if isinstance(self.family_name, Unset):
            family_name = UNSET
        else:
            family_name = self.family_name

        formatted: None | str | Unset
        if isinstance(self.formatted, Unset):
            formatted = UNSET
        else:
            formatted = self.formatted

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if given_name is not UNSET:
            field_dict["givenName"] = given_name
        if family_name is not UNSET:
            field_dict["familyName"] = family_name
        if formatted is not UNSET:
            field_dict["formatted"] = formatted

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        given_name: Any = d.pop("givenName", UNSET)
        if type(given_name) is not str and given_name is not UNSET and given_name is not None:
            given_name = reading.as_text(given_name)

        family_name: Any = d.pop("familyName", UNSET)
        if type(family_name) is not str and family_name is not UNSET and family_name is not None:
            family_name = reading.as_text(family_name)

        formatted: Any = d.pop("formatted", UNSET)
        if type(formatted) is not str and formatted is not UNSET and formatted is not None:
            formatted = reading.as_text(formatted)

        directory_user_name = cls(
            given_name,
            family_name,
            formatted,
        )

        directory_user_name.extra = d
        return directory_user_name

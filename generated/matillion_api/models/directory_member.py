# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class DirectoryMember(_Model):
    """A user in a group.

    Attributes:
        value (str): Id of the user.
        display (None | str | Unset): Name of the user.
        type_ (None | str | Unset): Kind of the member, such as `USER`; a group that a user is in has `DIRECT`.
        ref (None | str | Unset): URI of the user. SCIM calls it `$ref`, and the reference `ref`.
    """

    value: str
    display: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    ref: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        display: None | str | Unset
        if isinstance(self.display, Unset):
            display = UNSET
        else:
            display = self.display

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        ref: None | str | Unset
        if isinstance(self.ref, Unset):
            ref = UNSET
        else:
            ref = self.ref

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "value": value,
            }
        )
        if display is not UNSET:
            field_dict["display"] = display
        if type_ is not UNSET:
            field_dict["type"] = type_
        if ref is not UNSET:
            field_dict["ref"] = ref

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        value: Any = d.pop("value", None)
        if type(value) is not str:
            value = reading.needed(reading.as_text(value), "value")

        display: Any = d.pop("display", UNSET)
        if type(display) is not str and display is not UNSET and display is not None:
            display = reading.as_text(display)

        type_: Any = d.pop("type", UNSET)
        if type(type_) is not str and type_ is not UNSET and type_ is not None:
            type_ = reading.as_text(type_)

        ref: Any = d.pop("ref", UNSET)
        if type(ref) is not str and ref is not UNSET and ref is not None:
            ref = reading.as_text(ref)

        directory_member = cls(
            value,
            display,
            type_,
            ref,
        )

        directory_member.extra = d
        return directory_member

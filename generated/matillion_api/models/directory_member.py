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
class DirectoryMember(_Model):
    """A user in a group.

    Attributes:
        value (str): Id of the user.
        display (None | str | Unset): Name of the user.
    """

    value: str
    display: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        display: None | str | Unset
        if isinstance(self.display, Unset):
            display = UNSET
        else:
            display = self.display

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "value": value,
            }
        )
        if display is not UNSET:
            field_dict["display"] = display

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

        directory_member = cls(
            value,
            display,
        )

        directory_member.additional_properties = d
        return directory_member

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

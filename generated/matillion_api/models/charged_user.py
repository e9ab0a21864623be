# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ChargedUser(_Model):
    """A user that was charged for.

    Attributes:
        username (str | Unset): Name of the user.
    """

    username: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if username is not UNSET:
            field_dict["username"] = username

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        username: Any = d.pop("username", UNSET)
        if type(username) is not str and username is not UNSET:
            username = reading.given(reading.as_text(username))

        charged_user = cls(
            username,
        )

        charged_user.extra = d
        return charged_user

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class IgnoredResource(_Model):
    """A file that was sent and left out of the version.

    Attributes:
        name (None | str | Unset): Its path in the project.
        reason (None | str | Unset): Why it was left out.
    """

    name: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET and name is not None:
            name = reading.as_text(name)

        reason: Any = d.pop("reason", UNSET)
        if type(reason) is not str and reason is not UNSET and reason is not None:
            reason = reading.as_text(reason)

        ignored_resource = cls(
            name,
            reason,
        )

        ignored_resource.extra = d
        return ignored_resource

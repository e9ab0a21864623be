# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.directory_patch_kind import DirectoryPatchKind
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class DirectoryPatchOperation(_Model):
    """One change.

    Attributes:
        op (DirectoryPatchKind): What a change does.
        path (str | Unset): The attribute to change, such as `active`, `name.givenName` or `members[value eq
            "0c9d7b4f"]`. Without it, `value` is an object of attributes.
        value (Any | Unset): The value to add, or to replace the present one with.
    """

    op: DirectoryPatchKind
    path: str | Unset = UNSET
    value: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op.value

        path = self.path

        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "op": op,
            }
        )
        if path is not UNSET:
            field_dict["path"] = path
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        op: Any = d.pop("op", None)
        if op is None:
            raise reading.lacks("op")
        op = reading.as_member(DirectoryPatchKind, op, "op")

        path: Any = d.pop("path", UNSET)
        if type(path) is not str and path is not UNSET:
            path = reading.given(reading.as_text(path))

        value: Any = d.pop("value", UNSET)

        directory_patch_operation = cls(
            op,
            path,
            value,
        )

        directory_patch_operation.extra = d
        return directory_patch_operation

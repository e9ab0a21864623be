# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.directory_patch_operation import DirectoryPatchOperation


@_attrs_define(repr=False, eq=False)
class DirectoryPatch(_Model):
    """Changes to a user or a group (RFC 7644, section 3.5.2).

    Attributes:
        operations (list[DirectoryPatchOperation]): The changes, in order.
        schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
    """

    operations: list[DirectoryPatchOperation]
    schemas: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        operations = []
        for operations_item_data in self.operations:
            operations_item = operations_item_data.to_dict()
            operations.append(operations_item)

        schemas: list[str] | Unset = UNSET
        if not isinstance(self.schemas, Unset):
            schemas = self.schemas

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "Operations": operations,
            }
        )
        if schemas is not UNSET:
            field_dict["schemas"] = schemas

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_patch_operation import DirectoryPatchOperation  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        operations: Any = d.pop("Operations", UNSET)
        if operations is UNSET:
            raise reading.lacks("Operations")
        operations = reading.as_list(DirectoryPatchOperation.from_dict, operations, "Operations")

        schemas: Any = d.pop("schemas", UNSET)
        if schemas is None:
            schemas = UNSET
        elif schemas is not UNSET:
            schemas = reading.as_list(reading.as_text, schemas, "schemas")

        directory_patch = cls(
            operations,
            schemas,
        )

        directory_patch.extra = d
        return directory_patch

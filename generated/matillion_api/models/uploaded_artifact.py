# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.ignored_resource import IgnoredResource


@_attrs_define(repr=False, eq=False)
class UploadedArtifact(_Model):
    """What was made of an upload.

    Attributes:
        version_name (None | str | Unset): Name of the version.
        ignored_resources (list[IgnoredResource] | Unset): Files that were left out.
    """

    version_name: None | str | Unset = UNSET
    ignored_resources: list[IgnoredResource] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        version_name: None | str | Unset
        if isinstance(self.version_name, Unset):
            version_name = UNSET
        else:
            version_name = self.version_name

        ignored_resources: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.ignored_resources, Unset):
            ignored_resources = []
            for ignored_resources_item_data in self.ignored_resources:
                ignored_resources_item = ignored_resources_item_data.to_dict()
                ignored_resources.append(ignored_resources_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if version_name is not UNSET:
            field_dict["versionName"] = version_name
        if ignored_resources is not UNSET:
            field_dict["ignoredResources"] = ignored_resources

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.ignored_resource import IgnoredResource  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET and version_name is not None:
            version_name = reading.as_text(version_name)

        ignored_resources: Any = d.pop("ignoredResources", UNSET)
        if ignored_resources is None:
            ignored_resources = UNSET
        elif ignored_resources is not UNSET:
            ignored_resources = reading.as_list(
                IgnoredResource.from_dict, ignored_resources, "ignoredResources"
            )

        uploaded_artifact = cls(
            version_name,
            ignored_resources,
        )

        uploaded_artifact.extra = d
        return uploaded_artifact

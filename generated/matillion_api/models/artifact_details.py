# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.artifact import Artifact


@_attrs_define(repr=False, eq=False)
class ArtifactDetails(_Model):
    """A version that is published to an environment, and its files.

    Attributes:
        details (Artifact | Unset): A version of a project that is published to an environment.
        assets (list[str] | Unset): Paths of its files in the project.
    """

    details: Artifact | Unset = UNSET
    assets: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        details: dict[str, Any] | Unset = UNSET
        if not isinstance(self.details, Unset):
            details = self.details.to_dict()

        assets: list[str] | Unset = UNSET
        if not isinstance(self.assets, Unset):
            assets = self.assets

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if details is not UNSET:
            field_dict["details"] = details
        if assets is not UNSET:
            field_dict["assets"] = assets

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.artifact import Artifact  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        details: Any = d.pop("details", UNSET)
        if details is None:
            details = UNSET
        elif details is not UNSET:
            details = reading.as_object(Artifact, details, "details")

        assets: Any = d.pop("assets", UNSET)
        if assets is None:
            assets = UNSET
        elif assets is not UNSET:
            assets = reading.as_list(reading.as_text, assets, "assets")

        artifact_details = cls(
            details,
            assets,
        )

        artifact_details.extra = d
        return artifact_details

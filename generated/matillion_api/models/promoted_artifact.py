# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PromotedArtifact(_Model):
    """Where a version was published to.

    Attributes:
        environment_name (None | str | Unset): Name of the environment.
        version_name (None | str | Unset): Name of the version.
    """

    environment_name: None | str | Unset = UNSET
    version_name: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        environment_name: None | str | Unset
        if isinstance(self.environment_name, Unset):
            environment_name = UNSET
        else:
            environment_name = self.environment_name

        version_name: None | str | Unset
        if isinstance(self.version_name, Unset):
            version_name = UNSET
        else:
            version_name = self.version_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if environment_name is not UNSET:
            field_dict["environmentName"] = environment_name
        if version_name is not UNSET:
            field_dict["versionName"] = version_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environment_name: Any = d.pop("environmentName", UNSET)
        if (
            type(environment_name) is not str
            and environment_name is not UNSET
            and environment_name is not None
        ):
            environment_name = reading.as_text(environment_name)

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET and version_name is not None:
            version_name = reading.as_text(version_name)

        promoted_artifact = cls(
            environment_name,
            version_name,
        )

        promoted_artifact.extra = d
        return promoted_artifact

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PromoteArtifactRequest(_Model):
    """What to promote, from where to where.

    Attributes:
        source_environment_name (str): Name of the environment that the version is published to.
        target_environment_name (str): Name of the environment to publish it to.
        version_name (str): Name of the version.
    """

    source_environment_name: str
    target_environment_name: str
    version_name: str

    def to_dict(self) -> dict[str, Any]:
        source_environment_name = self.source_environment_name

        target_environment_name = self.target_environment_name

        version_name = self.version_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "sourceEnvironmentName": source_environment_name,
                "targetEnvironmentName": target_environment_name,
                "versionName": version_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        source_environment_name: Any = d.pop("sourceEnvironmentName", None)
        if type(source_environment_name) is not str:
            source_environment_name = reading.needed(
                reading.as_text(source_environment_name), "sourceEnvironmentName"
            )

        target_environment_name: Any = d.pop("targetEnvironmentName", None)
        if type(target_environment_name) is not str:
            target_environment_name = reading.needed(
                reading.as_text(target_environment_name), "targetEnvironmentName"
            )

        version_name: Any = d.pop("versionName", None)
        if type(version_name) is not str:
            version_name = reading.needed(reading.as_text(version_name), "versionName")

        promote_artifact_request = cls(
            source_environment_name,
            target_environment_name,
            version_name,
        )

        promote_artifact_request.extra = d
        return promote_artifact_request

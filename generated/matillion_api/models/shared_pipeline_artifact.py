# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.shared_pipeline import SharedPipeline
    from ..models.shared_pipeline_artifact_details import SharedPipelineArtifactDetails


@_attrs_define(repr=False, eq=False)
class SharedPipelineArtifact(_Model):
    """A published version of shared pipelines, and the pipelines in it.

    Attributes:
        artifact_details (SharedPipelineArtifactDetails | Unset): A published version of shared pipelines.
        shared_pipelines (list[SharedPipeline] | Unset): The pipelines in it.
    """

    artifact_details: SharedPipelineArtifactDetails | Unset = UNSET
    shared_pipelines: list[SharedPipeline] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        artifact_details: dict[str, Any] | Unset = UNSET
        if not isinstance(self.artifact_details, Unset):
            artifact_details = self.artifact_details.to_dict()

        shared_pipelines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.shared_pipelines, Unset):
            shared_pipelines = []
            for shared_pipelines_item_data in self.shared_pipelines:
                shared_pipelines_item = shared_pipelines_item_data.to_dict()
                shared_pipelines.append(shared_pipelines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if artifact_details is not UNSET:
            field_dict["artifactDetails"] = artifact_details
        if shared_pipelines is not UNSET:
            field_dict["sharedPipelines"] = shared_pipelines

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.shared_pipeline import SharedPipeline  # noqa: PLC0415
        from ..models.shared_pipeline_artifact_details import (
            SharedPipelineArtifactDetails,  # noqa: PLC0415
        )

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        artifact_details: Any = d.pop("artifactDetails", UNSET)
        if artifact_details is None:
            artifact_details = UNSET
        elif artifact_details is not UNSET:
            artifact_details = reading.as_object(
                SharedPipelineArtifactDetails, artifact_details, "artifactDetails"
            )

        shared_pipelines: Any = d.pop("sharedPipelines", UNSET)
        if shared_pipelines is None:
            shared_pipelines = UNSET
        elif shared_pipelines is not UNSET:
            shared_pipelines = reading.as_list(
                SharedPipeline.from_dict, shared_pipelines, "sharedPipelines"
            )

        shared_pipeline_artifact = cls(
            artifact_details,
            shared_pipelines,
        )

        shared_pipeline_artifact.extra = d
        return shared_pipeline_artifact

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ConsumptionDimensions(_Model):
    """What caused a consumption, by name: `installationId` for etl-compute; `pipelineName`, `projectId` and `environment`
    for orchestration and transformation; `pipelineName` and `projectId` for streaming; `pipelineId` for data-loader-
    batch and data-loader-cdc; `userEmail` for dpc-users.

    """

    extra: dict[str, str] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        consumption_dimensions = cls()

        consumption_dimensions.extra = reading.as_map(reading.as_text, d)
        return consumption_dimensions

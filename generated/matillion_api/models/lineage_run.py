# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.lineage_facets import LineageFacets


@_attrs_define(repr=False, eq=False)
class LineageRun(_Model):
    """A run of a pipeline, as OpenLineage names it.

    Attributes:
        run_id (str | Unset): Id of the run; a UUID by OpenLineage, though an example of the reference has another text.
        facets (LineageFacets | Unset): Further facts by name, each an object whose shape its `_schemaURL` tells.
    """

    run_id: str | Unset = UNSET
    facets: LineageFacets | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        run_id = self.run_id

        facets: dict[str, Any] | Unset = UNSET
        if not isinstance(self.facets, Unset):
            facets = self.facets.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if run_id is not UNSET:
            field_dict["runId"] = run_id
        if facets is not UNSET:
            field_dict["facets"] = facets

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.lineage_facets import LineageFacets  # noqa: PLC0415

        d = dict(src_dict)
        run_id = d.pop("runId", UNSET)

        _facets = d.pop("facets", UNSET)
        facets: LineageFacets | Unset
        if _facets is None or isinstance(_facets, Unset):
            facets = UNSET
        else:
            facets = LineageFacets.from_dict(_facets)

        lineage_run = cls(
            run_id,
            facets,
        )

        lineage_run.additional_properties = d
        return lineage_run

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

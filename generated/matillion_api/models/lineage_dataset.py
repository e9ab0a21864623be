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
class LineageDataset(_Model):
    """A table, file or other data that a run read or wrote.

    Attributes:
        namespace (str | Unset): Where the data is, such as a data warehouse.
        name (str | Unset): Name of the data in that place.
        facets (LineageFacets | Unset): Further facts by name, each an object whose shape its `_schemaURL` tells.
    """

    namespace: str | Unset = UNSET
    name: str | Unset = UNSET
    facets: LineageFacets | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        namespace = self.namespace

        name = self.name

        facets: dict[str, Any] | Unset = UNSET
        if not isinstance(self.facets, Unset):
            facets = self.facets.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if namespace is not UNSET:
            field_dict["namespace"] = namespace
        if name is not UNSET:
            field_dict["name"] = name
        if facets is not UNSET:
            field_dict["facets"] = facets

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.lineage_facets import LineageFacets  # noqa: PLC0415

        d = dict(src_dict)
        namespace = d.pop("namespace", UNSET)

        name = d.pop("name", UNSET)

        _facets = d.pop("facets", UNSET)
        facets: LineageFacets | Unset
        if _facets is None or isinstance(_facets, Unset):
            facets = UNSET
        else:
            facets = LineageFacets.from_dict(_facets)

        lineage_dataset = cls(
            namespace,
            name,
            facets,
        )

        lineage_dataset.additional_properties = d
        return lineage_dataset

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

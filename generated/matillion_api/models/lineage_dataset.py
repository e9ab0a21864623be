# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.lineage_facets import LineageFacets


@_attrs_define(repr=False, eq=False)
class LineageDataset(_Model):
    """A table, file or other data that a run read or wrote.

    Attributes:
        namespace (None | str | Unset): Where the data is, such as a data warehouse.
        name (None | str | Unset): Name of the data in that place.
        facets (LineageFacets | None | Unset): Further facts about the data.
    """

    namespace: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    facets: LineageFacets | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.lineage_facets import LineageFacets  # noqa: PLC0415

        namespace: None | str | Unset
        if isinstance(self.namespace, Unset):
            namespace = UNSET
        else:
            namespace = self.namespace

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        facets: dict[str, Any] | None | Unset
        if isinstance(self.facets, Unset):
            facets = UNSET
        elif isinstance(self.facets, LineageFacets):
            facets = self.facets.to_dict()
        else:
            facets = self.facets

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        namespace: Any = d.pop("namespace", UNSET)
        if type(namespace) is not str and namespace is not UNSET and namespace is not None:
            namespace = reading.as_text(namespace)

        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET and name is not None:
            name = reading.as_text(name)

        facets: Any = d.pop("facets", UNSET)
        if facets is not UNSET and facets is not None:
            facets = reading.as_object(LineageFacets, facets, "facets")

        lineage_dataset = cls(
            namespace,
            name,
            facets,
        )

        lineage_dataset.extra = d
        return lineage_dataset

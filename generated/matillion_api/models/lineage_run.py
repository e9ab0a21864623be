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
class LineageRun(_Model):
    """A run of a pipeline, as OpenLineage names it.

    Attributes:
        run_id (None | str | Unset): Id of the run; a UUID by OpenLineage, though an example of the reference has
            another string.
        facets (LineageFacets | None | Unset): Further facts about the run.
    """

    run_id: None | str | Unset = UNSET
    facets: LineageFacets | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.lineage_facets import LineageFacets  # noqa: PLC0415

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

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
        if run_id is not UNSET:
            field_dict["runId"] = run_id
        if facets is not UNSET:
            field_dict["facets"] = facets

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.lineage_facets import LineageFacets  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        run_id: Any = d.pop("runId", UNSET)
        if type(run_id) is not str and run_id is not UNSET and run_id is not None:
            run_id = reading.as_text(run_id)

        facets: Any = d.pop("facets", UNSET)
        if facets is not UNSET and facets is not None:
            facets = reading.as_object(LineageFacets, facets, "facets")

        lineage_run = cls(
            run_id,
            facets,
        )

        lineage_run.extra = d
        return lineage_run

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.pipeline_execution import PipelineExecution


@_attrs_define(repr=False, eq=False)
class PipelineExecutionPage(_Page["PipelineExecution"]):
    """One page of executions.

    Attributes:
        results (list[PipelineExecution]): The executions on this page, newest first.
        more (None | str | Unset): Token of the page after this one; absent on the last page.
    """

    results: list[PipelineExecution]
    more: None | str | Unset = UNSET

    _items_field: ClassVar[str] = "results"

    def to_dict(self) -> dict[str, Any]:
        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        more: None | str | Unset
        if isinstance(self.more, Unset):
            more = UNSET
        else:
            more = self.more

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "results": results,
            }
        )
        if more is not UNSET:
            field_dict["more"] = more

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.pipeline_execution import PipelineExecution  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        results: Any = d.pop("results", UNSET)
        if results is UNSET:
            raise reading.lacks("results")
        results = reading.as_list(PipelineExecution.from_dict, results, "results")

        more: Any = d.pop("more", UNSET)
        if type(more) is not str and more is not UNSET and more is not None:
            more = reading.as_text(more)

        pipeline_execution_page = cls(
            results,
            more,
        )

        pipeline_execution_page.extra = d
        return pipeline_execution_page

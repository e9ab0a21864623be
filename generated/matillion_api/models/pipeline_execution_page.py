# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.pipeline_execution import PipelineExecution


@_attrs_define(repr=False, eq=False)
class PipelineExecutionPage(_Model):
    """One page of executions.

    Attributes:
        results (list[PipelineExecution]): The executions on this page, newest first.
        more (None | str | Unset): Token of the page after this one; absent on the last page.
    """

    results: list[PipelineExecution]
    more: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

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
        field_dict.update(self.additional_properties)
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

        pipeline_execution_page.additional_properties = d
        return pipeline_execution_page

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

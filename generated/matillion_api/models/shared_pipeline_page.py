# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.shared_pipeline import SharedPipeline


@_attrs_define(repr=False, eq=False)
class SharedPipelinePage(_Page["SharedPipeline"]):
    """One page of shared pipelines.

    Attributes:
        results (list[SharedPipeline]): The shared pipelines on this page.
        page (int | Unset): Number of this page. The first page is 0.
        size (int | Unset): Items per page that were asked for.
        total (int | Unset): Number of shared pipelines on all pages.
    """

    results: list[SharedPipeline]
    page: int | Unset = UNSET
    size: int | Unset = UNSET
    total: int | Unset = UNSET

    _items_field: ClassVar[str] = "results"

    def to_dict(self) -> dict[str, Any]:
        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        page = self.page

        size = self.size

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "results": results,
            }
        )
        if page is not UNSET:
            field_dict["page"] = page
        if size is not UNSET:
            field_dict["size"] = size
        if total is not UNSET:
            field_dict["total"] = total

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.shared_pipeline import SharedPipeline  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        results: Any = d.pop("results", UNSET)
        if results is UNSET:
            raise reading.lacks("results")
        results = reading.as_list(SharedPipeline.from_dict, results, "results")

        page: Any = d.pop("page", UNSET)
        if type(page) is not int and page is not UNSET:
            page = reading.given(reading.as_integer(page))

        size: Any = d.pop("size", UNSET)
        if type(size) is not int and size is not UNSET:
            size = reading.given(reading.as_integer(size))

        total: Any = d.pop("total", UNSET)
        if type(total) is not int and total is not UNSET:
            total = reading.given(reading.as_integer(total))

        shared_pipeline_page = cls(
            results,
            page,
            size,
            total,
        )

        shared_pipeline_page.extra = d
        return shared_pipeline_page

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.audit_event import AuditEvent


@_attrs_define(repr=False, eq=False)
class AuditEventPage(_Page["AuditEvent"]):
    """One page of audit events.

    Attributes:
        results (list[AuditEvent]): The events on this page.
        page (int | Unset): Number of this page. The first page is 0.
        size (int | Unset): Items per page that were asked for.
        total (int | Unset): Number of events on all pages.
    """

    results: list[AuditEvent]
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
        from ..models.audit_event import AuditEvent  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        results: Any = d.pop("results", UNSET)
        if results is UNSET:
            raise reading.lacks("results")
        results = reading.as_list(AuditEvent.from_dict, results, "results")

        page: Any = d.pop("page", UNSET)
        if type(page) is not int and page is not UNSET:
            page = reading.given(reading.as_integer(page))

        size: Any = d.pop("size", UNSET)
        if type(size) is not int and size is not UNSET:
            size = reading.given(reading.as_integer(size))

        total: Any = d.pop("total", UNSET)
        if type(total) is not int and total is not UNSET:
            total = reading.given(reading.as_integer(total))

        audit_event_page = cls(
            results,
            page,
            size,
            total,
        )

        audit_event_page.extra = d
        return audit_event_page

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.directory_group import DirectoryGroup


@_attrs_define(repr=False, eq=False)
class DirectoryGroupList(_Page["DirectoryGroup"]):
    """One page of groups, as SCIM lists them. `Resources` may be missing when there are none.

    Attributes:
        total_results (int | Unset): Number of groups on all pages.
        start_index (int | Unset): Index of the first one on this page, from 1.
        items_per_page (int | Unset): Number on this page.
        resources (list[DirectoryGroup] | Unset): The groups on this page.
        schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
    """

    total_results: int | Unset = UNSET
    start_index: int | Unset = UNSET
    items_per_page: int | Unset = UNSET
    resources: list[DirectoryGroup] | Unset = UNSET
    schemas: list[str] | Unset = UNSET

    _items_field: ClassVar[str] = "resources"

    def to_dict(self) -> dict[str, Any]:
        total_results = self.total_results

        start_index = self.start_index

        items_per_page = self.items_per_page

        resources: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.resources, Unset):
            resources = []
            for resources_item_data in self.resources:
                resources_item = resources_item_data.to_dict()
                resources.append(resources_item)

        schemas: list[str] | Unset = UNSET
        if not isinstance(self.schemas, Unset):
            schemas = self.schemas

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if total_results is not UNSET:
            field_dict["totalResults"] = total_results
        if start_index is not UNSET:
            field_dict["startIndex"] = start_index
        if items_per_page is not UNSET:
            field_dict["itemsPerPage"] = items_per_page
        if resources is not UNSET:
            field_dict["Resources"] = resources
        if schemas is not UNSET:
            field_dict["schemas"] = schemas

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_group import DirectoryGroup  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        total_results: Any = d.pop("totalResults", UNSET)
        if type(total_results) is not int and total_results is not UNSET:
            total_results = reading.given(reading.as_integer(total_results))

        start_index: Any = d.pop("startIndex", UNSET)
        if type(start_index) is not int and start_index is not UNSET:
            start_index = reading.given(reading.as_integer(start_index))

        items_per_page: Any = d.pop("itemsPerPage", UNSET)
        if type(items_per_page) is not int and items_per_page is not UNSET:
            items_per_page = reading.given(reading.as_integer(items_per_page))

        resources: Any = d.pop("Resources", UNSET)
        if resources is None:
            resources = UNSET
        elif resources is not UNSET:
            resources = reading.as_list(DirectoryGroup.from_dict, resources, "Resources")

        schemas: Any = d.pop("schemas", UNSET)
        if schemas is None:
            schemas = UNSET
        elif schemas is not UNSET:
            schemas = reading.as_list(reading.as_text, schemas, "schemas")

        directory_group_list = cls(
            total_results,
            start_index,
            items_per_page,
            resources,
            schemas,
        )

        directory_group_list.extra = d
        return directory_group_list

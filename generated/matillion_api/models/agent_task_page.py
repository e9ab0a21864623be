# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.agent_task_summary import AgentTaskSummary


@_attrs_define(repr=False, eq=False)
class AgentTaskPage(_Page["AgentTaskSummary"]):
    """One page of tasks.

    Attributes:
        tasks (list[AgentTaskSummary]): The tasks on this page.
        page (int | Unset): Number of this page. The first page is 0.
        size (int | Unset): Items per page that were asked for.
        total (int | Unset): Number of tasks on all pages.
    """

    tasks: list[AgentTaskSummary]
    page: int | Unset = UNSET
    size: int | Unset = UNSET
    total: int | Unset = UNSET

    _items_field: ClassVar[str] = "tasks"

    def to_dict(self) -> dict[str, Any]:
        tasks = []
        for tasks_item_data in self.tasks:
            tasks_item = tasks_item_data.to_dict()
            tasks.append(tasks_item)

        page = self.page

        size = self.size

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "tasks": tasks,
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
        from ..models.agent_task_summary import AgentTaskSummary  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        tasks: Any = d.pop("tasks", UNSET)
        if tasks is UNSET:
            raise reading.lacks("tasks")
        tasks = reading.as_list(AgentTaskSummary.from_dict, tasks, "tasks")

        page: Any = d.pop("page", UNSET)
        if type(page) is not int and page is not UNSET:
            page = reading.given(reading.as_integer(page))

        size: Any = d.pop("size", UNSET)
        if type(size) is not int and size is not UNSET:
            size = reading.given(reading.as_integer(size))

        total: Any = d.pop("total", UNSET)
        if type(total) is not int and total is not UNSET:
            total = reading.given(reading.as_integer(total))

        agent_task_page = cls(
            tasks,
            page,
            size,
            total,
        )

        agent_task_page.extra = d
        return agent_task_page

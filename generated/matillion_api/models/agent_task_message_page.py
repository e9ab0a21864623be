# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Page as _Page

if TYPE_CHECKING:
    from ..models.agent_task_message import AgentTaskMessage


@_attrs_define(repr=False, eq=False)
class AgentTaskMessagePage(_Page["AgentTaskMessage"]):
    """One page of messages.

    Attributes:
        results (list[AgentTaskMessage]): The messages on this page.
        more (None | str | Unset): Token of the page after this one; absent on the last page.
        next_cursor (None | str | Unset): The same, by the name that the text of the reference has for it.
    """

    results: list[AgentTaskMessage]
    more: None | str | Unset = UNSET
    next_cursor: None | str | Unset = UNSET

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

        next_cursor: None | str | Unset
        if isinstance(self.next_cursor, Unset):
            next_cursor = UNSET
        else:
            next_cursor = self.next_cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "results": results,
            }
        )
        if more is not UNSET:
            field_dict["more"] = more
        if next_cursor is not UNSET:
            field_dict["nextCursor"] = next_cursor

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_message import AgentTaskMessage  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        results: Any = d.pop("results", UNSET)
        if results is UNSET:
            raise reading.lacks("results")
        results = reading.as_list(AgentTaskMessage.from_dict, results, "results")

        more: Any = d.pop("more", UNSET)
        if type(more) is not str and more is not UNSET and more is not None:
            more = reading.as_text(more)

        next_cursor: Any = d.pop("nextCursor", UNSET)
        if type(next_cursor) is not str and next_cursor is not UNSET and next_cursor is not None:
            next_cursor = reading.as_text(next_cursor)

        agent_task_message_page = cls(
            results,
            more,
            next_cursor,
        )

        agent_task_message_page.extra = d
        return agent_task_message_page

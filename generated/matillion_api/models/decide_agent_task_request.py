# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import UNSET
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_decision import AgentTaskDecision


@_attrs_define(repr=False, eq=False)
class DecideAgentTaskRequest(_Model):
    """Answers to what a task waits for.

    Attributes:
        decisions (list[AgentTaskDecision]): The answers.
    """

    decisions: list[AgentTaskDecision]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        decisions = []
        for decisions_item_data in self.decisions:
            decisions_item = decisions_item_data.to_dict()
            decisions.append(decisions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "decisions": decisions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_decision import AgentTaskDecision  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        decisions: Any = d.pop("decisions", UNSET)
        if decisions is UNSET:
            raise reading.lacks("decisions")
        decisions = reading.as_list(AgentTaskDecision.from_dict, decisions, "decisions")

        decide_agent_task_request = cls(
            decisions,
        )

        decide_agent_task_request.additional_properties = d
        return decide_agent_task_request

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

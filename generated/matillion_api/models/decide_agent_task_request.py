# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

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

    def to_dict(self) -> dict[str, Any]:
        decisions = []
        for decisions_item_data in self.decisions:
            decisions_item = decisions_item_data.to_dict()
            decisions.append(decisions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        decide_agent_task_request.extra = d
        return decide_agent_task_request

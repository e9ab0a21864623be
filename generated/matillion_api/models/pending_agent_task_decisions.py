# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.pending_agent_task_decision import PendingAgentTaskDecision


@_attrs_define(repr=False, eq=False)
class PendingAgentTaskDecisions(_Model):
    """The decisions that a task waits for.

    Attributes:
        pending_decisions (list[PendingAgentTaskDecision] | Unset): What it asks, and waits for.
    """

    pending_decisions: list[PendingAgentTaskDecision] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        pending_decisions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.pending_decisions, Unset):
            pending_decisions = []
            for pending_decisions_item_data in self.pending_decisions:
                pending_decisions_item = pending_decisions_item_data.to_dict()
                pending_decisions.append(pending_decisions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if pending_decisions is not UNSET:
            field_dict["pendingDecisions"] = pending_decisions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.pending_agent_task_decision import PendingAgentTaskDecision  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        pending_decisions: Any = d.pop("pendingDecisions", UNSET)
        if pending_decisions is None:
            pending_decisions = UNSET
        elif pending_decisions is not UNSET:
            pending_decisions = reading.as_list(
                PendingAgentTaskDecision.from_dict, pending_decisions, "pendingDecisions"
            )

        pending_agent_task_decisions = cls(
            pending_decisions,
        )

        pending_agent_task_decisions.extra = d
        return pending_agent_task_decisions

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_answer import AgentTaskAnswer


@_attrs_define(repr=False, eq=False)
class AgentTaskDecision(_Model):
    """The answer to a pending decision.

    Attributes:
        type_ (str): Kind of the decision; its values are not documented, and those that a task asks with are a good
            guess.
        id (str): Which decision it answers, presumably the `toolId` that the task shows.
        answers (list[AgentTaskAnswer] | Unset): An answer to each of its questions.
    """

    type_: str
    id: str
    answers: list[AgentTaskAnswer] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        id = self.id

        answers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.answers, Unset):
            answers = []
            for answers_item_data in self.answers:
                answers_item = answers_item_data.to_dict()
                answers.append(answers_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "type": type_,
                "id": id,
            }
        )
        if answers is not UNSET:
            field_dict["answers"] = answers

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_answer import AgentTaskAnswer  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        type_: Any = d.pop("type", None)
        if type(type_) is not str:
            type_ = reading.needed(reading.as_text(type_), "type")

        id: Any = d.pop("id", None)
        if type(id) is not str:
            id = reading.needed(reading.as_text(id), "id")

        answers: Any = d.pop("answers", UNSET)
        if answers is None:
            answers = UNSET
        elif answers is not UNSET:
            answers = reading.as_list(AgentTaskAnswer.from_dict, answers, "answers")

        agent_task_decision = cls(
            type_,
            id,
            answers,
        )

        agent_task_decision.extra = d
        return agent_task_decision

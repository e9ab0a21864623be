# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskAnswer(_Model):
    """The answer to one question of a decision.

    Attributes:
        question_index (int | Unset): Number of the question; the first is 0 presumably.
        selected_options (list[str] | Unset): What was chosen.
    """

    question_index: int | Unset = UNSET
    selected_options: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        question_index = self.question_index

        selected_options: list[str] | Unset = UNSET
        if not isinstance(self.selected_options, Unset):
            selected_options = self.selected_options

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if question_index is not UNSET:
            field_dict["questionIndex"] = question_index
        if selected_options is not UNSET:
            field_dict["selectedOptions"] = selected_options

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        question_index: Any = d.pop("questionIndex", UNSET)
        if type(question_index) is not int and question_index is not UNSET:
            question_index = reading.given(reading.as_integer(question_index))

        selected_options: Any = d.pop("selectedOptions", UNSET)
        if selected_options is None:
            selected_options = UNSET
        elif selected_options is not UNSET:
            selected_options = reading.as_list(reading.as_text, selected_options, "selectedOptions")

        agent_task_answer = cls(
            question_index,
            selected_options,
        )

        agent_task_answer.extra = d
        return agent_task_answer

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskReference(_Model):
    """The id of a task.

    Attributes:
        task_id (str): Id of the task (a UUID).
    """

    task_id: str

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "taskId": task_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        task_id: Any = d.pop("taskId", None)
        if type(task_id) is not str:
            task_id = reading.needed(reading.as_text(task_id), "taskId")

        agent_task_reference = cls(
            task_id,
        )

        agent_task_reference.extra = d
        return agent_task_reference

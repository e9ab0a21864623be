# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskPermissionMessage(_Model):
    """A question of an agent, for a person to read.

    Attributes:
        title (None | str | Unset): The question in short.
        body (None | str | Unset): The question.
    """

    title: None | str | Unset = UNSET
    body: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        body: None | str | Unset
        if isinstance(self.body, Unset):
            body = UNSET
        else:
            body = self.body

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if title is not UNSET:
            field_dict["title"] = title
        if body is not UNSET:
            field_dict["body"] = body

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        title: Any = d.pop("title", UNSET)
        if type(title) is not str and title is not UNSET and title is not None:
            title = reading.as_text(title)

        body: Any = d.pop("body", UNSET)
        if type(body) is not str and body is not UNSET and body is not None:
            body = reading.as_text(body)

        agent_task_permission_message = cls(
            title,
            body,
        )

        agent_task_permission_message.extra = d
        return agent_task_permission_message

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class Environment(_Model):
    """An environment of a project.

    Attributes:
        name (str): Name of the environment, which identifies it in its project.
        default_agent_id (None | str | Unset): Id of the agent that runs pipelines unless a call names another (a UUID).
        default_agent_name (None | str | Unset): Name of that agent.
    """

    name: str
    default_agent_id: None | str | Unset = UNSET
    default_agent_name: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        default_agent_id: None | str | Unset
        if isinstance(self.default_agent_id, Unset):
            default_agent_id = UNSET
        else:
            default_agent_id = self.default_agent_id

        default_agent_name: None | str | Unset
        if isinstance(self.default_agent_name, Unset):
            default_agent_name = UNSET
        else:
            default_agent_name = self.default_agent_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
            }
        )
        if default_agent_id is not UNSET:
            field_dict["defaultAgentId"] = default_agent_id
        if default_agent_name is not UNSET:
            field_dict["defaultAgentName"] = default_agent_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        default_agent_id: Any = d.pop("defaultAgentId", UNSET)
        if (
            type(default_agent_id) is not str
            and default_agent_id is not UNSET
            and default_agent_id is not None
        ):
            default_agent_id = reading.as_text(default_agent_id)

        default_agent_name: Any = d.pop("defaultAgentName", UNSET)
        if (
            type(default_agent_name) is not str
            and default_agent_name is not UNSET
            and default_agent_name is not None
        ):
            default_agent_name = reading.as_text(default_agent_name)

        environment = cls(
            name,
            default_agent_id,
            default_agent_name,
        )

        environment.extra = d
        return environment

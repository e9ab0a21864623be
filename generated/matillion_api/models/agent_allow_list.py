# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_allow_list_projects import AgentAllowListProjects


@_attrs_define(repr=False, eq=False)
class AgentAllowList(_Model):
    """Who may use an agent with restricted access.

    Attributes:
        projects (AgentAllowListProjects): Projects on an allow list, by their ids.
    """

    projects: AgentAllowListProjects
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        projects = self.projects.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "projects": projects,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_allow_list_projects import AgentAllowListProjects  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        projects: Any = d.pop("projects", None)
        if projects is None:
            raise reading.lacks("projects")
        projects = reading.as_object(AgentAllowListProjects, projects, "projects")

        agent_allow_list = cls(
            projects,
        )

        agent_allow_list.additional_properties = d
        return agent_allow_list

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

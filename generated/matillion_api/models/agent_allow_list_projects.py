# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model
from ..types import unwrap

if TYPE_CHECKING:
    from ..models.agent_allow_list_project import AgentAllowListProject


@_attrs_define(repr=False, eq=False)
class AgentAllowListProjects(_Model):
    """Projects on an allow list, by their ids."""

    additional_properties: dict[str, AgentAllowListProject] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_allow_list_project import AgentAllowListProject  # noqa: PLC0415

        d = reading.as_mapping(unwrap(src_dict, "projects"))
        agent_allow_list_projects = cls()

        agent_allow_list_projects.additional_properties = reading.as_map(
            AgentAllowListProject.from_dict, d
        )
        return agent_allow_list_projects

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> AgentAllowListProject:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: AgentAllowListProject) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

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

    extra: dict[str, AgentAllowListProject] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.extra.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_allow_list_project import AgentAllowListProject  # noqa: PLC0415

        d = reading.as_mapping(unwrap(src_dict, "projects"))
        agent_allow_list_projects = cls()

        agent_allow_list_projects.extra = reading.as_map(AgentAllowListProject.from_dict, d)
        return agent_allow_list_projects

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_allow_list_projects import AgentAllowListProjects


@_attrs_define(repr=False, eq=False)
class AddToAgentAllowListRequest(_Model):
    """Who else may use an agent with restricted access.

    Attributes:
        projects (AgentAllowListProjects): Projects on an allow list, by their ids.
    """

    projects: AgentAllowListProjects

    def to_dict(self) -> dict[str, Any]:
        projects = self.projects.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        add_to_agent_allow_list_request = cls(
            projects,
        )

        add_to_agent_allow_list_request.extra = d
        return add_to_agent_allow_list_request

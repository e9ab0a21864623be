# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentAllowListProject(_Model):
    """The environments of a project on an allow list; the whole project if there are none.

    Attributes:
        environments (list[str] | Unset): Names of environments.
    """

    environments: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        environments: list[str] | Unset = UNSET
        if not isinstance(self.environments, Unset):
            environments = self.environments

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if environments is not UNSET:
            field_dict["environments"] = environments

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environments: Any = d.pop("environments", UNSET)
        if environments is None:
            environments = UNSET
        elif environments is not UNSET:
            environments = reading.as_list(reading.as_text, environments, "environments")

        agent_allow_list_project = cls(
            environments,
        )

        agent_allow_list_project.extra = d
        return agent_allow_list_project

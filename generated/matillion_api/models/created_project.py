# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreatedProject(_Model):
    """The id of a project that was just created.

    Attributes:
        project_id (str): Id of the new project (a UUID).
    """

    project_id: str

    def to_dict(self) -> dict[str, Any]:
        project_id = self.project_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "projectId": project_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        project_id: Any = d.pop("projectId", None)
        if type(project_id) is not str:
            project_id = reading.needed(reading.as_text(project_id), "projectId")

        created_project = cls(
            project_id,
        )

        created_project.extra = d
        return created_project

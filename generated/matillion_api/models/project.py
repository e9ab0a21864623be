# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class Project(_Model):
    """A project.

    Attributes:
        id (str): Id of the project (a UUID).
        name (str): Name of the project. Several projects may share one.
        description (None | str | Unset): Description of the project, if it has one.
    """

    id: str
    name: str
    description: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "id": id,
                "name": name,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", None)
        if type(id) is not str:
            id = reading.needed(reading.as_text(id), "id")

        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        project = cls(
            id,
            name,
            description,
        )

        project.extra = d
        return project

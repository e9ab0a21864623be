# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import define as _attrs_define

from .. import reading
from ..models.project_variable_behaviour import ProjectVariableBehaviour
from ..models.project_variable_type import ProjectVariableType
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ProjectVariable(_Model):
    """A variable of a project.

    Attributes:
        name (str): Name of the variable, which identifies it in its project.
        id (str | Unset): Id of the variable (a UUID); no call asks for it.
        type_ (ProjectVariableType | Unset): Kind of value. Other values may be added.
        behaviour (ProjectVariableBehaviour | Unset): Whether what runs shares the value or has a copy of its own. Other
            values may be added.
        description (None | str | Unset): Description of the variable.
        value (float | None | str | Unset): The value, where no environment overrides it.
        supports_double_resolution (bool | Unset): Whether a reference to a variable inside the value is resolved as
            well.
    """

    name: str
    id: str | Unset = UNSET
    type_: ProjectVariableType | Unset = UNSET
    behaviour: ProjectVariableBehaviour | Unset = UNSET
    description: None | str | Unset = UNSET
    value: float | None | str | Unset = UNSET
    supports_double_resolution: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        id = self.id

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_.value

        behaviour: str | Unset = UNSET
        if not isinstance(self.behaviour, Unset):
            behaviour = self.behaviour.value

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        value: float | None | str | Unset
        if isinstance(self.value, Unset):
            value = UNSET
        else:
            value = self.value

        supports_double_resolution = self.supports_double_resolution

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if type_ is not UNSET:
            field_dict["type"] = type_
        if behaviour is not UNSET:
            field_dict["behaviour"] = behaviour
        if description is not UNSET:
            field_dict["description"] = description
        if value is not UNSET:
            field_dict["value"] = value
        if supports_double_resolution is not UNSET:
            field_dict["supportsDoubleResolution"] = supports_double_resolution

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        id: Any = d.pop("id", UNSET)
        if type(id) is not str and id is not UNSET:
            id = reading.given(reading.as_text(id))

        type_: Any = d.pop("type", UNSET)
        if type_ is None:
            type_ = UNSET
        elif type_ is not UNSET:
            type_ = reading.as_member(ProjectVariableType, type_, "type")

        behaviour: Any = d.pop("behaviour", UNSET)
        if behaviour is None:
            behaviour = UNSET
        elif behaviour is not UNSET:
            behaviour = reading.as_member(ProjectVariableBehaviour, behaviour, "behaviour")

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        def _parse_value(data: object) -> float | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | str | Unset, data)

        value = _parse_value(d.pop("value", UNSET))

        supports_double_resolution: Any = d.pop("supportsDoubleResolution", UNSET)
        if type(supports_double_resolution) is not bool and supports_double_resolution is not UNSET:
            supports_double_resolution = reading.given(
                reading.as_boolean(supports_double_resolution)
            )

        project_variable = cls(
            name,
            id,
            type_,
            behaviour,
            description,
            value,
            supports_double_resolution,
        )

        project_variable.extra = d
        return project_variable

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
class CreateProjectVariableRequest(_Model):
    """The variable to create.

    Attributes:
        name (str): Name of the variable.
        type_ (ProjectVariableType): Kind of value. Other values may be added.
        behaviour (ProjectVariableBehaviour): Whether what runs shares the value or has a copy of its own. Other values
            may be added.
        value (float | str): The value, where no environment overrides it.
        description (str | Unset): Description of the variable.
        supports_double_resolution (bool | Unset): Whether a reference to a variable inside the value is resolved as
            well.
    """

    name: str
    type_: ProjectVariableType
    behaviour: ProjectVariableBehaviour
    value: float | str
    description: str | Unset = UNSET
    supports_double_resolution: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        type_ = self.type_.value

        behaviour = self.behaviour.value

        value: float | str
        value = self.value

        description = self.description

        supports_double_resolution = self.supports_double_resolution

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "type": type_,
                "behaviour": behaviour,
                "value": value,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if supports_double_resolution is not UNSET:
            field_dict["supportsDoubleResolution"] = supports_double_resolution

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        type_: Any = d.pop("type", None)
        if type_ is None:
            raise reading.lacks("type")
        type_ = reading.as_member(ProjectVariableType, type_, "type")

        behaviour: Any = d.pop("behaviour", None)
        if behaviour is None:
            raise reading.lacks("behaviour")
        behaviour = reading.as_member(ProjectVariableBehaviour, behaviour, "behaviour")

        def _parse_value(data: object) -> float | str:
            return cast(float | str, data)

        value = _parse_value(d.pop("value"))

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        supports_double_resolution: Any = d.pop("supportsDoubleResolution", UNSET)
        if type(supports_double_resolution) is not bool and supports_double_resolution is not UNSET:
            supports_double_resolution = reading.given(
                reading.as_boolean(supports_double_resolution)
            )

        create_project_variable_request = cls(
            name,
            type_,
            behaviour,
            value,
            description,
            supports_double_resolution,
        )

        create_project_variable_request.extra = d
        return create_project_variable_request

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class SetProjectVariableOverrideRequest(_Model):
    """The value that a variable is to have in one environment.

    Attributes:
        environment_name (str): Name of the environment.
        value (float | str): The value in this environment.
    """

    environment_name: str
    value: float | str

    def to_dict(self) -> dict[str, Any]:
        environment_name = self.environment_name

        value: float | str
        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "environmentName": environment_name,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environment_name: Any = d.pop("environmentName", None)
        if type(environment_name) is not str:
            environment_name = reading.needed(reading.as_text(environment_name), "environmentName")

        def _parse_value(data: object) -> float | str:
            return cast(float | str, data)

        value = _parse_value(d.pop("value"))

        set_project_variable_override_request = cls(
            environment_name,
            value,
        )

        set_project_variable_override_request.extra = d
        return set_project_variable_override_request

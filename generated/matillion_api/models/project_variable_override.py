# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ProjectVariableOverride(_Model):
    """The value of a variable in one environment. No field is documented.

    Attributes:
        environment_name (None | str | Unset): Name of the environment.
        value (float | None | str | Unset): The value in this environment.
    """

    environment_name: None | str | Unset = UNSET
    value: float | None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        environment_name: None | str | Unset
        if isinstance(self.environment_name, Unset):
            environment_name = UNSET
        else:
            environment_name = self.environment_name

        value: float | None | str | Unset
        if isinstance(self.value, Unset):
            value = UNSET
        else:
            value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if environment_name is not UNSET:
            field_dict["environmentName"] = environment_name
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environment_name: Any = d.pop("environmentName", UNSET)
        if (
            type(environment_name) is not str
            and environment_name is not UNSET
            and environment_name is not None
        ):
            environment_name = reading.as_text(environment_name)

        def _parse_value(data: object) -> float | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | str | Unset, data)

        value = _parse_value(d.pop("value", UNSET))

        project_variable_override = cls(
            environment_name,
            value,
        )

        project_variable_override.extra = d
        return project_variable_override

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class GridVariables(_Model):
    """Values of grid variables, by name. A value is a list of rows, and a row a list of strings."""

    extra: dict[str, list[list[str]]] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.extra.items():
            field_dict[prop_name] = []
            for field_dict_item_data in prop:
                field_dict_item = field_dict_item_data

                field_dict[prop_name].append(field_dict_item)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        grid_variables = cls()

        grid_variables.extra = reading.as_map(
            partial(reading.as_list, partial(reading.as_list, reading.as_text)), d
        )
        return grid_variables

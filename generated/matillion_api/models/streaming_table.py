# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StreamingTable(_Model):
    """A table whose changes are copied.

    Attributes:
        schema (str): Schema of the table.
        table (str): Name of the table.
    """

    schema: str
    table: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        schema = self.schema

        table = self.table

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "schema": schema,
                "table": table,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        schema: Any = d.pop("schema", None)
        if type(schema) is not str:
            schema = reading.needed(reading.as_text(schema), "schema")

        table: Any = d.pop("table", None)
        if type(table) is not str:
            table = reading.needed(reading.as_text(table), "table")

        streaming_table = cls(
            schema,
            table,
        )

        streaming_table.additional_properties = d
        return streaming_table

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

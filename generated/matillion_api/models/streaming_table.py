# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

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

    def to_dict(self) -> dict[str, Any]:
        schema = self.schema

        table = self.table

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        streaming_table.extra = d
        return streaming_table

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.streaming_source_type import StreamingSourceType
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.streaming_source_connection import StreamingSourceConnection
    from ..models.streaming_table import StreamingTable


@_attrs_define(repr=False, eq=False)
class StreamingSource(_Model):
    """Where a streaming pipeline reads changes.

    Attributes:
        type_ (StreamingSourceType): Kind of source database. Other values may be added.
        connection (StreamingSourceConnection | Unset): How the agent connects to a source database.
        tables (list[StreamingTable] | Unset): The tables to copy.
    """

    type_: StreamingSourceType
    connection: StreamingSourceConnection | Unset = UNSET
    tables: list[StreamingTable] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_.value

        connection: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection, Unset):
            connection = self.connection.to_dict()

        tables: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tables, Unset):
            tables = []
            for tables_item_data in self.tables:
                tables_item = tables_item_data.to_dict()
                tables.append(tables_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if connection is not UNSET:
            field_dict["connection"] = connection
        if tables is not UNSET:
            field_dict["tables"] = tables

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.streaming_source_connection import StreamingSourceConnection  # noqa: PLC0415
        from ..models.streaming_table import StreamingTable  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        type_: Any = d.pop("type", None)
        if type_ is None:
            raise reading.lacks("type")
        type_ = reading.as_member(StreamingSourceType, type_, "type")

        connection: Any = d.pop("connection", UNSET)
        if connection is None:
            connection = UNSET
        elif connection is not UNSET:
            connection = reading.as_object(StreamingSourceConnection, connection, "connection")

        tables: Any = d.pop("tables", UNSET)
        if tables is None:
            tables = UNSET
        elif tables is not UNSET:
            tables = reading.as_list(StreamingTable.from_dict, tables, "tables")

        streaming_source = cls(
            type_,
            connection,
            tables,
        )

        streaming_source.extra = d
        return streaming_source

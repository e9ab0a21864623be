# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.streaming_decimal_mapping import StreamingDecimalMapping
from ..models.streaming_table_prefix_type import StreamingTablePrefixType
from ..models.streaming_target_type import StreamingTargetType
from ..models.streaming_temporal_mapping import StreamingTemporalMapping
from ..models.streaming_transformation_type import StreamingTransformationType
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.snowflake_connection import SnowflakeConnection
    from ..models.streaming_secret import StreamingSecret


@_attrs_define(repr=False, eq=False)
class StreamingTarget(_Model):
    """Where a streaming pipeline writes changes. Which fields apply depends on `type`.

    Attributes:
        type_ (StreamingTargetType): Kind of target. Other values may be added.
        connection (SnowflakeConnection | Unset): How the agent connects to Snowflake.
        role (str | Unset): Role (snowflake).
        warehouse (str | Unset): Warehouse (snowflake).
        database (str | Unset): Database (snowflake).
        stage_schema (str | Unset): Schema of the stage (snowflake).
        stage_name (str | Unset): Name of the stage (snowflake).
        stage_prefix (str | Unset): Prefix of files in the stage (snowflake).
        table_schema (str | Unset): Schema of the tables (snowflake).
        table_prefix_type (StreamingTablePrefixType | Unset): What names of tables begin with. Other values may be
            added.
        transformation_type (StreamingTransformationType | Unset): What becomes of changes. Other values may be added.
        temporal_mapping (StreamingTemporalMapping | Unset): How dates and times are written. Other values may be added.
        bucket (str | Unset): Bucket (s3).
        container (str | Unset): Container (abs).
        account_name (str | Unset): Name of the storage account (abs).
        account_key (StreamingSecret | Unset): Where a secret is stored; not the secret itself. The key inside the
            secret is `secretKey` in the reference and `key` in the vendor's client; responses have `key`.
        prefix (str | Unset): Prefix of files (s3, abs); it may be empty.
        decimal_mapping (StreamingDecimalMapping | Unset): How decimals are written. Other values may be added.
    """

    type_: StreamingTargetType
    connection: SnowflakeConnection | Unset = UNSET
    role: str | Unset = UNSET
    warehouse: str | Unset = UNSET
    database: str | Unset = UNSET
    stage_schema: str | Unset = UNSET
    stage_name: str | Unset = UNSET
    stage_prefix: str | Unset = UNSET
    table_schema: str | Unset = UNSET
    table_prefix_type: StreamingTablePrefixType | Unset = UNSET
    transformation_type: StreamingTransformationType | Unset = UNSET
    temporal_mapping: StreamingTemporalMapping | Unset = UNSET
    bucket: str | Unset = UNSET
    container: str | Unset = UNSET
    account_name: str | Unset = UNSET
    account_key: StreamingSecret | Unset = UNSET
    prefix: str | Unset = UNSET
    decimal_mapping: StreamingDecimalMapping | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_.value

        connection: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection, Unset):
            connection = self.connection.to_dict()

        role = self.role

        warehouse = self.warehouse

        database = self.database

        stage_schema = self.stage_schema

        stage_name = self.stage_name

        stage_prefix = self.stage_prefix

        table_schema = self.table_schema

        table_prefix_type: str | Unset = UNSET
        if not isinstance(self.table_prefix_type, Unset):
            table_prefix_type = self.table_prefix_type.value

        transformation_type: str | Unset = UNSET
        if not isinstance(self.transformation_type, Unset):
            transformation_type = self.transformation_type.value

        temporal_mapping: str | Unset = UNSET
        if not isinstance(self.temporal_mapping, Unset):
            temporal_mapping = self.temporal_mapping.value

        bucket = self.bucket

        container = self.container

        account_name = self.account_name

        account_key: dict[str, Any] | Unset = UNSET
        if not isinstance(self.account_key, Unset):
            account_key = self.account_key.to_dict()

        prefix = self.prefix

        decimal_mapping: str | Unset = UNSET
        if not isinstance(self.decimal_mapping, Unset):
            decimal_mapping = self.decimal_mapping.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if connection is not UNSET:
            field_dict["connection"] = connection
        if role is not UNSET:
            field_dict["role"] = role
        if warehouse is not UNSET:
            field_dict["warehouse"] = warehouse
        if database is not UNSET:
            field_dict["database"] = database
        if stage_schema is not UNSET:
            field_dict["stageSchema"] = stage_schema
        if stage_name is not UNSET:
            field_dict["stageName"] = stage_name
        if stage_prefix is not UNSET:
            field_dict["stagePrefix"] = stage_prefix
        if table_schema is not UNSET:
            field_dict["tableSchema"] = table_schema
        if table_prefix_type is not UNSET:
            field_dict["tablePrefixType"] = table_prefix_type
        if transformation_type is not UNSET:
            field_dict["transformationType"] = transformation_type
        if temporal_mapping is not UNSET:
            field_dict["temporalMapping"] = temporal_mapping
        if bucket is not UNSET:
            field_dict["bucket"] = bucket
        if container is not UNSET:
            field_dict["container"] = container
        if account_name is not UNSET:
            field_dict["accountName"] = account_name
        if account_key is not UNSET:
            field_dict["accountKey"] = account_key
        if prefix is not UNSET:
            field_dict["prefix"] = prefix
        if decimal_mapping is not UNSET:
            field_dict["decimalMapping"] = decimal_mapping

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.snowflake_connection import SnowflakeConnection  # noqa: PLC0415
        from ..models.streaming_secret import StreamingSecret  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        type_: Any = d.pop("type", None)
        if type_ is None:
            raise reading.lacks("type")
        type_ = reading.as_member(StreamingTargetType, type_, "type")

        connection: Any = d.pop("connection", UNSET)
        if connection is None:
            connection = UNSET
        elif connection is not UNSET:
            connection = reading.as_object(SnowflakeConnection, connection, "connection")

        role: Any = d.pop("role", UNSET)
        if type(role) is not str and role is not UNSET:
            role = reading.given(reading.as_text(role))

        warehouse: Any = d.pop("warehouse", UNSET)
        if type(warehouse) is not str and warehouse is not UNSET:
            warehouse = reading.given(reading.as_text(warehouse))

        database: Any = d.pop("database", UNSET)
        if type(database) is not str and database is not UNSET:
            database = reading.given(reading.as_text(database))

        stage_schema: Any = d.pop("stageSchema", UNSET)
        if type(stage_schema) is not str and stage_schema is not UNSET:
            stage_schema = reading.given(reading.as_text(stage_schema))

        stage_name: Any = d.pop("stageName", UNSET)
        if type(stage_name) is not str and stage_name is not UNSET:
            stage_name = reading.given(reading.as_text(stage_name))

        stage_prefix: Any = d.pop("stagePrefix", UNSET)
        if type(stage_prefix) is not str and stage_prefix is not UNSET:
            stage_prefix = reading.given(reading.as_text(stage_prefix))

        table_schema: Any = d.pop("tableSchema", UNSET)
        if type(table_schema) is not str and table_schema is not UNSET:
            table_schema = reading.given(reading.as_text(table_schema))

        table_prefix_type: Any = d.pop("tablePrefixType", UNSET)
        if table_prefix_type is None:
            table_prefix_type = UNSET
        elif table_prefix_type is not UNSET:
            table_prefix_type = reading.as_member(
                StreamingTablePrefixType, table_prefix_type, "tablePrefixType"
            )

        transformation_type: Any = d.pop("transformationType", UNSET)
        if transformation_type is None:
            transformation_type = UNSET
        elif transformation_type is not UNSET:
            transformation_type = reading.as_member(
                StreamingTransformationType, transformation_type, "transformationType"
            )

        temporal_mapping: Any = d.pop("temporalMapping", UNSET)
        if temporal_mapping is None:
            temporal_mapping = UNSET
        elif temporal_mapping is not UNSET:
            temporal_mapping = reading.as_member(
                StreamingTemporalMapping, temporal_mapping, "temporalMapping"
            )

        bucket: Any = d.pop("bucket", UNSET)
        if type(bucket) is not str and bucket is not UNSET:
            bucket = reading.given(reading.as_text(bucket))

        container: Any = d.pop("container", UNSET)
        if type(container) is not str and container is not UNSET:
            container = reading.given(reading.as_text(container))

        account_name: Any = d.pop("accountName", UNSET)
        if type(account_name) is not str and account_name is not UNSET:
            account_name = reading.given(reading.as_text(account_name))

        account_key: Any = d.pop("accountKey", UNSET)
        if account_key is None:
            account_key = UNSET
        elif account_key is not UNSET:
            account_key = reading.as_object(StreamingSecret, account_key, "accountKey")

        prefix: Any = d.pop("prefix", UNSET)
        if type(prefix) is not str and prefix is not UNSET:
            prefix = reading.given(reading.as_text(prefix))

        decimal_mapping: Any = d.pop("decimalMapping", UNSET)
        if decimal_mapping is None:
            decimal_mapping = UNSET
        elif decimal_mapping is not UNSET:
            decimal_mapping = reading.as_member(
                StreamingDecimalMapping, decimal_mapping, "decimalMapping"
            )

        streaming_target = cls(
            type_,
            connection,
            role,
            warehouse,
            database,
            stage_schema,
            stage_name,
            stage_prefix,
            table_schema,
            table_prefix_type,
            transformation_type,
            temporal_mapping,
            bucket,
            container,
            account_name,
            account_key,
            prefix,
            decimal_mapping,
        )

        streaming_target.extra = d
        return streaming_target

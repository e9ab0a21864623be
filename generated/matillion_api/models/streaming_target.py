# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
            secret is `secretKey` in the reference and `key` in the vendor's client; answers have `key`.
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

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
        field_dict.update(self.additional_properties)
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

        d = dict(src_dict)
        type_ = StreamingTargetType(d.pop("type"))

        _connection = d.pop("connection", UNSET)
        connection: SnowflakeConnection | Unset
        if _connection is None or isinstance(_connection, Unset):
            connection = UNSET
        else:
            connection = SnowflakeConnection.from_dict(_connection)

        role = d.pop("role", UNSET)

        warehouse = d.pop("warehouse", UNSET)

        database = d.pop("database", UNSET)

        stage_schema = d.pop("stageSchema", UNSET)

        stage_name = d.pop("stageName", UNSET)

        stage_prefix = d.pop("stagePrefix", UNSET)

        table_schema = d.pop("tableSchema", UNSET)

        _table_prefix_type = d.pop("tablePrefixType", UNSET)
        table_prefix_type: StreamingTablePrefixType | Unset
        if _table_prefix_type is None or isinstance(_table_prefix_type, Unset):
            table_prefix_type = UNSET
        else:
            table_prefix_type = StreamingTablePrefixType(_table_prefix_type)

        _transformation_type = d.pop("transformationType", UNSET)
        transformation_type: StreamingTransformationType | Unset
        if _transformation_type is None or isinstance(_transformation_type, Unset):
            transformation_type = UNSET
        else:
            transformation_type = StreamingTransformationType(_transformation_type)

        _temporal_mapping = d.pop("temporalMapping", UNSET)
        temporal_mapping: StreamingTemporalMapping | Unset
        if _temporal_mapping is None or isinstance(_temporal_mapping, Unset):
            temporal_mapping = UNSET
        else:
            temporal_mapping = StreamingTemporalMapping(_temporal_mapping)

        bucket = d.pop("bucket", UNSET)

        container = d.pop("container", UNSET)

        account_name = d.pop("accountName", UNSET)

        _account_key = d.pop("accountKey", UNSET)
        account_key: StreamingSecret | Unset
        if _account_key is None or isinstance(_account_key, Unset):
            account_key = UNSET
        else:
            account_key = StreamingSecret.from_dict(_account_key)

        prefix = d.pop("prefix", UNSET)

        _decimal_mapping = d.pop("decimalMapping", UNSET)
        decimal_mapping: StreamingDecimalMapping | Unset
        if _decimal_mapping is None or isinstance(_decimal_mapping, Unset):
            decimal_mapping = UNSET
        else:
            decimal_mapping = StreamingDecimalMapping(_decimal_mapping)

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

        streaming_target.additional_properties = d
        return streaming_target

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

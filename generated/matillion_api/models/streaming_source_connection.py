# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.streaming_jdbc_properties import StreamingJdbcProperties
    from ..models.streaming_secret import StreamingSecret


@_attrs_define(repr=False, eq=False)
class StreamingSourceConnection(_Model):
    """How the agent connects to a source database.

    Attributes:
        host (str | Unset): Host name of the database.
        port (int | Unset): Port of the database.
        database (str | Unset): Name of the database; not for mysql and db2ibmi.
        pdb (str | Unset): Pluggable database; for oracle only.
        username (str | Unset): Name of the database user.
        password (StreamingSecret | Unset): Where a secret is stored; not the secret itself. The key inside the secret
            is `secretKey` in the reference and `key` in the vendor's client; answers have `key`.
        jdbc_properties (StreamingJdbcProperties | Unset): Further properties of a JDBC connection. The repr does not
            show them, since one may be a password.
    """

    host: str | Unset = UNSET
    port: int | Unset = UNSET
    database: str | Unset = UNSET
    pdb: str | Unset = UNSET
    username: str | Unset = UNSET
    password: StreamingSecret | Unset = UNSET
    jdbc_properties: StreamingJdbcProperties | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        host = self.host

        port = self.port

        database = self.database

        pdb = self.pdb

        username = self.username

        password: dict[str, Any] | Unset = UNSET
        if not isinstance(self.password, Unset):
            password = self.password.to_dict()

        jdbc_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.jdbc_properties, Unset):
            jdbc_properties = self.jdbc_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if host is not UNSET:
            field_dict["host"] = host
        if port is not UNSET:
            field_dict["port"] = port
        if database is not UNSET:
            field_dict["database"] = database
        if pdb is not UNSET:
            field_dict["pdb"] = pdb
        if username is not UNSET:
            field_dict["username"] = username
        if password is not UNSET:
            field_dict["password"] = password
        if jdbc_properties is not UNSET:
            field_dict["jdbcProperties"] = jdbc_properties

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.streaming_jdbc_properties import StreamingJdbcProperties  # noqa: PLC0415
        from ..models.streaming_secret import StreamingSecret  # noqa: PLC0415

        d = dict(src_dict)
        host = d.pop("host", UNSET)

        port = d.pop("port", UNSET)
        if port is None:
            port = UNSET

        database = d.pop("database", UNSET)

        pdb = d.pop("pdb", UNSET)

        username = d.pop("username", UNSET)

        _password = d.pop("password", UNSET)
        password: StreamingSecret | Unset
        if _password is None or isinstance(_password, Unset):
            password = UNSET
        else:
            password = StreamingSecret.from_dict(_password)

        _jdbc_properties = d.pop("jdbcProperties", UNSET)
        jdbc_properties: StreamingJdbcProperties | Unset
        if _jdbc_properties is None or isinstance(_jdbc_properties, Unset):
            jdbc_properties = UNSET
        else:
            jdbc_properties = StreamingJdbcProperties.from_dict(_jdbc_properties)

        streaming_source_connection = cls(
            host,
            port,
            database,
            pdb,
            username,
            password,
            jdbc_properties,
        )

        streaming_source_connection.additional_properties = d
        return streaming_source_connection

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

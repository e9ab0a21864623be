# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
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
            is `secretKey` in the reference and `key` in the vendor's client; responses have `key`.
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
        field_dict.update(self.extra)
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

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        host: Any = d.pop("host", UNSET)
        if type(host) is not str and host is not UNSET:
            host = reading.given(reading.as_text(host))

        port: Any = d.pop("port", UNSET)
        if type(port) is not int and port is not UNSET:
            port = reading.given(reading.as_integer(port))

        database: Any = d.pop("database", UNSET)
        if type(database) is not str and database is not UNSET:
            database = reading.given(reading.as_text(database))

        pdb: Any = d.pop("pdb", UNSET)
        if type(pdb) is not str and pdb is not UNSET:
            pdb = reading.given(reading.as_text(pdb))

        username: Any = d.pop("username", UNSET)
        if type(username) is not str and username is not UNSET:
            username = reading.given(reading.as_text(username))

        password: Any = d.pop("password", UNSET)
        if password is None:
            password = UNSET
        elif password is not UNSET:
            password = reading.as_object(StreamingSecret, password, "password")

        jdbc_properties: Any = d.pop("jdbcProperties", UNSET)
        if jdbc_properties is None:
            jdbc_properties = UNSET
        elif jdbc_properties is not UNSET:
            jdbc_properties = reading.as_object(
                StreamingJdbcProperties, jdbc_properties, "jdbcProperties"
            )

        streaming_source_connection = cls(
            host,
            port,
            database,
            pdb,
            username,
            password,
            jdbc_properties,
        )

        streaming_source_connection.extra = d
        return streaming_source_connection

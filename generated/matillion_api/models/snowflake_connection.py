# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.snowflake_authentication import SnowflakeAuthentication
    from ..models.streaming_jdbc_properties import StreamingJdbcProperties


@_attrs_define(repr=False, eq=False)
class SnowflakeConnection(_Model):
    """How the agent connects to Snowflake.

    Attributes:
        account_name (str | Unset): Name of the Snowflake account.
        username (str | Unset): Name of the Snowflake user.
        authentication (SnowflakeAuthentication | Unset): How the agent signs in to Snowflake.
        jdbc_properties (StreamingJdbcProperties | Unset): Further properties of a JDBC connection. The repr does not
            show them, since one may be a password.
    """

    account_name: str | Unset = UNSET
    username: str | Unset = UNSET
    authentication: SnowflakeAuthentication | Unset = UNSET
    jdbc_properties: StreamingJdbcProperties | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        account_name = self.account_name

        username = self.username

        authentication: dict[str, Any] | Unset = UNSET
        if not isinstance(self.authentication, Unset):
            authentication = self.authentication.to_dict()

        jdbc_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.jdbc_properties, Unset):
            jdbc_properties = self.jdbc_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if account_name is not UNSET:
            field_dict["accountName"] = account_name
        if username is not UNSET:
            field_dict["username"] = username
        if authentication is not UNSET:
            field_dict["authentication"] = authentication
        if jdbc_properties is not UNSET:
            field_dict["jdbcProperties"] = jdbc_properties

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.snowflake_authentication import SnowflakeAuthentication  # noqa: PLC0415
        from ..models.streaming_jdbc_properties import StreamingJdbcProperties  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        account_name: Any = d.pop("accountName", UNSET)
        if type(account_name) is not str and account_name is not UNSET:
            account_name = reading.given(reading.as_text(account_name))

        username: Any = d.pop("username", UNSET)
        if type(username) is not str and username is not UNSET:
            username = reading.given(reading.as_text(username))

        authentication: Any = d.pop("authentication", UNSET)
        if authentication is None:
            authentication = UNSET
        elif authentication is not UNSET:
            authentication = reading.as_object(
                SnowflakeAuthentication, authentication, "authentication"
            )

        jdbc_properties: Any = d.pop("jdbcProperties", UNSET)
        if jdbc_properties is None:
            jdbc_properties = UNSET
        elif jdbc_properties is not UNSET:
            jdbc_properties = reading.as_object(
                StreamingJdbcProperties, jdbc_properties, "jdbcProperties"
            )

        snowflake_connection = cls(
            account_name,
            username,
            authentication,
            jdbc_properties,
        )

        snowflake_connection.extra = d
        return snowflake_connection

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.platform_connection_type import PlatformConnectionType
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.connection_details import ConnectionDetails
    from ..models.connection_overrides import ConnectionOverrides


@_attrs_define(repr=False, eq=False)
class Connection(_Model):
    """A connection of a project.

    Attributes:
        name (str): Name of the connection, by which it is deleted and overridden; empty if the response lacks it.
            Default: ''.
        id (str | Unset): Id of the connection.
        project_id (str | Unset): Id of its project (a UUID).
        platform_connection_type (PlatformConnectionType | Unset): What a connection is for. Other values may be added.
        auth_provider (str | Unset): The provider to sign in to, such as `SNOWFLAKE` or `NONE`.
        auth_type (str | Unset): How the connection signs in, such as `PASSWORD` or `GENERIC_SECRET`.
        connection_details (ConnectionDetails | Unset): What a connection needs besides its type.
        connection_overrides (ConnectionOverrides | Unset): What of a connection differs in an environment.
        created_by (None | str | Unset): Who created it.
        created_date (None | str | Unset): When it was created; its form is not documented.
    """

    name: str = ""
    id: str | Unset = UNSET
    project_id: str | Unset = UNSET
    platform_connection_type: PlatformConnectionType | Unset = UNSET
    auth_provider: str | Unset = UNSET
    auth_type: str | Unset = UNSET
    connection_details: ConnectionDetails | Unset = UNSET
    connection_overrides: ConnectionOverrides | Unset = UNSET
    created_by: None | str | Unset = UNSET
    created_date: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        id = self.id

        project_id = self.project_id

        platform_connection_type: str | Unset = UNSET
        if not isinstance(self.platform_connection_type, Unset):
            platform_connection_type = self.platform_connection_type.value

        auth_provider = self.auth_provider

        auth_type = self.auth_type

        connection_details: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection_details, Unset):
            connection_details = self.connection_details.to_dict()

        connection_overrides: dict[str, Any] | Unset = UNSET
        if not isinstance(self.connection_overrides, Unset):
            connection_overrides = self.connection_overrides.to_dict()

        created_by: None | str | Unset
        if isinstance(self.created_by, Unset):
            created_by = UNSET
        else:
            created_by = self.created_by

        created_date: None | str | Unset
        if isinstance(self.created_date, Unset):
            created_date = UNSET
        else:
            created_date = self.created_date

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if platform_connection_type is not UNSET:
            field_dict["platformConnectionType"] = platform_connection_type
        if auth_provider is not UNSET:
            field_dict["authProvider"] = auth_provider
        if auth_type is not UNSET:
            field_dict["authType"] = auth_type
        if connection_details is not UNSET:
            field_dict["connectionDetails"] = connection_details
        if connection_overrides is not UNSET:
            field_dict["connectionOverrides"] = connection_overrides
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if created_date is not UNSET:
            field_dict["createdDate"] = created_date

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.connection_details import ConnectionDetails  # noqa: PLC0415
        from ..models.connection_overrides import ConnectionOverrides  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", "")
        if type(name) is not str:
            name = "" if name is None else reading.as_text(name)

        id: Any = d.pop("id", UNSET)
        if type(id) is not str and id is not UNSET:
            id = reading.given(reading.as_text(id))

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET:
            project_id = reading.given(reading.as_text(project_id))

        platform_connection_type: Any = d.pop("platformConnectionType", UNSET)
        if platform_connection_type is None:
            platform_connection_type = UNSET
        elif platform_connection_type is not UNSET:
            platform_connection_type = reading.as_member(
                PlatformConnectionType, platform_connection_type, "platformConnectionType"
            )

        auth_provider: Any = d.pop("authProvider", UNSET)
        if type(auth_provider) is not str and auth_provider is not UNSET:
            auth_provider = reading.given(reading.as_text(auth_provider))

        auth_type: Any = d.pop("authType", UNSET)
        if type(auth_type) is not str and auth_type is not UNSET:
            auth_type = reading.given(reading.as_text(auth_type))

        connection_details: Any = d.pop("connectionDetails", UNSET)
        if connection_details is None:
            connection_details = UNSET
        elif connection_details is not UNSET:
            connection_details = reading.as_object(
                ConnectionDetails, connection_details, "connectionDetails"
            )

        connection_overrides: Any = d.pop("connectionOverrides", UNSET)
        if connection_overrides is None:
            connection_overrides = UNSET
        elif connection_overrides is not UNSET:
            connection_overrides = reading.as_object(
                ConnectionOverrides, connection_overrides, "connectionOverrides"
            )

        created_by: Any = d.pop("createdBy", UNSET)
        if type(created_by) is not str and created_by is not UNSET and created_by is not None:
            created_by = reading.as_text(created_by)

        created_date: Any = d.pop("createdDate", UNSET)
        if type(created_date) is not str and created_date is not UNSET and created_date is not None:
            created_date = reading.as_text(created_date)

        connection = cls(
            name,
            id,
            project_id,
            platform_connection_type,
            auth_provider,
            auth_type,
            connection_details,
            connection_overrides,
            created_by,
            created_date,
        )

        connection.extra = d
        return connection

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.user_access_level import UserAccessLevel
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.default_connections import DefaultConnections
    from ..models.environment_connection_override import EnvironmentConnectionOverride


@_attrs_define(repr=False, eq=False)
class CreateEnvironmentRequest(_Model):
    """The environment to create.

    Attributes:
        name (str): Name of the environment. It identifies the environment and cannot be changed.
        default_agent_id (str): Id of the agent that runs pipelines unless a call names another (a UUID).
        default_user_access_level (UserAccessLevel): What project members may do in an environment by default. Other
            values may be added.
        default_connections (DefaultConnections): Default connections by connection type, such as `DWH`.
        connection_overrides (list[EnvironmentConnectionOverride]): Exactly one connection override.
        display_name (str | Unset): Name to show in the user interface.
        description (str | Unset): Description of the environment.
    """

    name: str
    default_agent_id: str
    default_user_access_level: UserAccessLevel
    default_connections: DefaultConnections
    connection_overrides: list[EnvironmentConnectionOverride]
    display_name: str | Unset = UNSET
    description: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        default_agent_id = self.default_agent_id

        default_user_access_level = self.default_user_access_level.value

        default_connections = self.default_connections.to_dict()

        connection_overrides = []
        for connection_overrides_item_data in self.connection_overrides:
            connection_overrides_item = connection_overrides_item_data.to_dict()
            connection_overrides.append(connection_overrides_item)

        display_name = self.display_name

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "defaultAgentId": default_agent_id,
                "defaultUserAccessLevel": default_user_access_level,
                "defaultConnections": default_connections,
                "connectionOverrides": connection_overrides,
            }
        )
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.default_connections import DefaultConnections  # noqa: PLC0415
        from ..models.environment_connection_override import (
            EnvironmentConnectionOverride,  # noqa: PLC0415
        )

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        default_agent_id: Any = d.pop("defaultAgentId", None)
        if type(default_agent_id) is not str:
            default_agent_id = reading.needed(reading.as_text(default_agent_id), "defaultAgentId")

        default_user_access_level: Any = d.pop("defaultUserAccessLevel", None)
        if default_user_access_level is None:
            raise reading.lacks("defaultUserAccessLevel")
        default_user_access_level = reading.as_member(
            UserAccessLevel, default_user_access_level, "defaultUserAccessLevel"
        )

        default_connections: Any = d.pop("defaultConnections", None)
        if default_connections is None:
            raise reading.lacks("defaultConnections")
        default_connections = reading.as_object(
            DefaultConnections, default_connections, "defaultConnections"
        )

        connection_overrides: Any = d.pop("connectionOverrides", UNSET)
        if connection_overrides is UNSET:
            raise reading.lacks("connectionOverrides")
        connection_overrides = reading.as_list(
            EnvironmentConnectionOverride.from_dict, connection_overrides, "connectionOverrides"
        )

        display_name: Any = d.pop("displayName", UNSET)
        if type(display_name) is not str and display_name is not UNSET:
            display_name = reading.given(reading.as_text(display_name))

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        create_environment_request = cls(
            name,
            default_agent_id,
            default_user_access_level,
            default_connections,
            connection_overrides,
            display_name,
            description,
        )

        create_environment_request.extra = d
        return create_environment_request

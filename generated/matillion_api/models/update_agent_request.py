# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.new_agent_track import NewAgentTrack
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class UpdateAgentRequest(_Model):
    """What to change of an agent.

    Attributes:
        name (str | Unset): Name of the agent, at most 30 characters.
        description (str | Unset): Description of the agent, at most 500 characters.
        enable_auto_updates (bool | Unset): Whether the agent updates itself.
        restricted_access (bool | Unset): Whether only projects and environments on the allow list may use the agent.
        track_name (NewAgentTrack | Unset): The series of versions that the agent is to follow, in upper case.
    """

    name: str | Unset = UNSET
    description: str | Unset = UNSET
    enable_auto_updates: bool | Unset = UNSET
    restricted_access: bool | Unset = UNSET
    track_name: NewAgentTrack | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        description = self.description

        enable_auto_updates = self.enable_auto_updates

        restricted_access = self.restricted_access

        track_name: str | Unset = UNSET
        if not isinstance(self.track_name, Unset):
            track_name = self.track_name.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if enable_auto_updates is not UNSET:
            field_dict["enableAutoUpdates"] = enable_auto_updates
        if restricted_access is not UNSET:
            field_dict["restrictedAccess"] = restricted_access
        if track_name is not UNSET:
            field_dict["trackName"] = track_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET:
            name = reading.given(reading.as_text(name))

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        enable_auto_updates: Any = d.pop("enableAutoUpdates", UNSET)
        if type(enable_auto_updates) is not bool and enable_auto_updates is not UNSET:
            enable_auto_updates = reading.given(reading.as_boolean(enable_auto_updates))

        restricted_access: Any = d.pop("restrictedAccess", UNSET)
        if type(restricted_access) is not bool and restricted_access is not UNSET:
            restricted_access = reading.given(reading.as_boolean(restricted_access))

        track_name: Any = d.pop("trackName", UNSET)
        if track_name is None:
            track_name = UNSET
        elif track_name is not UNSET:
            track_name = reading.as_member(NewAgentTrack, track_name, "trackName")

        update_agent_request = cls(
            name,
            description,
            enable_auto_updates,
            restricted_access,
            track_name,
        )

        update_agent_request.extra = d
        return update_agent_request

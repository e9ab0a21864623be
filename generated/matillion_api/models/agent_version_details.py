# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_track import AgentTrack
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentVersionDetails(_Model):
    """Version of an agent, and of the track that it follows.

    Attributes:
        agent_update_available (bool | Unset): Whether there is a newer version for the agent.
        agent_version (str | Unset): The version that runs.
        support (str | Unset): Whether the version is supported, such as `SUPPORTED`.
        track_name (AgentTrack | Unset): The series of versions that the agent follows.
        track_release_date (str | Unset): When the newest version of the track was released; its form is not documented.
        track_version (str | Unset): The newest version of the track.
    """

    agent_update_available: bool | Unset = UNSET
    agent_version: str | Unset = UNSET
    support: str | Unset = UNSET
    track_name: AgentTrack | Unset = UNSET
    track_release_date: str | Unset = UNSET
    track_version: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        agent_update_available = self.agent_update_available

        agent_version = self.agent_version

        support = self.support

        track_name: str | Unset = UNSET
        if not isinstance(self.track_name, Unset):
            track_name = self.track_name.value

        track_release_date = self.track_release_date

        track_version = self.track_version

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if agent_update_available is not UNSET:
            field_dict["agentUpdateAvailable"] = agent_update_available
        if agent_version is not UNSET:
            field_dict["agentVersion"] = agent_version
        if support is not UNSET:
            field_dict["support"] = support
        if track_name is not UNSET:
            field_dict["trackName"] = track_name
        if track_release_date is not UNSET:
            field_dict["trackReleaseDate"] = track_release_date
        if track_version is not UNSET:
            field_dict["trackVersion"] = track_version

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        agent_update_available: Any = d.pop("agentUpdateAvailable", UNSET)
        if type(agent_update_available) is not bool and agent_update_available is not UNSET:
            agent_update_available = reading.given(reading.as_boolean(agent_update_available))

        agent_version: Any = d.pop("agentVersion", UNSET)
        if type(agent_version) is not str and agent_version is not UNSET:
            agent_version = reading.given(reading.as_text(agent_version))

        support: Any = d.pop("support", UNSET)
        if type(support) is not str and support is not UNSET:
            support = reading.given(reading.as_text(support))

        track_name: Any = d.pop("trackName", UNSET)
        if track_name is None:
            track_name = UNSET
        elif track_name is not UNSET:
            track_name = reading.as_member(AgentTrack, track_name, "trackName")

        track_release_date: Any = d.pop("trackReleaseDate", UNSET)
        if type(track_release_date) is not str and track_release_date is not UNSET:
            track_release_date = reading.given(reading.as_text(track_release_date))

        track_version: Any = d.pop("trackVersion", UNSET)
        if type(track_version) is not str and track_version is not UNSET:
            track_version = reading.given(reading.as_text(track_version))

        agent_version_details = cls(
            agent_update_available,
            agent_version,
            support,
            track_name,
            track_release_date,
            track_version,
        )

        agent_version_details.extra = d
        return agent_version_details

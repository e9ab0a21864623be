# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_deployment import AgentDeployment
from ..models.agent_track import AgentTrack
from ..models.agent_type import AgentType
from ..models.cloud_provider import CloudProvider
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreateAgentRequest(_Model):
    """The agent to create.

    Attributes:
        name (str): Name of the agent, at most 30 characters.
        agent_type (AgentType): What the agent runs, pipelines or streaming. Other values may be added.
        cloud_provider (CloudProvider): The cloud that the agent runs in. Other values may be added.
        deployment (AgentDeployment): The service that the agent runs on. Other values may be added.
        description (str | Unset): Description of the agent, at most 500 characters.
        enable_auto_updates (bool | Unset): Whether the agent updates itself.
        restricted_access (bool | Unset): Whether only projects and environments on the allow list may use the agent.
        track_name (AgentTrack | Unset): The series of versions that the agent follows.
    """

    name: str
    agent_type: AgentType
    cloud_provider: CloudProvider
    deployment: AgentDeployment
    description: str | Unset = UNSET
    enable_auto_updates: bool | Unset = UNSET
    restricted_access: bool | Unset = UNSET
    track_name: AgentTrack | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        agent_type = self.agent_type.value

        cloud_provider = self.cloud_provider.value

        deployment = self.deployment.value

        description = self.description

        enable_auto_updates = self.enable_auto_updates

        restricted_access = self.restricted_access

        track_name: str | Unset = UNSET
        if not isinstance(self.track_name, Unset):
            track_name = self.track_name.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "agentType": agent_type,
                "cloudProvider": cloud_provider,
                "deployment": deployment,
            }
        )
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
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        agent_type: Any = d.pop("agentType", None)
        if agent_type is None:
            raise reading.lacks("agentType")
        agent_type = reading.as_member(AgentType, agent_type, "agentType")

        cloud_provider: Any = d.pop("cloudProvider", None)
        if cloud_provider is None:
            raise reading.lacks("cloudProvider")
        cloud_provider = reading.as_member(CloudProvider, cloud_provider, "cloudProvider")

        deployment: Any = d.pop("deployment", None)
        if deployment is None:
            raise reading.lacks("deployment")
        deployment = reading.as_member(AgentDeployment, deployment, "deployment")

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
            track_name = reading.as_member(AgentTrack, track_name, "trackName")

        create_agent_request = cls(
            name,
            agent_type,
            cloud_provider,
            deployment,
            description,
            enable_auto_updates,
            restricted_access,
            track_name,
        )

        create_agent_request.extra = d
        return create_agent_request

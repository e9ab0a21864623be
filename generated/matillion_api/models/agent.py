# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_deployment import AgentDeployment
from ..models.agent_status import AgentStatus
from ..models.agent_type import AgentType
from ..models.cloud_provider import CloudProvider
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_version_details import AgentVersionDetails


@_attrs_define(repr=False, eq=False)
class Agent(_Model):
    """An agent of the account. A listing may give less of it.

    Attributes:
        agent_id (str): Id of the agent (a UUID).
        name (str): Name of the agent.
        description (str | Unset): Description of the agent; empty when there is none.
        agent_type (AgentType | Unset): What the agent runs, pipelines or streaming. Other values may be added.
        agent_status (AgentStatus | Unset): State of the agent. `paused` is expected, not documented. Other values may
            be added.
        cloud_provider (CloudProvider | Unset): The cloud that the agent runs in. Other values may be added.
        deployment (AgentDeployment | Unset): The service that the agent runs on. Other values may be added.
        connected (bool | Unset): Whether the agent is in contact with the service.
        enable_auto_updates (bool | Unset): Whether the agent updates itself.
        restricted_access (bool | Unset): Whether only projects and environments on the allow list may use the agent.
        paused_until (None | str | Unset): When the agent resumes, while it is paused; its form is not documented, and
            it may be empty.
        version_details (AgentVersionDetails | Unset): Version of an agent, and of the track that it follows.
    """

    agent_id: str
    name: str
    description: str | Unset = UNSET
    agent_type: AgentType | Unset = UNSET
    agent_status: AgentStatus | Unset = UNSET
    cloud_provider: CloudProvider | Unset = UNSET
    deployment: AgentDeployment | Unset = UNSET
    connected: bool | Unset = UNSET
    enable_auto_updates: bool | Unset = UNSET
    restricted_access: bool | Unset = UNSET
    paused_until: None | str | Unset = UNSET
    version_details: AgentVersionDetails | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        agent_id = self.agent_id

        name = self.name

        description = self.description

        agent_type: str | Unset = UNSET
        if not isinstance(self.agent_type, Unset):
            agent_type = self.agent_type.value

        agent_status: str | Unset = UNSET
        if not isinstance(self.agent_status, Unset):
            agent_status = self.agent_status.value

        cloud_provider: str | Unset = UNSET
        if not isinstance(self.cloud_provider, Unset):
            cloud_provider = self.cloud_provider.value

        deployment: str | Unset = UNSET
        if not isinstance(self.deployment, Unset):
            deployment = self.deployment.value

        connected = self.connected

        enable_auto_updates = self.enable_auto_updates

        restricted_access = self.restricted_access

        paused_until: None | str | Unset
        if isinstance(self.paused_until, Unset):
            paused_until = UNSET
        else:
            paused_until = self.paused_until

        version_details: dict[str, Any] | Unset = UNSET
        if not isinstance(self.version_details, Unset):
            version_details = self.version_details.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "agentId": agent_id,
                "name": name,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if agent_type is not UNSET:
            field_dict["agentType"] = agent_type
        if agent_status is not UNSET:
            field_dict["agentStatus"] = agent_status
        if cloud_provider is not UNSET:
            field_dict["cloudProvider"] = cloud_provider
        if deployment is not UNSET:
            field_dict["deployment"] = deployment
        if connected is not UNSET:
            field_dict["connected"] = connected
        if enable_auto_updates is not UNSET:
            field_dict["enableAutoUpdates"] = enable_auto_updates
        if restricted_access is not UNSET:
            field_dict["restrictedAccess"] = restricted_access
        if paused_until is not UNSET:
            field_dict["pausedUntil"] = paused_until
        if version_details is not UNSET:
            field_dict["versionDetails"] = version_details

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_version_details import AgentVersionDetails  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        agent_id: Any = d.pop("agentId", None)
        if type(agent_id) is not str:
            agent_id = reading.needed(reading.as_text(agent_id), "agentId")

        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        agent_type: Any = d.pop("agentType", UNSET)
        if agent_type is None:
            agent_type = UNSET
        elif agent_type is not UNSET:
            agent_type = reading.as_member(AgentType, agent_type, "agentType")

        agent_status: Any = d.pop("agentStatus", UNSET)
        if agent_status is None:
            agent_status = UNSET
        elif agent_status is not UNSET:
            agent_status = reading.as_member(AgentStatus, agent_status, "agentStatus")

        cloud_provider: Any = d.pop("cloudProvider", UNSET)
        if cloud_provider is None:
            cloud_provider = UNSET
        elif cloud_provider is not UNSET:
            cloud_provider = reading.as_member(CloudProvider, cloud_provider, "cloudProvider")

        deployment: Any = d.pop("deployment", UNSET)
        if deployment is None:
            deployment = UNSET
        elif deployment is not UNSET:
            deployment = reading.as_member(AgentDeployment, deployment, "deployment")

        connected: Any = d.pop("connected", UNSET)
        if type(connected) is not bool and connected is not UNSET:
            connected = reading.given(reading.as_boolean(connected))

        enable_auto_updates: Any = d.pop("enableAutoUpdates", UNSET)
        if type(enable_auto_updates) is not bool and enable_auto_updates is not UNSET:
            enable_auto_updates = reading.given(reading.as_boolean(enable_auto_updates))

        restricted_access: Any = d.pop("restrictedAccess", UNSET)
        if type(restricted_access) is not bool and restricted_access is not UNSET:
            restricted_access = reading.given(reading.as_boolean(restricted_access))

        paused_until: Any = d.pop("pausedUntil", UNSET)
        if type(paused_until) is not str and paused_until is not UNSET and paused_until is not None:
            paused_until = reading.as_text(paused_until)

        version_details: Any = d.pop("versionDetails", UNSET)
        if version_details is None:
            version_details = UNSET
        elif version_details is not UNSET:
            version_details = reading.as_object(
                AgentVersionDetails, version_details, "versionDetails"
            )

        agent = cls(
            agent_id,
            name,
            description,
            agent_type,
            agent_status,
            cloud_provider,
            deployment,
            connected,
            enable_auto_updates,
            restricted_access,
            paused_until,
            version_details,
        )

        agent.extra = d
        return agent

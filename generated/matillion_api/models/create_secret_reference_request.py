# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.secret_reference_agent_type import SecretReferenceAgentType
from ..models.secret_reference_type import SecretReferenceType
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreateSecretReferenceRequest(_Model):
    """The secret that the name stands for.

    Attributes:
        agent_type (SecretReferenceAgentType): Whose secret store it is. Other values may be added.
        secret_reference_type (SecretReferenceType): Kind of secret. Other values may be added.
        secret_name (str): Name of the secret in the store.
        secret_key (str | Unset): Key inside the secret.
        description (str | Unset): Description of the secret reference.
        agent_id (str | Unset): Id of the agent that reads the secret (a UUID); older versions need it.
    """

    agent_type: SecretReferenceAgentType
    secret_reference_type: SecretReferenceType
    secret_name: str
    secret_key: str | Unset = UNSET
    description: str | Unset = UNSET
    agent_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        agent_type = self.agent_type.value

        secret_reference_type = self.secret_reference_type.value

        secret_name = self.secret_name

        secret_key = self.secret_key

        description = self.description

        agent_id = self.agent_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "agentType": agent_type,
                "secretReferenceType": secret_reference_type,
                "secretName": secret_name,
            }
        )
        if secret_key is not UNSET:
            field_dict["secretKey"] = secret_key
        if description is not UNSET:
            field_dict["description"] = description
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        agent_type: Any = d.pop("agentType", None)
        if agent_type is None:
            raise reading.lacks("agentType")
        agent_type = reading.as_member(SecretReferenceAgentType, agent_type, "agentType")

        secret_reference_type: Any = d.pop("secretReferenceType", None)
        if secret_reference_type is None:
            raise reading.lacks("secretReferenceType")
        secret_reference_type = reading.as_member(
            SecretReferenceType, secret_reference_type, "secretReferenceType"
        )

        secret_name: Any = d.pop("secretName", None)
        if type(secret_name) is not str:
            secret_name = reading.needed(reading.as_text(secret_name), "secretName")

        secret_key: Any = d.pop("secretKey", UNSET)
        if type(secret_key) is not str and secret_key is not UNSET:
            secret_key = reading.given(reading.as_text(secret_key))

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET:
            agent_id = reading.given(reading.as_text(agent_id))

        create_secret_reference_request = cls(
            agent_type,
            secret_reference_type,
            secret_name,
            secret_key,
            description,
            agent_id,
        )

        create_secret_reference_request.extra = d
        return create_secret_reference_request

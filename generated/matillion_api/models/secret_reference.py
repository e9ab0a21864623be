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
class SecretReference(_Model):
    """A secret reference of a project. No field is documented.

    Attributes:
        name (str | Unset): Name of the secret reference.
        agent_type (SecretReferenceAgentType | Unset): Whose secret store it is. Other values may be added.
        secret_reference_type (SecretReferenceType | Unset): Kind of secret. Other values may be added.
        secret_name (None | str | Unset): Name of the secret in the store.
        secret_key (None | str | Unset): Key inside the secret.
        description (None | str | Unset): Description of the secret reference.
        agent_id (None | str | Unset): Id of the agent that reads the secret (a UUID); older versions only.
    """

    name: str | Unset = UNSET
    agent_type: SecretReferenceAgentType | Unset = UNSET
    secret_reference_type: SecretReferenceType | Unset = UNSET
    secret_name: None | str | Unset = UNSET
    secret_key: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    agent_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        agent_type: str | Unset = UNSET
        if not isinstance(self.agent_type, Unset):
            agent_type = self.agent_type.value

        secret_reference_type: str | Unset = UNSET
        if not isinstance(self.secret_reference_type, Unset):
            secret_reference_type = self.secret_reference_type.value

        secret_name: None | str | Unset
        if isinstance(self.secret_name, Unset):
            secret_name = UNSET
        else:
            secret_name = self.secret_name

        secret_key: None | str | Unset
        if isinstance(self.secret_key, Unset):
            secret_key = UNSET
        else:
            secret_key = self.secret_key

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        agent_id: None | str | Unset
        if isinstance(self.agent_id, Unset):
            agent_id = UNSET
        else:
            agent_id = self.agent_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if agent_type is not UNSET:
            field_dict["agentType"] = agent_type
        if secret_reference_type is not UNSET:
            field_dict["secretReferenceType"] = secret_reference_type
        if secret_name is not UNSET:
            field_dict["secretName"] = secret_name
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
        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET:
            name = reading.given(reading.as_text(name))

        agent_type: Any = d.pop("agentType", UNSET)
        if agent_type is None:
            agent_type = UNSET
        elif agent_type is not UNSET:
            agent_type = reading.as_member(SecretReferenceAgentType, agent_type, "agentType")

        secret_reference_type: Any = d.pop("secretReferenceType", UNSET)
        if secret_reference_type is None:
            secret_reference_type = UNSET
        elif secret_reference_type is not UNSET:
            secret_reference_type = reading.as_member(
                SecretReferenceType, secret_reference_type, "secretReferenceType"
            )

        secret_name: Any = d.pop("secretName", UNSET)
        if type(secret_name) is not str and secret_name is not UNSET and secret_name is not None:
            secret_name = reading.as_text(secret_name)

        secret_key: Any = d.pop("secretKey", UNSET)
        if type(secret_key) is not str and secret_key is not UNSET and secret_key is not None:
            secret_key = reading.as_text(secret_key)

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET and agent_id is not None:
            agent_id = reading.as_text(agent_id)

        secret_reference = cls(
            name,
            agent_type,
            secret_reference_type,
            secret_name,
            secret_key,
            description,
            agent_id,
        )

        secret_reference.extra = d
        return secret_reference

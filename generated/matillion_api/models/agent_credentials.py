# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentCredentials(_Model):
    """What an agent signs in with.

    Attributes:
        client_id (str): Client id of the agent.
        client_secret (str): Client secret of the agent. It is left out of the repr; never log it.
    """

    client_id: str
    client_secret: str = _attrs_field(repr=False)
    extra: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        client_id = self.client_id

        client_secret = self.client_secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "clientId": client_id,
                "clientSecret": client_secret,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        client_id: Any = d.pop("clientId", None)
        if type(client_id) is not str:
            client_id = reading.needed(reading.as_text(client_id), "clientId")

        client_secret: Any = d.pop("clientSecret", None)
        if type(client_secret) is not str:
            client_secret = reading.needed(reading.as_text(client_secret), "clientSecret")

        agent_credentials = cls(
            client_id,
            client_secret,
        )

        agent_credentials.extra = d
        return agent_credentials

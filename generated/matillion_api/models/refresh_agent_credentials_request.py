# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    Self,
)

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class RefreshAgentCredentialsRequest(_Model):
    """The request for a new client secret.

    Attributes:
        action (Literal['SECRET_REFRESH']): Always `SECRET_REFRESH`.
    """

    action: Literal["SECRET_REFRESH"]

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "action": action,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        action: Any = d.pop("action", UNSET)
        if action is UNSET:
            raise reading.lacks("action")

        refresh_agent_credentials_request = cls(
            action,
        )

        refresh_agent_credentials_request.extra = d
        return refresh_agent_credentials_request

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class RefreshAgentCredentialsRequest(_Model):
    """The request for a new client secret.

    Attributes:
        action (Literal['SECRET_REFRESH']): Always `SECRET_REFRESH`.
    """

    action: Literal["SECRET_REFRESH"]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        action = cast(Literal["SECRET_REFRESH"], d.pop("action"))
        if action != "SECRET_REFRESH":
            raise ValueError(f"action must match const 'SECRET_REFRESH', got '{action}'")

        refresh_agent_credentials_request = cls(
            action,
        )

        refresh_agent_credentials_request.additional_properties = d
        return refresh_agent_credentials_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

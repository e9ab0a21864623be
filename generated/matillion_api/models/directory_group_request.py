# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.directory_member import DirectoryMember


@_attrs_define(repr=False, eq=False)
class DirectoryGroupRequest(_Model):
    """A group to create, or to put in the place of another.

    Attributes:
        display_name (str): Name of the group.
        external_id (str | Unset): Id of the group in the directory.
        members (list[DirectoryMember] | Unset): The users in the group.
        schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
    """

    display_name: str
    external_id: str | Unset = UNSET
    members: list[DirectoryMember] | Unset = UNSET
    schemas: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        display_name = self.display_name

        external_id = self.external_id

        members: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.members, Unset):
            members = []
            for members_item_data in self.members:
                members_item = members_item_data.to_dict()
                members.append(members_item)

        schemas: list[str] | Unset = UNSET
        if not isinstance(self.schemas, Unset):
            schemas = self.schemas

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "displayName": display_name,
            }
        )
        if external_id is not UNSET:
            field_dict["externalId"] = external_id
        if members is not UNSET:
            field_dict["members"] = members
        if schemas is not UNSET:
            field_dict["schemas"] = schemas

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_member import DirectoryMember  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        display_name: Any = d.pop("displayName", None)
        if type(display_name) is not str:
            display_name = reading.needed(reading.as_text(display_name), "displayName")

        external_id: Any = d.pop("externalId", UNSET)
        if type(external_id) is not str and external_id is not UNSET:
            external_id = reading.given(reading.as_text(external_id))

        members: Any = d.pop("members", UNSET)
        if members is None:
            members = UNSET
        elif members is not UNSET:
            members = reading.as_list(DirectoryMember.from_dict, members, "members")

        schemas: Any = d.pop("schemas", UNSET)
        if schemas is None:
            schemas = UNSET
        elif schemas is not UNSET:
            schemas = reading.as_list(reading.as_text, schemas, "schemas")

        directory_group_request = cls(
            display_name,
            external_id,
            members,
            schemas,
        )

        directory_group_request.extra = d
        return directory_group_request

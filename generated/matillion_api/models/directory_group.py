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
    from ..models.directory_meta import DirectoryMeta


@_attrs_define(repr=False, eq=False)
class DirectoryGroup(_Model):
    """A group of the directory (RFC 7643, section 4.2), with the role that its members have. Attributes that are not
    listed are kept.

        Attributes:
            id (str): Id of the group.
            display_name (None | str | Unset): Name of the group.
            external_id (None | str | Unset): Id of the group in the directory.
            members (list[DirectoryMember] | Unset): The users in the group.
            account_id (None | str | Unset): Id of the account.
            account_name (None | str | Unset): Name of the account.
            project_id (None | str | Unset): Id of the project that the role is for.
            project_name (None | str | Unset): Name of that project.
            environment (None | str | Unset): Name of the environment that the role is for.
            role (None | str | Unset): Role of the members.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
            meta (DirectoryMeta | Unset): What kind of object this is, and when it was changed (RFC 7643, section 3.1).
    """

    id: str
    display_name: None | str | Unset = UNSET
    external_id: None | str | Unset = UNSET
    members: list[DirectoryMember] | Unset = UNSET
    account_id: None | str | Unset = UNSET
    account_name: None | str | Unset = UNSET
    project_id: None | str | Unset = UNSET
    project_name: None | str | Unset = UNSET
    environment: None | str | Unset = UNSET
    role: None | str | Unset = UNSET
    schemas: list[str] | Unset = UNSET
    meta: DirectoryMeta | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        external_id: None | str | Unset
        if isinstance(self.external_id, Unset):
            external_id = UNSET
        else:
            external_id = self.external_id

        members: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.members, Unset):
            members = []
            for members_item_data in self.members:
                members_item = members_item_data.to_dict()
                members.append(members_item)

        account_id: None | str | Unset
        if isinstance(self.account_id, Unset):
            account_id = UNSET
        else:
            account_id = self.account_id

        account_name: None | str | Unset
        if isinstance(self.account_name, Unset):
            account_name = UNSET
        else:
            account_name = self.account_name

        project_id: None | str | Unset
        if isinstance(self.project_id, Unset):
            project_id = UNSET
        else:
            project_id = self.project_id

        project_name: None | str | Unset
        if isinstance(self.project_name, Unset):
            project_name = UNSET
        else:
            project_name = self.project_name

        environment: None | str | Unset
        if isinstance(self.environment, Unset):
            environment = UNSET
        else:
            environment = self.environment

        role: None | str | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        else:
            role = self.role

        schemas: list[str] | Unset = UNSET
        if not isinstance(self.schemas, Unset):
            schemas = self.schemas

        meta: dict[str, Any] | Unset = UNSET
        if not isinstance(self.meta, Unset):
            meta = self.meta.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "id": id,
            }
        )
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if external_id is not UNSET:
            field_dict["externalId"] = external_id
        if members is not UNSET:
            field_dict["members"] = members
        if account_id is not UNSET:
            field_dict["accountId"] = account_id
        if account_name is not UNSET:
            field_dict["accountName"] = account_name
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if project_name is not UNSET:
            field_dict["projectName"] = project_name
        if environment is not UNSET:
            field_dict["environment"] = environment
        if role is not UNSET:
            field_dict["role"] = role
        if schemas is not UNSET:
            field_dict["schemas"] = schemas
        if meta is not UNSET:
            field_dict["meta"] = meta

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_member import DirectoryMember  # noqa: PLC0415
        from ..models.directory_meta import DirectoryMeta  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", None)
        if type(id) is not str:
            id = reading.needed(reading.as_text(id), "id")

        display_name: Any = d.pop("displayName", UNSET)
        if type(display_name) is not str and display_name is not UNSET and display_name is not None:
            display_name = reading.as_text(display_name)

        external_id: Any = d.pop("externalId", UNSET)
        if type(external_id) is not str and external_id is not UNSET and external_id is not None:
            external_id = reading.as_text(external_id)

        members: Any = d.pop("members", UNSET)
        if members is None:
            members = UNSET
        elif members is not UNSET:
            members = reading.as_list(DirectoryMember.from_dict, members, "members")

        account_id: Any = d.pop("accountId", UNSET)
        if type(account_id) is not str and account_id is not UNSET and account_id is not None:
            account_id = reading.as_text(account_id)

        account_name: Any = d.pop("accountName", UNSET)
        if type(account_name) is not str and account_name is not UNSET and account_name is not None:
            account_name = reading.as_text(account_name)

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET and project_id is not None:
            project_id = reading.as_text(project_id)

        project_name: Any = d.pop("projectName", UNSET)
        if type(project_name) is not str and project_name is not UNSET and project_name is not None:
            project_name = reading.as_text(project_name)

        environment: Any = d.pop("environment", UNSET)
        if type(environment) is not str and environment is not UNSET and environment is not None:
            environment = reading.as_text(environment)

        role: Any = d.pop("role", UNSET)
        if type(role) is not str and role is not UNSET and role is not None:
            role = reading.as_text(role)

        schemas: Any = d.pop("schemas", UNSET)
        if schemas is None:
            schemas = UNSET
        elif schemas is not UNSET:
            schemas = reading.as_list(reading.as_text, schemas, "schemas")

        meta: Any = d.pop("meta", UNSET)
        if meta is None:
            meta = UNSET
        elif meta is not UNSET:
            meta = reading.as_object(DirectoryMeta, meta, "meta")

        directory_group = cls(
            id,
            display_name,
            external_id,
            members,
            account_id,
            account_name,
            project_id,
            project_name,
            environment,
            role,
            schemas,
            meta,
        )

        directory_group.extra = d
        return directory_group

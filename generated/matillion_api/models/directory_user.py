# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.directory_email import DirectoryEmail
    from ..models.directory_meta import DirectoryMeta
    from ..models.directory_user_name import DirectoryUserName


@_attrs_define(repr=False, eq=False)
class DirectoryUser(_Model):
    """A user of the directory (RFC 7643, section 4.1). Attributes that are not listed are kept.

    Attributes:
        id (str): Id of the user.
        user_name (None | str | Unset): Name that the user signs in with.
        external_id (None | str | Unset): Id of the user in the directory.
        display_name (None | str | Unset): Name to show.
        name (DirectoryUserName | Unset): Name of a person.
        active (bool | None | Unset): Whether the user may sign in.
        emails (list[DirectoryEmail] | Unset): Email addresses.
        schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
        meta (DirectoryMeta | Unset): What kind of object this is, and when it was changed (RFC 7643, section 3.1).
    """

    id: str
    user_name: None | str | Unset = UNSET
    external_id: None | str | Unset = UNSET
    display_name: None | str | Unset = UNSET
    name: DirectoryUserName | Unset = UNSET
    active: bool | None | Unset = UNSET
    emails: list[DirectoryEmail] | Unset = UNSET
    schemas: list[str] | Unset = UNSET
    meta: DirectoryMeta | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        user_name: None | str | Unset
        if isinstance(self.user_name, Unset):
            user_name = UNSET
        else:
            user_name = self.user_name

        external_id: None | str | Unset
        if isinstance(self.external_id, Unset):
            external_id = UNSET
        else:
            external_id = self.external_id

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        name: dict[str, Any] | Unset = UNSET
        if not isinstance(self.name, Unset):
            name = self.name.to_dict()

        active: bool | None | Unset
        if isinstance(self.active, Unset):
            active = UNSET
        else:
            active = self.active

        emails: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.emails, Unset):
            emails = []
            for emails_item_data in self.emails:
                emails_item = emails_item_data.to_dict()
                emails.append(emails_item)

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
        if user_name is not UNSET:
            field_dict["userName"] = user_name
        if external_id is not UNSET:
            field_dict["externalId"] = external_id
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if name is not UNSET:
            field_dict["name"] = name
        if active is not UNSET:
            field_dict["active"] = active
        if emails is not UNSET:
            field_dict["emails"] = emails
        if schemas is not UNSET:
            field_dict["schemas"] = schemas
        if meta is not UNSET:
            field_dict["meta"] = meta

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_email import DirectoryEmail  # noqa: PLC0415
        from ..models.directory_meta import DirectoryMeta  # noqa: PLC0415
        from ..models.directory_user_name import DirectoryUserName  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", None)
        if type(id) is not str:
            id = reading.needed(reading.as_text(id), "id")

        user_name: Any = d.pop("userName", UNSET)
        if type(user_name) is not str and user_name is not UNSET and user_name is not None:
            user_name = reading.as_text(user_name)

        external_id: Any = d.pop("externalId", UNSET)
        if type(external_id) is not str and external_id is not UNSET and external_id is not None:
            external_id = reading.as_text(external_id)

        display_name: Any = d.pop("displayName", UNSET)
        if type(display_name) is not str and display_name is not UNSET and display_name is not None:
            display_name = reading.as_text(display_name)

        name: Any = d.pop("name", UNSET)
        if name is None:
            name = UNSET
        elif name is not UNSET:
            name = reading.as_object(DirectoryUserName, name, "name")

        active: Any = d.pop("active", UNSET)
        if type(active) is not bool and active is not UNSET and active is not None:
            active = reading.as_boolean(active)

        emails: Any = d.pop("emails", UNSET)
        if emails is None:
            emails = UNSET
        elif emails is not UNSET:
            emails = reading.as_list(DirectoryEmail.from_dict, emails, "emails")

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

        directory_user = cls(
            id,
            user_name,
            external_id,
            display_name,
            name,
            active,
            emails,
            schemas,
            meta,
        )

        directory_user.extra = d
        return directory_user

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

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
        field_dict.update(self.additional_properties)
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

        d = dict(src_dict)
        id = d.pop("id")

        user_name: None | str | Unset = d.pop("userName", UNSET)

        external_id: None | str | Unset = d.pop("externalId", UNSET)

        display_name: None | str | Unset = d.pop("displayName", UNSET)

        _name = d.pop("name", UNSET)
        name: DirectoryUserName | Unset
        if _name is None or isinstance(_name, Unset):
            name = UNSET
        else:
            name = DirectoryUserName.from_dict(_name)

        active: bool | None | Unset = d.pop("active", UNSET)

        _emails = d.pop("emails", UNSET)
        emails: list[DirectoryEmail] | Unset = UNSET
        if _emails is not None and _emails is not UNSET:
            emails = []
            for emails_item_data in _emails:
                emails_item = DirectoryEmail.from_dict(emails_item_data)

                emails.append(emails_item)

        schemas: list[str] | Unset = d.pop("schemas", UNSET)
        if schemas is None:
            schemas = UNSET

        _meta = d.pop("meta", UNSET)
        meta: DirectoryMeta | Unset
        if _meta is None or isinstance(_meta, Unset):
            meta = UNSET
        else:
            meta = DirectoryMeta.from_dict(_meta)

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

        directory_user.additional_properties = d
        return directory_user

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

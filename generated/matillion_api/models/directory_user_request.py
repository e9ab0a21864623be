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
    from ..models.directory_user_name import DirectoryUserName


@_attrs_define(repr=False, eq=False)
class DirectoryUserRequest(_Model):
    """A user to create, or to put in the place of another.

    Attributes:
        user_name (str): Name that the user signs in with; it must not be taken.
        external_id (str | Unset): Id of the user in the directory.
        display_name (str | Unset): Name to show.
        name (DirectoryUserName | Unset): Name of a person.
        active (bool | Unset): Whether the user may sign in.
        emails (list[DirectoryEmail] | Unset): Email addresses.
        schemas (list[str] | Unset): URIs of the SCIM schemas of this object.
    """

    user_name: str
    external_id: str | Unset = UNSET
    display_name: str | Unset = UNSET
    name: DirectoryUserName | Unset = UNSET
    active: bool | Unset = UNSET
    emails: list[DirectoryEmail] | Unset = UNSET
    schemas: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        user_name = self.user_name

        external_id = self.external_id

        display_name = self.display_name

        name: dict[str, Any] | Unset = UNSET
        if not isinstance(self.name, Unset):
            name = self.name.to_dict()

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "userName": user_name,
            }
        )
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

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.directory_email import DirectoryEmail  # noqa: PLC0415
        from ..models.directory_user_name import DirectoryUserName  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        user_name: Any = d.pop("userName", None)
        if type(user_name) is not str:
            user_name = reading.needed(reading.as_text(user_name), "userName")

        external_id: Any = d.pop("externalId", UNSET)
        if type(external_id) is not str and external_id is not UNSET:
            external_id = reading.given(reading.as_text(external_id))

        display_name: Any = d.pop("displayName", UNSET)
        if type(display_name) is not str and display_name is not UNSET:
            display_name = reading.given(reading.as_text(display_name))

        name: Any = d.pop("name", UNSET)
        if name is None:
            name = UNSET
        elif name is not UNSET:
            name = reading.as_object(DirectoryUserName, name, "name")

        active: Any = d.pop("active", UNSET)
        if type(active) is not bool and active is not UNSET:
            active = reading.given(reading.as_boolean(active))

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

        directory_user_request = cls(
            user_name,
            external_id,
            display_name,
            name,
            active,
            emails,
            schemas,
        )

        directory_user_request.extra = d
        return directory_user_request

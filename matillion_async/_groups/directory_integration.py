"""Users and groups of the directory, replaced without losing what this package does not know of them."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

from matillion_api.api import directory_integration as generated
from matillion_api.api.directory_integration import (
    replace_directory_group,
    replace_directory_user,
)
from matillion_api.models.directory_email import DirectoryEmail
from matillion_api.models.directory_group import DirectoryGroup
from matillion_api.models.directory_group_request import DirectoryGroupRequest
from matillion_api.models.directory_member import DirectoryMember
from matillion_api.models.directory_user import DirectoryUser
from matillion_api.models.directory_user_name import DirectoryUserName
from matillion_api.models.directory_user_request import DirectoryUserRequest
from matillion_api.types import UNSET, Unset, as_model

from matillion_async._groups.replacing import replacement

_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:"


class DirectoryIntegration(generated.DirectoryIntegration):
    """Users and groups from a directory, by SCIM 2.0."""

    async def replace_user(
        self,
        user_id: str,
        present: DirectoryUser | Mapping[str, Any] | None = None,
        *,
        user_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        name: DirectoryUserName | Mapping[str, Any] | Unset = UNSET,
        active: bool | Unset = UNSET,
        emails: Sequence[DirectoryEmail | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryUser | None:
        """Replace a user; what is neither given nor in ``present`` is cleared.

        >>> ada = await client.directory_integration.get_user(user_id)
        >>> await client.directory_integration.replace_user(user_id, ada, active=False)

        Args:
            user_id: id of the user.
            present: the user as it was read. All of it is sent again, also attributes that this package does not
                know; a server ignores those that cannot be written (RFC 7644, section 3.5.1).
            user_name: name that the user signs in with; it must be given unless ``present`` has it.
            external_id: id of the user in the directory.
            display_name: name to show.
            name: name of a person.
            active: whether the user may sign in.
            emails: email addresses.
            schemas: URIs of the SCIM schemas of this object.

        Returns:
            The user as it is now; None where the response is a success without a body.

        Raises:
            InvalidRequestError: there is no user name; nothing was sent.
        """
        given = {
            "userName": user_name,
            "externalId": external_id,
            "displayName": display_name,
            "name": name,
            "active": active,
            "emails": emails,
            "schemas": schemas,
        }
        body = replacement(
            "directory_integration.replace_user", present, given, needed=["userName"]
        )
        return await self._session.call(
            replace_directory_user.OPERATION,
            user_id=user_id,
            body=as_model(DirectoryUserRequest, {"schemas": [f"{_SCHEMA}User"], **body}),
        )

    async def replace_group(
        self,
        group_id: str,
        present: DirectoryGroup | Mapping[str, Any] | None = None,
        *,
        display_name: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        members: Sequence[DirectoryMember | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryGroup | None:
        """Replace a group; what is neither given nor in ``present`` is cleared.

        Args:
            group_id: id of the group.
            present: the group as it was read. All of it is sent again; see :meth:`replace_user`.
            display_name: name of the group; it must be given unless ``present`` has it.
            external_id: id of the group in the directory.
            members: the users in it.
            schemas: URIs of the SCIM schemas of this object.

        Returns:
            The group as it is now; None where the response is a success without a body.

        Raises:
            InvalidRequestError: there is no name; nothing was sent.
        """
        given = {
            "displayName": display_name,
            "externalId": external_id,
            "members": members,
            "schemas": schemas,
        }
        body = replacement(
            "directory_integration.replace_group", present, given, needed=["displayName"]
        )
        return await self._session.call(
            replace_directory_group.OPERATION,
            group_id=group_id,
            body=as_model(DirectoryGroupRequest, {"schemas": [f"{_SCHEMA}Group"], **body}),
        )

# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``directory_integration``."""

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

from ...models.directory_email import DirectoryEmail
from ...models.directory_group import DirectoryGroup
from ...models.directory_group_list import DirectoryGroupList
from ...models.directory_group_request import DirectoryGroupRequest
from ...models.directory_member import DirectoryMember
from ...models.directory_patch import DirectoryPatch
from ...models.directory_patch_operation import DirectoryPatchOperation
from ...models.directory_user import DirectoryUser
from ...models.directory_user_list import DirectoryUserList
from ...models.directory_user_name import DirectoryUserName
from ...models.directory_user_request import DirectoryUserRequest
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    create_directory_group as _create_directory_group,
)
from . import (
    create_directory_user as _create_directory_user,
)
from . import (
    delete_directory_group as _delete_directory_group,
)
from . import (
    delete_directory_user as _delete_directory_user,
)
from . import (
    get_directory_group as _get_directory_group,
)
from . import (
    get_directory_user as _get_directory_user,
)
from . import (
    list_directory_groups as _list_directory_groups,
)
from . import (
    list_directory_users as _list_directory_users,
)
from . import (
    patch_directory_group as _patch_directory_group,
)
from . import (
    patch_directory_user as _patch_directory_user,
)
from . import (
    replace_directory_group as _replace_directory_group,
)
from . import (
    replace_directory_user as _replace_directory_user,
)


class DirectoryIntegration:
    """Users and groups from a directory, by SCIM 2.0."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_users(
        self,
        *,
        start_index: int | Unset = UNSET,
        count: int | Unset = UNSET,
    ) -> Listing[DirectoryUser, DirectoryUserList]:
        """List users of the directory.

        Lists the users, one page at a time, as SCIM 2.0 does: a page is asked for by the index of
        its first user, from 1. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            start_index (int | Unset): Index of the first one to return. The first of all is
                1.
            count (int | Unset): Number to return at most.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_directory_users.OPERATION,
            DirectoryUser,
            start_index=start_index,
            count=count,
        )

    async def create_user(
        self,
        *,
        user_name: str,
        external_id: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        name: DirectoryUserName | Mapping[str, Any] | Unset = UNSET,
        active: bool | Unset = UNSET,
        emails: Sequence[DirectoryEmail | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryUser:
        """Create a user.

        Creates a user and returns it. A request whose response was lost must not be repeated
        blindly: list the users first.

        Args:
            user_name (str): Name that the user signs in with; it must not be taken.
            external_id (str | Unset): Id of the user in the directory.
            display_name (str | Unset): Name to show.
            name (DirectoryUserName | Unset): Name of a person.
            active (bool | Unset): Whether the user may sign in.
            emails (list[DirectoryEmail] | Unset): Email addresses.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_directory_user.OPERATION,
            body=DirectoryUserRequest(
                user_name=user_name,
                external_id=external_id,
                display_name=display_name,
                name=name if isinstance(name, Unset) else as_model(DirectoryUserName, name),
                active=active,
                emails=emails
                if isinstance(emails, Unset)
                else [as_model(DirectoryEmail, item) for item in emails],
                schemas=["urn:ietf:params:scim:schemas:core:2.0:User"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

    async def get_user(
        self,
        user_id: str,
    ) -> DirectoryUser:
        """Get a user.

        Returns one user of the directory.

        Args:
            user_id (str): Id of the user.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_directory_user.OPERATION,
            user_id=user_id,
        )

    async def replace_user(
        self,
        user_id: str,
        *,
        user_name: str,
        external_id: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        name: DirectoryUserName | Mapping[str, Any] | Unset = UNSET,
        active: bool | Unset = UNSET,
        emails: Sequence[DirectoryEmail | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryUser | None:
        """Replace a user.

        Replaces all of a user that can be written, and returns it. What is left out is cleared.

        Args:
            user_id (str): Id of the user.
            user_name (str): Name that the user signs in with; it must not be taken.
            external_id (str | Unset): Id of the user in the directory.
            display_name (str | Unset): Name to show.
            name (DirectoryUserName | Unset): Name of a person.
            active (bool | Unset): Whether the user may sign in.
            emails (list[DirectoryEmail] | Unset): Email addresses.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _replace_directory_user.OPERATION,
            user_id=user_id,
            body=DirectoryUserRequest(
                user_name=user_name,
                external_id=external_id,
                display_name=display_name,
                name=name if isinstance(name, Unset) else as_model(DirectoryUserName, name),
                active=active,
                emails=emails
                if isinstance(emails, Unset)
                else [as_model(DirectoryEmail, item) for item in emails],
                schemas=["urn:ietf:params:scim:schemas:core:2.0:User"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

    async def delete_user(
        self,
        user_id: str,
    ) -> None:
        """Delete a user.

        Deletes a user of the directory. If a repeated request gets 404, the first one may have
        succeeded.

        Args:
            user_id (str): Id of the user.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _delete_directory_user.OPERATION,
            user_id=user_id,
        )

    async def patch_user(
        self,
        user_id: str,
        *,
        operations: Sequence[DirectoryPatchOperation | Mapping[str, Any]],
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryUser | None:
        """Change parts of a user.

        Adds, replaces or removes attributes as RFC 7644, section 3.5.2, says, in order and all or
        nothing. The response is the user as it is now, or empty.

        Args:
            user_id (str): Id of the user.
            operations (list[DirectoryPatchOperation]): The changes, in order.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _patch_directory_user.OPERATION,
            user_id=user_id,
            body=DirectoryPatch(
                operations=[as_model(DirectoryPatchOperation, item) for item in operations],
                schemas=["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

    def list_groups(
        self,
        *,
        start_index: int | Unset = UNSET,
        count: int | Unset = UNSET,
    ) -> Listing[DirectoryGroup, DirectoryGroupList]:
        """List groups of the directory.

        Lists the groups, one page at a time, as SCIM 2.0 does: a page is asked for by the index
        of its first group, from 1. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            start_index (int | Unset): Index of the first one to return. The first of all is
                1.
            count (int | Unset): Number to return at most.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_directory_groups.OPERATION,
            DirectoryGroup,
            start_index=start_index,
            count=count,
        )

    async def create_group(
        self,
        *,
        display_name: str,
        external_id: str | Unset = UNSET,
        members: Sequence[DirectoryMember | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryGroup:
        """Create a group.

        Creates a group and returns it. A request whose response was lost must not be repeated
        blindly: list the groups first.

        Args:
            display_name (str): Name of the group.
            external_id (str | Unset): Id of the group in the directory.
            members (list[DirectoryMember] | Unset): The users in the group.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_directory_group.OPERATION,
            body=DirectoryGroupRequest(
                display_name=display_name,
                external_id=external_id,
                members=members
                if isinstance(members, Unset)
                else [as_model(DirectoryMember, item) for item in members],
                schemas=["urn:ietf:params:scim:schemas:core:2.0:Group"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

    async def get_group(
        self,
        group_id: str,
    ) -> DirectoryGroup:
        """Get a group.

        Returns one group of the directory.

        Args:
            group_id (str): Id of the group.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_directory_group.OPERATION,
            group_id=group_id,
        )

    async def replace_group(
        self,
        group_id: str,
        *,
        display_name: str,
        external_id: str | Unset = UNSET,
        members: Sequence[DirectoryMember | Mapping[str, Any]] | Unset = UNSET,
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryGroup | None:
        """Replace a group.

        Replaces all of a group that can be written, and returns it. What is left out is cleared.

        Args:
            group_id (str): Id of the group.
            display_name (str): Name of the group.
            external_id (str | Unset): Id of the group in the directory.
            members (list[DirectoryMember] | Unset): The users in the group.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _replace_directory_group.OPERATION,
            group_id=group_id,
            body=DirectoryGroupRequest(
                display_name=display_name,
                external_id=external_id,
                members=members
                if isinstance(members, Unset)
                else [as_model(DirectoryMember, item) for item in members],
                schemas=["urn:ietf:params:scim:schemas:core:2.0:Group"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

    async def delete_group(
        self,
        group_id: str,
    ) -> None:
        """Delete a group.

        Deletes a group of the directory. If a repeated request gets 404, the first one may have
        succeeded.

        Args:
            group_id (str): Id of the group.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _delete_directory_group.OPERATION,
            group_id=group_id,
        )

    async def patch_group(
        self,
        group_id: str,
        *,
        operations: Sequence[DirectoryPatchOperation | Mapping[str, Any]],
        schemas: builtins.list[str] | Unset = UNSET,
    ) -> DirectoryGroup | None:
        """Change parts of a group.

        Adds, replaces or removes attributes as RFC 7644, section 3.5.2, says, in order and all or
        nothing. The response is the group as it is now, or empty.

        Args:
            group_id (str): Id of the group.
            operations (list[DirectoryPatchOperation]): The changes, in order.
            schemas (list[str] | Unset): URIs of the SCIM schemas of this object.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _patch_directory_group.OPERATION,
            group_id=group_id,
            body=DirectoryPatch(
                operations=[as_model(DirectoryPatchOperation, item) for item in operations],
                schemas=["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
                if isinstance(schemas, Unset)
                else schemas,
            ),
        )

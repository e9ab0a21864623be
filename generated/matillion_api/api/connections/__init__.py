# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``connections``."""

import builtins
from collections.abc import Mapping
from typing import Any

from ...models.connection import Connection
from ...models.connection_auth_type import ConnectionAuthType
from ...models.connection_details import ConnectionDetails
from ...models.connection_override_request import ConnectionOverrideRequest
from ...models.connection_overrides import ConnectionOverrides
from ...models.connection_page import ConnectionPage
from ...models.create_connection_request import CreateConnectionRequest
from ...models.create_data_platform_connection_request import (
    CreateDataPlatformConnectionRequest,
)
from ...models.data_platform_auth_provider import DataPlatformAuthProvider
from ...models.data_platform_auth_type import DataPlatformAuthType
from ...models.platform_connection_type import PlatformConnectionType
from ...models.replace_connection_request import ReplaceConnectionRequest
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    create_connection as _create_connection,
)
from . import (
    create_connection_override as _create_connection_override,
)
from . import (
    create_data_platform_connection as _create_data_platform_connection,
)
from . import (
    delete_connection as _delete_connection,
)
from . import (
    delete_connection_overrides as _delete_connection_overrides,
)
from . import (
    list_connection_overrides as _list_connection_overrides,
)
from . import (
    list_connections as _list_connections,
)
from . import (
    replace_connection as _replace_connection,
)
from . import (
    replace_connection_override as _replace_connection_override,
)


class Connections:
    """Connections of a project, and what of them differs per environment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def create_data_platform(
        self,
        project: str,
        *,
        name: str,
        platform_connection_type: PlatformConnectionType | str,
        auth_provider: DataPlatformAuthProvider | str,
        auth_type: DataPlatformAuthType | str,
    ) -> None:
        """Create a connection to the data platform.

        Creates a connection to the project's data platform, a Snowflake or Redshift warehouse. A
        request whose response was lost must not be repeated blindly: list the connections and
        look for the name first.

        Args:
            project (str): Id or exact name of the project.
            name (str): Name of the connection.
            platform_connection_type (PlatformConnectionType): What a connection is for. Other
                values may be added.
            auth_provider (DataPlatformAuthProvider): The data platform. Other values may be
                added.
            auth_type (DataPlatformAuthType): How to sign in to the data platform. Other
                values may be added.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _create_data_platform_connection.OPERATION,
            project_id=project,
            body=CreateDataPlatformConnectionRequest(
                name=name,
                platform_connection_type=PlatformConnectionType(platform_connection_type),
                auth_provider=DataPlatformAuthProvider(auth_provider),
                auth_type=DataPlatformAuthType(auth_type),
            ),
        )

    def list(
        self,
        project: str,
        *,
        auth_provider: builtins.list[str] | Unset = UNSET,
        platform_connection_type: str | Unset = UNSET,
        connection_names: builtins.list[str] | Unset = UNSET,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Connection, ConnectionPage]:
        """List connections.

        Lists the connections of a project, one page at a time, if wanted only those of some
        providers, types or names. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            auth_provider (list[str] | Unset): Only connections of these providers, such as
                `SNOWFLAKE`.
            platform_connection_type (str | Unset): Only connections of this type, such as
                `DWH`.
            connection_names (list[str] | Unset): Only connections of these names, which
                cannot contain commas.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_connections.OPERATION,
            Connection,
            project_id=project,
            auth_provider=auth_provider,
            platform_connection_type=platform_connection_type,
            connection_names=connection_names,
            page=page,
            size=size,
        )

    async def replace(
        self,
        project: str,
        *,
        auth_type: ConnectionAuthType | str,
        platform_connection_type: PlatformConnectionType | str,
        connection_details: ConnectionDetails | Mapping[str, Any] | Unset = UNSET,
        connection_name: str,
    ) -> Connection | None:
        """Replace a connection.

        Replaces a connection of a project, by name, and returns it. What is not given is gone
        afterwards.

        Args:
            project (str): Id or exact name of the project.
            auth_type (ConnectionAuthType): How a connection signs in. Other values may be
                added.
            platform_connection_type (PlatformConnectionType): What a connection is for. Other
                values may be added.
            connection_details (ConnectionDetails | Unset): What a connection needs besides
                its type.
            connection_name (str): Name of the connection.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _replace_connection.OPERATION,
            project_id=project,
            body=ReplaceConnectionRequest(
                auth_type=ConnectionAuthType(auth_type),
                platform_connection_type=PlatformConnectionType(platform_connection_type),
                connection_details=connection_details
                if isinstance(connection_details, Unset)
                else as_model(ConnectionDetails, connection_details),
            ),
            connection_name=connection_name,
        )

    async def create(
        self,
        project: str,
        *,
        name: str,
        platform_connection_type: PlatformConnectionType | str,
        auth_provider: str,
        auth_type: ConnectionAuthType | str,
        connection_details: ConnectionDetails | Mapping[str, Any],
    ) -> Connection:
        """Create a connection.

        Creates a connection that components of pipelines use, and returns it. Its secrets are
        named, not sent. A request whose response was lost must not be repeated blindly: list the
        connections and look for the name first. These go together: the type `COMPONENT_BASIC`
        with the provider `NONE` and `GENERIC_SECRET`; with a connector such as `salesforce` and
        `OAUTH_CLIENT_CRED`, `OAUTH_USER_TOKENS` or `OAUTH_AUTHORIZATION_CODE`; with `netsuite`
        and `COMPOSITE_TOKEN`; with `x-ads` and `OAUTH_1_0_X_ADS`. The type
        `CLOUD_PLATFORM_CREDENTIALS` goes with `aws`, `gcp` or `azure` and
        `CLOUD_PROVIDER_SECRET`, and its secret is the property `credentialSecretName`.

        Args:
            project (str): Id or exact name of the project.
            name (str): Name of the connection.
            platform_connection_type (PlatformConnectionType): What a connection is for. Other
                values may be added.
            auth_provider (str): The provider to sign in to, such as `NONE`.
            auth_type (ConnectionAuthType): How a connection signs in. Other values may be
                added.
            connection_details (ConnectionDetails): What a connection needs besides its type.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_connection.OPERATION,
            project_id=project,
            body=CreateConnectionRequest(
                name=name,
                platform_connection_type=PlatformConnectionType(platform_connection_type),
                auth_provider=auth_provider,
                auth_type=ConnectionAuthType(auth_type),
                connection_details=as_model(ConnectionDetails, connection_details),
            ),
        )

    async def delete(
        self,
        project: str,
        *,
        connection_name: str,
    ) -> None:
        """Delete a connection.

        Deletes a connection of a project, by name. This cannot be undone. If a repeated request
        gets 404, the first one may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            connection_name (str): Name of the connection.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _delete_connection.OPERATION,
            project_id=project,
            connection_name=connection_name,
        )

    def list_overrides(
        self,
        project: str,
        *,
        environment_name: str,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Connection, ConnectionPage]:
        """List the connections that an environment overrides.

        Lists the connections that have other settings in an environment, one page at a time, with
        those settings.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_connection_overrides.OPERATION,
            Connection,
            project_id=project,
            environment_name=environment_name,
            page=page,
            size=size,
        )

    async def replace_override(
        self,
        project: str,
        *,
        environment_name: str,
        connection_name: str,
        auth_type: str,
        connection_overrides: ConnectionOverrides | Mapping[str, Any],
    ) -> Connection | None:
        """Replace the override of a connection in an environment.

        Replaces the settings that a connection has in one environment, and returns it. Where it
        has none, the response is 404.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment.
            connection_name (str): Name of the connection.
            auth_type (str): How the connection signs in; it must be what the connection
                itself has.
            connection_overrides (ConnectionOverrides): What of a connection differs in an
                environment.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _replace_connection_override.OPERATION,
            project_id=project,
            body=ConnectionOverrideRequest(
                environment_name=environment_name,
                connection_name=connection_name,
                auth_type=auth_type,
                connection_overrides=as_model(ConnectionOverrides, connection_overrides),
            ),
        )

    async def create_override(
        self,
        project: str,
        *,
        environment_name: str,
        connection_name: str,
        auth_type: str,
        connection_overrides: ConnectionOverrides | Mapping[str, Any],
    ) -> Connection | None:
        """Override a connection in an environment.

        Gives a connection other settings in one environment where it has none yet, and returns
        it. Where it has some, the response is 409. A request whose response was lost must not be
        repeated blindly: list the overrides first, or replace the override.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment.
            connection_name (str): Name of the connection.
            auth_type (str): How the connection signs in; it must be what the connection
                itself has.
            connection_overrides (ConnectionOverrides): What of a connection differs in an
                environment.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_connection_override.OPERATION,
            project_id=project,
            body=ConnectionOverrideRequest(
                environment_name=environment_name,
                connection_name=connection_name,
                auth_type=auth_type,
                connection_overrides=as_model(ConnectionOverrides, connection_overrides),
            ),
        )

    async def delete_overrides(
        self,
        project: str,
        *,
        environment_name: str,
        connection_names: builtins.list[str],
    ) -> None:
        """Remove overrides of connections in an environment.

        Lets connections have their own settings in an environment again. Names that would make
        the URL too long get 400: give fewer at a time. If a repeated request gets 404, the first
        one may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment.
            connection_names (list[str]): Names of the connections, which cannot contain
                commas.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _delete_connection_overrides.OPERATION,
            project_id=project,
            environment_name=environment_name,
            connection_names=connection_names,
        )

"""Connections, with what the generated class does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matillion_api.api.connections import Connections as GeneratedConnections
from matillion_api.models.connection import Connection
from matillion_api.models.connection_overrides import ConnectionOverrides

from matillion_async._errors import NotFoundError
from matillion_async._groups.by_hand import ByHand


class Connections(ByHand, GeneratedConnections):
    """Connections of a project, and what of them differs per environment."""

    async def set_override(
        self,
        project: str,
        *,
        environment_name: str,
        connection_name: str,
        auth_type: str,
        connection_overrides: ConnectionOverrides | Mapping[str, Any],
    ) -> Connection | None:
        """Give a connection other settings in an environment, whether it has some there or not.

        The API replaces an override and creates one by two calls, each of which refuses what the other is for. An
        override is replaced; if there is none, it is created, and if another has created one meanwhile, that is a
        ``ConflictError``. A deadline is one for both calls.

        Args:
            project: id or exact name of the project.
            environment_name: name of the environment.
            connection_name: name of the connection.
            auth_type: how the connection signs in; it must be what the connection itself has.
            connection_overrides: what differs.

        Returns:
            The connection with its override; None if the API responded without it.

        Raises:
            NotFoundError: there is no such project, environment or connection.
            MatillionError: with ``may_have_been_processed``, if the override may have been created.
        """
        arguments: dict[str, Any] = {
            "environment_name": environment_name,
            "connection_name": connection_name,
            "auth_type": auth_type,
            "connection_overrides": connection_overrides,
        }
        within = Connections(self._naming_session.bounded())
        try:
            return await within.replace_override(project, **arguments)
        except NotFoundError:
            return await within.create_override(project, **arguments)

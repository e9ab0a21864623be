"""A connection of Airflow to Matillion, and a client for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import Any, TypeVar

from matillion_async import MatillionClient, MatillionError
from matillion_async.airflow._names import BaseHook
from matillion_async.airflow._settings_of import ClientSettings, settings_of
from matillion_async.airflow.provider import FIELDS, HIDDEN, PLACEHOLDERS, RELABELING

T = TypeVar("T")

DEFAULT_CONNECTION = "matillion_default"
_TEST_SECONDS = 20.0


class MatillionHook(BaseHook):
    """A connection to Matillion, for code of your own in a task.

    >>> projects = MatillionHook().run(lambda client: client.projects.list().all())

    or, where there is an event loop already:

    >>> async with MatillionHook().get_conn() as client:
    ...     projects = await client.projects.list().all()

    What the connection leaves empty comes from the environment, as for any client.

    Args:
        matillion_conn_id: id of the connection.
    """

    conn_name_attr = "matillion_conn_id"
    default_conn_name = DEFAULT_CONNECTION
    conn_type = "matillion"
    hook_name = "Matillion"

    def __init__(self, matillion_conn_id: str = DEFAULT_CONNECTION) -> None:
        super().__init__()
        self.matillion_conn_id = matillion_conn_id
        self._runner: asyncio.Runner | None = None
        self._client: MatillionClient | None = None

    @cached_property
    def settings(self) -> ClientSettings:
        """The arguments of a client for the connection, which is looked up once.

        Raises:
            ConfigurationError: a field of the connection is not text.
        """
        connection = self.get_connection(self.matillion_conn_id)
        return settings_of(connection, connection.extra_dejson)

    def get_conn(self) -> MatillionClient:
        """A client for the connection, to be entered with ``async with``.

        Raises:
            ConfigurationError: a setting is missing or wrong.
        """
        return MatillionClient(**self.settings)

    def run(self, use: Callable[[MatillionClient], Awaitable[T]]) -> T:
        """Wait for what ``use`` does with a client; it is the same client, with the same token, until :meth:`close`.

        Args:
            use: called with the client; gives something to await.

        Raises:
            ConfigurationError: a setting is missing or wrong.
        """
        _ = self.settings  # looked up here: the event loop has no time for that

        async def use_client() -> T:
            if self._client is None:
                self._client = self.get_conn()
            return await use(self._client)

        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(use_client())

    def close(self) -> None:
        """Close the client of :meth:`run`; the next use makes another."""
        runner, client = self._runner, self._client
        self._runner = self._client = None
        if runner is not None:
            with runner:
                if client is not None:
                    runner.run(client.aclose())

    def test_connection(self) -> tuple[bool, str]:
        """What the button Test shows: whether the API lists projects, and otherwise why not."""
        try:
            # One look and no long waits: somebody sits in front of a page.
            page = self.run(
                lambda client: client.with_options(deadline=_TEST_SECONDS).projects.list(size=1)
            )
            url = self._client.base_url if self._client is not None else ""
        except MatillionError as error:
            return False, str(error)
        finally:
            self.close()
        return True, f"{url} lists {page.total} projects"

    @classmethod
    def get_connection_form_widgets(cls) -> dict[str, Any]:
        """The fields of the form that other connections do not have, up to Airflow 3.1."""
        from flask_appbuilder.fieldwidgets import (
            BS3TextFieldWidget,
        )
        from wtforms import StringField

        return {
            name: StringField(label, description=description, widget=BS3TextFieldWidget())
            for name, (label, description) in FIELDS.items()
        }

    @classmethod
    def get_ui_field_behaviour(cls) -> dict[str, Any]:
        """What the form calls the other fields, up to Airflow 3.1."""
        return {
            "hidden_fields": HIDDEN,
            "relabeling": RELABELING,
            "placeholders": PLACEHOLDERS,
        }

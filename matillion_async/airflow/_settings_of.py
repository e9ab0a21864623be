"""From a connection of Airflow to the settings of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from matillion_async import ConfigurationError, Secret
from matillion_async.airflow.provider import FIELDS


class ClientSettings(TypedDict, total=False):
    """Arguments of ``MatillionClient``; what is left out comes from the environment, or has a default."""

    client_id: str
    client_secret: Secret
    base_url: str
    region: str
    rate_limits: str
    token_url: str
    audience: str


def settings_of(connection: Any, extra: Mapping[str, Any]) -> ClientSettings:
    """The settings that a connection has.

    Args:
        connection: of Airflow; its login is the client id, its password the client secret, its host a base URL.
        extra: its extra, as a mapping.

    Raises:
        ConfigurationError: a field is not text.
    """
    given = {
        "client_id": connection.login,
        "base_url": _base_url(connection),
        **{name: extra.get(name) for name in FIELDS},
    }
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise ConfigurationError(
                f"connection {connection.conn_id!r}: {name} must be text, not {type(value).__name__}"
            )
    found: Any = {name: value for name, value in given.items() if value}
    settings: ClientSettings = found
    if connection.password:
        settings["client_secret"] = Secret(connection.password)
    return settings


def are_same(settings: ClientSettings, others: ClientSettings) -> bool:
    """Whether two clients would be the same."""
    return _plain(settings) == _plain(others)


def _plain(settings: ClientSettings) -> dict[str, object]:
    return {
        name: value.reveal() if isinstance(value, Secret) else value
        for name, value in settings.items()
    }


def _base_url(connection: Any) -> str | None:
    """The host, as a URL: one that is written as such, or with the port and the scheme that URIs of connections have."""
    host: str | None = connection.host
    if not isinstance(host, str) or not host or "://" in host:
        return host
    port = f":{connection.port}" if connection.port else ""
    return f"{connection.schema or 'https'}://{host}{port}"

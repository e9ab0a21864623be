"""A connection to a server of Redis or Valkey: made from a URL, and why it cannot be used."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection
from redis.asyncio.connection import Connection, SSLConnection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    AskError,
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    InvalidResponse,
    MasterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from matillion_async._errors import ConfigurationError
from matillion_async._share.place import TIMEOUT

_REFUSALS = {
    AuthenticationError: "it wants another user or password",
    NoPermissionError: "the user may not do what is needed",
    ReadOnlyError: "it is a replica, where nothing can be changed",
    OutOfMemoryError: "its memory is full",
    InvalidResponse: "it is no Redis or Valkey server",
    RedisTimeoutError: f"no answer within {TIMEOUT:g} s",
    BusyLoadingError: "it is still loading its data",
    MasterDownError: "it is a replica that has lost its primary",
    ClusterDownError: "its cluster is down",
    AskError: "the servers of its cluster send from one to another",
}
_WORDS = {
    "DB index is out of range": "it has no database of this number",
    "max number of clients reached": "it has as many clients as it takes",
    "Connection closed by server.": "it closes the connection",
    "DENIED ": "it is in protected mode: give it a password",
    "BUSY ": "a script of somebody else's keeps it busy",
    "NOREPLICAS ": "it has too few replicas to change anything",
    "MISCONF ": "it cannot write to its disk, and changes nothing",
    "ACL failure in script": _REFUSALS[NoPermissionError],
    "The user executing the script can't": _REFUSALS[NoPermissionError],
    "unknown command": "it runs no scripts, as a Sentinel or some proxies",
}
"""What the text of an error begins with for which redis-py has no class."""

_NEXT_ADDRESS = 0.1
"""Seconds after which the next address of a name is tried as well."""


class _AnyAddress:
    """Connects to whichever address of a name is the first to answer: one that swallows all would use up the time of all.

    uvloop has no such thing, and asyncio's cannot be reached from here.
    """

    host: str
    port: int

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(TIMEOUT):
            found = await loop.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            self._socket = await start_connection(found, happy_eyeballs_delay=_NEXT_ADDRESS)
        try:
            await super()._connect()  # type: ignore[misc]  # of the class beside it
        except BaseException:
            self._socket.close()
            raise

    def _connection_arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = super()._connection_arguments()  # type: ignore[misc]  # likewise
        others = {name: value for name, value in arguments.items() if name not in ("host", "port")}
        name = {"server_hostname": self.host} if "ssl" in others else {}
        return {**others, **name, "sock": self._socket}


class _Plain(_AnyAddress, Connection):
    pass


class _Tls(_AnyAddress, SSLConnection):
    pass


def why(error: Exception) -> str:
    """Why the server cannot be used, in words of ours: those of the server may repeat what was sent to it."""
    for kind, words in _REFUSALS.items():
        if isinstance(error, kind):
            return words
    for beginning, words in _WORDS.items():
        if str(error).startswith(beginning):
            return words
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLError):
        return getattr(cause, "verify_message", None) or cause.reason or "TLS failed"
    if isinstance(cause, FileNotFoundError):
        return "a file that the URL names is not there"
    if isinstance(cause, OSError) and cause.errno is not None:
        # asyncio's own words for an address that refuses are longer, and say less.
        known = cause.errno > 0 and os.strerror(cause.errno)
        return known or cause.strerror or type(cause).__name__
    if isinstance(error, RedisConnectionError):
        return "there is no connection"
    return f"it refuses what is asked ({type(error).__name__})"


_FORM = (
    "is not the URL of a Redis or Valkey server: redis://[[user]:password@]host[:port][/database],"
    " or rediss:// for TLS, with options of redis-py; write %23 for # in a password, %2F for /, %3F for ? and %40 for @"
)
_OPTIONS = (
    "has an option behind ? that redis-py does not know, or a value that it does not take; the form is"
    " redis://[[user]:password@]host[:port][/database]?option=value"
)
_OPTIONS_OF_TLS = (
    "has options of TLS: write rediss://[[user]:password@]host[:port][/database]?ssl_…"
)


def connection_to(url: str) -> Connection:
    """A connection to a server, which is not made yet.

    Raises:
        ConfigurationError: the URL is none of a server.
    """
    connection = _connection(url)
    if connection is not None:
        return connection
    # It may hold a password, and is not repeated, nor is what is wrong with it: that may be a part of one.
    told = _FORM
    bare, _, options = url.partition("?")
    if options and _connection(bare) is not None:
        is_tls = bare.lower().startswith("rediss:")
        told = _OPTIONS if is_tls or not re.search("(^|&)ssl_", options) else _OPTIONS_OF_TLS
    raise ConfigurationError(f"share (or MATILLION_SHARE in the environment) {told}")


def _connection(url: str) -> Connection | None:
    """A connection to a server; None if the URL is none of one."""
    ours: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "socket_timeout": None,  # there is one for all of a change
        "socket_connect_timeout": TIMEOUT,
        "health_check_interval": 0,
        "decode_responses": False,
        "protocol": 2,  # whose answer to the script is the same
    }
    try:
        parts = urlsplit(url)
        if parts.fragment or not re.fullmatch(r"/?[0-9]*", parts.path):
            return None
        options: dict[str, Any] = {**parse_url(url), **ours}
        options.pop("max_connections", None)
        kind = _Plain if options.pop("connection_class", None) is None else _Tls
        connection: Connection = kind(**options)
    except (ValueError, TypeError, RedisError):
        return None
    # It would tell the server which library this is, and overlook all that the server answers to that: also why nobody may connect.
    for name in ("driver_info", "lib_name", "lib_version"):  # of redis-py 7 and 8; of 6
        setattr(connection, name, None)
    return connection

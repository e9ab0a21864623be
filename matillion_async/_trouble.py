"""Why there is no connection: what it means, what to do about it, and whether it passes by itself."""

from __future__ import annotations

import errno
import math
import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

UNREACHABLE_GRACE = 4.0
"""Seconds; what starts beside the client, such as a proxy in the same pod, is there by then."""

FIRST_CONNECT_TIMEOUT = 4.5
"""Seconds for a connection, TLS included, while there was no success yet: who set something up waits for what is wrong."""

TIMED_OUT = ("ConnectTimeout", "ReadTimeout", "TimeoutException")
"""Kinds of what a transport raises when there was nothing in time, by httpx's names."""

TRUST = (
    "set SSL_CERT_FILE to a PEM file with the certificate of the authority that signed it, such as "
    "your company's"
)
CLOCK = "check the clock of this machine"
ALLOW_LIST = "add the address of this machine to the account's IP allow list, its IPv6 address as well, or connect by IPv4"
PROXY = "HTTPS_PROXY, or the proxy of the transport"
PROXY_WANTS_PASSWORD = 407
_NETWORK = "check the network of this machine, or set HTTPS_PROXY if a proxy is the way out"
_NO_HTTP = ("status line", "without a response", "without sending", "reset by peer")
"""What transports say of a server that speaks no HTTP, or plain HTTP where it wants TLS; some begin to respond and fail."""
_LIBRARIES = frozenset({"httpx", "httpx2", "matillion_async"})
_UNREACHABLE = frozenset(
    {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
)

# Of OpenSSL: the certificate is not valid yet, has expired, or is for another name or address.
_NOT_YET_VALID, _EXPIRED = 9, 10
_OTHER_NAMES = (62, 64)

# What a program raises that is wrong, and no network does.
_MISTAKES = (TypeError, AttributeError, NameError, LookupError, AssertionError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no connection."""

    problem: str
    advice: str = ""
    """What to do; empty if all there is to check is the URL."""
    startup_grace: float = 0.0
    """Seconds to wait through it for who never had a connection; 0 for what does not pass by itself."""

    def __str__(self) -> str:
        return f"{self.problem}; {self.advice}" if self.advice else self.problem

    @property
    def may_be_the_url(self) -> bool:
        """Whether another host or port may be meant."""
        return not self.advice or self.startup_grace > 0


def is_kind(error: BaseException, *names: str) -> bool:
    """Whether an error of a transport is of one of these kinds, by httpx's names for them: they are the same in httpx2, and ours.

    Neither library needs to be there to ask.
    """
    return any(
        kind.__name__ in names and kind.__module__.partition(".")[0] in _LIBRARIES
        for kind in type(error).__mro__
    )


def trouble_of(error: BaseException, address: str) -> Trouble | None:
    """What an error says of a connection that could not be made; None if it says nothing of that.

    Args:
        error: of any transport; the built-in one has its trouble in the attribute ``trouble``.
        address: host and port that were to be reached.
    """
    told = getattr(error, "trouble", None)
    if isinstance(told, Trouble):
        return told
    if is_kind(error, "ProxyError"):
        is_locked = str(error).startswith(str(PROXY_WANTS_PASSWORD))
        return proxy_trouble(f"the proxy responded with {error}", PROXY, is_locked=is_locked)
    if is_kind(error, "ConnectTimeout"):
        return Trouble(f"no connection to {address} in time", _NETWORK, UNREACHABLE_GRACE)
    for cause in _causes(error):
        trouble = _of_cause(cause, address)
        if trouble is not None:
            return trouble
    return _of_no_http(error, address)


def is_mistake(error: BaseException) -> bool:
    """Whether an error is one of a program, such as a transport or a source of tokens of a user's own: it does not pass."""
    return isinstance(error, _MISTAKES)


def startup_grace(error: BaseException) -> float:
    """Seconds to wait through an error for who never had a connection; without end if it may well pass."""
    if is_mistake(error):
        return 0.0
    trouble = trouble_of(error, "")
    return math.inf if trouble is None else trouble.startup_grace


def proxy_trouble(problem: str, source: str, *, is_locked: bool = False) -> Trouble:
    """A proxy that gives no connection.

    Args:
        problem: what it said.
        source: where the proxy's URL comes from, such as ``HTTPS_PROXY``.
        is_locked: whether it wants a user name and a password.
    """
    if is_locked:
        advice = f"give its user name and password in {source}, as http://user:password@host:port"
    else:
        advice = f"check {source}, and whether the proxy lets you through to this host"
    return Trouble(problem, advice)


def proxy_variable(scheme: str, environment: Mapping[str, str] | None = None) -> str:
    """Where the proxy for URLs of a scheme comes from, if no transport was told of one."""
    environment = os.environ if environment is None else environment
    for name in (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY"):
        if environment.get(name):
            return name
    return "the proxy settings of the operating system"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        # The context of others may be the caller's own affair; httpcore names no cause.
        is_httpcore = type(error).__module__.startswith("httpcore")
        error = error.__cause__ or (error.__context__ if is_httpcore else None)


def _of_no_http(error: BaseException, address: str) -> Trouble | None:
    if not is_kind(error, "RemoteProtocolError", "ReadError"):
        return None
    text = str(error)
    if not any(words in text.lower() for words in _NO_HTTP):
        if not any(isinstance(cause, ConnectionResetError) for cause in _causes(error)):
            return None
        text = "connection reset by peer"
    return Trouble(f"{address} gives no HTTP response ({text})", startup_grace=UNREACHABLE_GRACE)


def _of_cause(cause: BaseException, address: str) -> Trouble | None:
    # aiohttp's own kinds of these two say nothing but that there is a cause.
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _certificate(cause, address) if hasattr(cause, "verify_code") else None
    if isinstance(cause, ssl.SSLError):
        if not hasattr(cause, "reason"):
            return None
        reason = cause.reason or "the handshake failed"
        if reason == "WRONG_VERSION_NUMBER":
            return Trouble(f"{address} does not speak TLS, but perhaps plain HTTP ({reason})")
        return Trouble(f"no TLS with {address} ({reason}): it may know old versions of TLS only")
    if isinstance(cause, socket.gaierror):
        if cause.errno == socket.EAI_AGAIN:
            problem = f"names cannot be looked up now, so not {address} either ({cause.strerror})"
            return Trouble(problem, _NETWORK, UNREACHABLE_GRACE)
        return Trouble(f"there is no host {address} ({cause.strerror})")
    if isinstance(cause, ConnectionRefusedError):
        problem = f"{address} refuses connections"
        return Trouble(problem, startup_grace=UNREACHABLE_GRACE)
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return Trouble(
            f"{address} cannot be reached ({cause.strerror})", _NETWORK, UNREACHABLE_GRACE
        )
    return None


def _certificate(error: ssl.SSLCertVerificationError, address: str) -> Trouble:
    reason = error.verify_message.rstrip(".")
    problem = f"certificate verify failed for {address} ({reason})"
    if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
        return Trouble(problem, CLOCK)
    return Trouble(problem, "" if error.verify_code in _OTHER_NAMES else TRUST)

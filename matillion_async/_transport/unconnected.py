"""Why a request got no connection, from what aiohttp raises: the server, TLS, or the proxy on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import aiohttp

from matillion_async._text import masked
from matillion_async._trouble import (
    PROXY_WANTS_PASSWORD,
    UNREACHABLE_GRACE,
    Trouble,
    proxy_trouble,
    trouble_of,
)

_OF_TLS = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError)


def trouble_before(
    exc: Exception, req: aiohttp.ClientRequest, text: str, proxy_source: Callable[[str], str]
) -> Trouble | None:
    """Why there is no connection; None if it is not known what that means.

    Args:
        exc: what aiohttp raised.
        req: for which request.
        text: what ``exc`` says, in one line.
        proxy_source: where the proxy for URLs of a scheme comes from.
    """
    if req.proxy is not None and not (isinstance(exc, _OF_TLS) and _is_of_server(exc, req)):
        return _of_proxy(exc, req, text, proxy_source(req.url.scheme))
    address = f"{req.host}:{req.port}"
    trouble = trouble_of(exc, address)
    if trouble is None and isinstance(exc, aiohttp.ClientConnectorError) and req.is_ssl():
        # asyncio says so of a server that does not go on with the handshake, and gives no reason.
        return Trouble(
            f"{address} ended the connection in the TLS handshake: it may know no TLS, or old versions of it only",
            startup_grace=UNREACHABLE_GRACE,
        )
    return trouble


def out_of_time(req: aiohttp.ClientRequest, proxy_source: Callable[[str], str]) -> Trouble | None:
    """Why a connection through a proxy was not made in time; None without a proxy."""
    if req.proxy is None:
        return None
    source = proxy_source(req.url.scheme)
    problem = f"{_named(req, source)} gave no connection to {req.host}:{req.port} in time"
    return replace(proxy_trouble(problem, source), startup_grace=UNREACHABLE_GRACE)


def _is_of_server(exc: aiohttp.ClientConnectorError, req: aiohttp.ClientRequest) -> bool:
    """Whether TLS failed with the server, and not with the proxy, which may want TLS as well."""
    assert req.proxy is not None
    return (exc.host, exc.port) != (req.proxy.raw_host, req.proxy.port)


def _named(req: aiohttp.ClientRequest, source: str) -> str:
    """The proxy, without its password."""
    assert req.proxy is not None
    return f"the proxy {req.proxy.host}:{req.proxy.port} of {source}"


def _of_proxy(exc: Exception, req: aiohttp.ClientRequest, text: str, source: str) -> Trouble:
    assert req.proxy is not None
    address = f"{req.proxy.host}:{req.proxy.port}"
    proxy = _named(req, source)
    if isinstance(exc, aiohttp.ClientHttpProxyError):
        reason = masked(exc.message, req.proxy.password or "")
        problem = f"{proxy} responded with {exc.status} {reason}".rstrip()
        return proxy_trouble(problem, source, is_locked=exc.status == PROXY_WANTS_PASSWORD)
    trouble = trouble_of(exc, address)
    problem = text if trouble is None else trouble.problem
    if isinstance(exc, aiohttp.ClientConnectorError) and _is_of_server(exc, req):
        problem = f"the connection to {req.host}:{req.port} through it ended in the TLS handshake"
    told = proxy_trouble(f"{proxy} gives no connection ({problem})", source)
    is_of_certificate = isinstance(exc, aiohttp.ClientConnectorCertificateError)
    if trouble is None or not is_of_certificate or not trouble.advice:
        return told
    return replace(told, advice=trouble.advice)

"""Why a request got no connection, from what aiohttp raises: the server, TLS, or the proxy on the way."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

from matillion_async._trouble import (
    PROXY_WANTS_PASSWORD,
    UNREACHABLE_PATIENCE,
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
    if req.proxy is not None and not isinstance(exc, _OF_TLS):
        return _of_proxy(exc, req, text, proxy_source(req.url.scheme))
    place = f"{req.host}:{req.port}"
    trouble = trouble_of(exc, place)
    if trouble is None and isinstance(exc, aiohttp.ClientConnectorError) and req.is_ssl():
        # asyncio says so of a server that does not go on with the handshake, and gives no reason.
        return Trouble(
            f"{place} ended the connection in the TLS handshake: it may know no TLS, or old versions of it only",
            first_patience=UNREACHABLE_PATIENCE,
        )
    return trouble


def _of_proxy(exc: Exception, req: aiohttp.ClientRequest, text: str, source: str) -> Trouble:
    assert req.proxy is not None
    address = f"{req.proxy.host}:{req.proxy.port}"  # without its password
    proxy = f"the proxy {address} of {source}"
    if isinstance(exc, aiohttp.ClientHttpProxyError):
        problem = f"{proxy} answered {exc.status} {exc.message}".rstrip()
        return proxy_trouble(problem, source, is_locked=exc.status == PROXY_WANTS_PASSWORD)
    trouble = trouble_of(exc, address)
    problem = text if trouble is None else trouble.problem
    return proxy_trouble(f"{proxy} gives no connection ({problem})", source)

"""TLS and proxies: what the transport takes from its options and from the environment."""

from __future__ import annotations

import ssl
import urllib.request
from typing import TypeAlias

import httpx
from yarl import URL

from matillion_async._errors import ConfigurationError
from matillion_async._trouble import proxy_variable

Certificate: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A client certificate in PEM form: its file; or its file and its key's; or both and the key's password."""


def ssl_context(
    verify: ssl.SSLContext | bool, cert: Certificate | None, *, trust_env: bool
) -> ssl.SSLContext:
    """The SSL context for a transport's options.

    Args:
        verify: a context to use as it is; True for the certificates named by SSL_CERT_FILE or SSL_CERT_DIR, else
            certifi's, which is what httpx does; False to accept any server.
        cert: a client certificate to load into the context.
        trust_env: whether SSL_CERT_FILE and SSL_CERT_DIR count.

    Raises:
        ConfigurationError: a file is missing or is no certificate.
    """
    if isinstance(verify, ssl.SSLContext):
        context = verify
    else:
        try:
            context = httpx.create_ssl_context(verify=verify, trust_env=trust_env)
        except OSError as exc:
            raise ConfigurationError(
                f"The certificates named by SSL_CERT_FILE or SSL_CERT_DIR cannot be loaded: {exc}"
            ) from exc
        context.set_alpn_protocols(["http/1.1"])
    if cert is not None:
        files = [cert] if isinstance(cert, str) else list(cert)
        certificate, key, password = (*files, None, None)[:3]
        try:
            # Given no password at all, OpenSSL would ask the terminal for that of an encrypted key.
            context.load_cert_chain(str(certificate), key, password or "")
        except OSError as exc:
            raise ConfigurationError(
                f"The client certificate {certificate} cannot be loaded: {exc}"
            ) from None
    return context


class Proxies:
    """Which proxy a request goes through.

    Args:
        proxy: the URL of a proxy for all requests; None to look at the environment.
        trust_env: without ``proxy``, use HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, and what the
            operating system has as its proxy settings.

    Raises:
        ConfigurationError: a proxy that would be used is not an HTTP proxy.
    """

    def __init__(self, proxy: str | None, *, trust_env: bool) -> None:
        self._by_scheme: dict[str, URL] = {}
        self._is_given = proxy is not None
        self._by_host: dict[tuple[str, str, int | None], URL | None] = {}
        self._exceptions = proxy is None
        if proxy is not None:
            url = _proxy_url(proxy, "proxy")
            self._by_scheme = {"http": url, "https": url}
        elif trust_env:
            found = urllib.request.getproxies()
            for scheme in ("http", "https"):
                name = scheme if scheme in found else "all"
                if value := found.get(name):
                    self._by_scheme[scheme] = _proxy_url(value, f"{name.upper()}_PROXY")

    def __bool__(self) -> bool:
        return bool(self._by_scheme)

    def source(self, scheme: str) -> str:
        """Where the proxy for URLs of a scheme comes from."""
        return "the argument proxy" if self._is_given else proxy_variable(scheme)

    def find(self, url: httpx.URL) -> URL | None:
        """The proxy for a URL; None to connect directly."""
        if not self._by_scheme:
            return None
        place = (url.scheme, url.host, url.port)
        if place not in self._by_host:
            self._by_host[place] = self._choose(url)
        return self._by_host[place]

    def _choose(self, url: httpx.URL) -> URL | None:
        host = url.host if url.port is None else f"{url.host}:{url.port}"
        if self._exceptions and urllib.request.proxy_bypass(host):
            return None
        return self._by_scheme.get(url.scheme)


def _proxy_url(value: str, source: str) -> URL:
    try:
        url = URL(value if "://" in value else f"http://{value}")
    except ValueError:
        url = URL()
    if url.scheme not in ("http", "https") or not url.host:
        # The value itself may contain a password.
        raise ConfigurationError(
            f"{source}: a proxy must be an http:// or https:// URL with a host"
            f"{f', not {url.scheme}://' if url.scheme else ''}. For others, such as SOCKS, give the client a transport "
            "that supports them."
        )
    return url

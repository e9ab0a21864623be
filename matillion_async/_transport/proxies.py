"""Which proxy a request goes through."""

from __future__ import annotations

import urllib.request

from yarl import URL

from matillion_async._errors import ConfigurationError
from matillion_async._transport.addresses import Origin, is_loopback, origin
from matillion_async._trouble import proxy_variable


class Proxies:
    """Which proxy a request goes through.

    Args:
        proxy: the URL of a proxy for all requests; None to look at the environment.
        trust_env: without ``proxy``, use HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, and what the
            operating system has as its proxy settings, except for this machine itself.

    Raises:
        ConfigurationError: a proxy that would be used is not an HTTP proxy.
    """

    def __init__(self, proxy: str | None, *, trust_env: bool) -> None:
        self._by_scheme: dict[str, URL] = {}
        self._by_origin: dict[Origin, URL | None] = {}
        self._exceptions = proxy is None
        if proxy is not None:
            if not isinstance(proxy, str):  # it may hold a password, and is not shown
                raise ConfigurationError(
                    f"proxy must be a URL as a string, not {type(proxy).__name__}"
                )
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
        return proxy_variable(scheme) if self._exceptions else "the argument proxy"

    def find(self, url: str) -> URL | None:
        """The proxy for a URL; None to connect directly."""
        if not self._by_scheme:
            return None
        target = origin(url)
        if target not in self._by_origin:
            self._by_origin[target] = self._choose(target)
        return self._by_origin[target]

    def _choose(self, target: Origin) -> URL | None:
        # NO_PROXY has IPv6 addresses without brackets.
        host = target.host if ":" in target.host else target.authority
        if self._exceptions and (is_loopback(target.host) or urllib.request.proxy_bypass(host)):
            return None
        return self._by_scheme.get(target.scheme)


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

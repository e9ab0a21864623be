"""What a URL leads to."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host and port, as browsers compare them."""

    scheme: str
    host: str
    """In small letters, without brackets."""
    port: int | None

    @property
    def address(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def authority(self) -> str:
        """Host and port as a URL has them: the port only where it is not that of the scheme."""
        is_default = self.port == _DEFAULT_PORTS.get(self.scheme)
        return self.address.removesuffix(f":{self.port}") if is_default else self.address


def origin(url: str) -> Origin:
    """Where an absolute URL leads to; ValueError if its port is not a number."""
    parts = urlsplit(url)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return Origin(parts.scheme, parts.hostname or "", port)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

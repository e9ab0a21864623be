"""Whether a server can be reached: its name, its addresses, TLS, and the proxy before it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any, Literal

from yarl import URL

from matillion_async._errors import ConfigurationError
from matillion_async._text import one_line
from matillion_async._transport.addresses import Origin, origin
from matillion_async._transport.proxies import Proxies
from matillion_async._transport.tls import Tls
from matillion_async._trouble import UNREACHABLE_GRACE, Trouble, trouble_of

SECONDS = 3.0
"""For a name, a connection, or a handshake."""

Status = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    name: str
    target: str
    status: Status
    found: str
    advice: str = ""

    @property
    def line(self) -> str:
        """It in one line."""
        parts = (f"{self.status:<8}{self.name:<9}", self.target, self.found)
        text = " ".join(filter(None, parts))
        text = f"{text}; {self.advice}" if self.advice else text
        return "".join(character if character.isprintable() else " " for character in text)

    @property
    def row(self) -> dict[str, Any]:
        """It as JSON."""
        return asdict(self)


async def reach(server: Origin) -> list[Check]:
    """Look for a server, as far as each step allows the next one."""
    proxies = Proxies(None, trust_env=True)
    proxy = proxies.find(f"{server.scheme}://{server.address}")
    if proxy is not None:
        return await _by_proxy(server, proxy, proxies.source(server.scheme))
    checks: list[Check] = []
    addresses = await _resolve(server, checks)
    address = await _connect(server, addresses, checks) if addresses else None
    if address is not None and server.scheme == "https":
        await _shake_hands(server, address, checks)
    return checks


async def _by_proxy(server: Origin, proxy: URL, source: str) -> list[Check]:
    """The proxy can be reached; what it says is told by the request for a token."""
    checks: list[Check] = []
    behind = origin(str(proxy))
    addresses = await _resolve(behind, checks)
    address = await _connect(behind, addresses, checks) if addresses else None
    found = f"{behind.address} of {source}"
    if address is None:
        reason = checks[-1].found
        advice = f"check {source}, and NO_PROXY for what needs no proxy"
        return [Check("proxy", server.address, "failed", f"{found}: {reason}", advice)]
    return [Check("proxy", server.address, "ok", found)]


async def _resolve(server: Origin, checks: list[Check]) -> list[str]:
    """Addresses of a host, the first one of each kind."""
    began = time.monotonic()
    found: list[str] | OSError
    try:
        async with asyncio.timeout(SECONDS):
            found = await _looked_up(server)
    except TimeoutError as error:
        found = error
    if isinstance(found, OSError):
        trouble = trouble_of(found, server.address)
        problem = f"no response within {SECONDS:g} s" if trouble is None else trouble.problem
        advice = "" if trouble is None else trouble.advice
        advice = advice or "check the region or the URL, and the name service of this machine"
        checks.append(Check("resolves", server.address, "failed", problem, advice))
        return []
    texts = f"{', '.join(found)} in {time.monotonic() - began:.1f} s"
    checks.append(Check("resolves", server.address, "ok", texts))
    by_kind = {":" in address: address for address in reversed(found)}
    return [address for address in found if address in by_kind.values()]


async def _looked_up(server: Origin) -> list[str] | OSError:
    # In a thread that the end of the program does not wait for: a name service that is dead can take a minute.
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str] | OSError] = loop.create_future()

    def look_up() -> None:
        result: list[str] | OSError
        try:
            rows = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
            result = list(dict.fromkeys(str(row[4][0]) for row in rows))
        except OSError as error:
            result = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(keep, result)

    def keep(result: list[str] | OSError) -> None:
        if not future.done():
            future.set_result(result)

    threading.Thread(target=look_up, daemon=True).start()
    return await future


async def _connect(server: Origin, addresses: list[str], checks: list[Check]) -> str | None:
    """The first address that accepts a connection."""
    told = await asyncio.gather(*(_connected(server, address) for address in addresses))
    good = [address for address, problem in zip(addresses, told, strict=True) if problem is None]
    if good:
        others = [
            f"{a} does not: {problem}"
            for a, problem in zip(addresses, told, strict=True)
            if problem
        ]
        found = "; ".join([f"by {good[0]}", *others])
        checks.append(Check("connects", server.address, "ok", found))
        return good[0]
    found = "; ".join(f"{a}: {problem}" for a, problem in zip(addresses, told, strict=True))
    advice = "check the network, a firewall, the port; where a proxy leads out, set HTTPS_PROXY"
    checks.append(Check("connects", server.address, "failed", found, advice))
    return None


async def _connected(server: Origin, address: str) -> str | None:
    """Why there is no connection to an address; None if there is."""
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(address, server.port)
    except TimeoutError:
        return f"no response within {SECONDS:g} s"
    except OSError as error:
        return error.strerror or type(error).__name__
    writer.transport.abort()
    return None


async def _shake_hands(server: Origin, address: str, checks: list[Check]) -> None:
    try:
        context = await Tls(True, None, trust_env=True).context()
    except ConfigurationError as error:
        checks.append(Check("TLS", server.address, "failed", error.explanation))
        return
    trouble: Trouble | None
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(
                address, server.port, ssl=context, server_hostname=server.host
            )
    except TimeoutError:
        problem = f"no response to the handshake within {SECONDS:g} s"
        trouble = Trouble(problem, "", UNREACHABLE_GRACE)
    except OSError as error:
        trouble = trouble_of(error, server.address) or Trouble(
            "the server ended the connection in the handshake"
        )
    else:
        tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
        found = f"{tls.version()}, certificate {_described(tls)}"
        writer.transport.abort()
        checks.append(Check("TLS", server.address, "ok", found))
        return
    advice = trouble.advice or "check the URL; something on the way may respond in its place"
    checks.append(Check("TLS", server.address, "failed", one_line(trouble.problem), advice))


def _described(tls: ssl.SSLObject) -> str:
    certificate: dict[str, Any] = tls.getpeercert() or {}
    issuer = dict(pair for part in certificate.get("issuer", ()) for pair in part)
    name = issuer.get("organizationName") or issuer.get("commonName") or "an unnamed authority"
    return f"of {name}, good until {certificate.get('notAfter', 'an unknown day')}"

"""No frame of an error's traceback leads to the access token: error reporters show the variables of each."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Any

import pytest

from matillion_async import MatillionClient, MatillionError, Token
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Behaviour, Peer, raw_server
from tests.matillion_async.skipping_loop import SKIPPING, skip
from tests.matillion_async.transport.common import responding_with, until

TOKEN = "the-access-token-0123456789"

Use = Callable[[MatillionClient], Awaitable[object]]


class Source:
    """Gives one token."""

    async def fetch(self) -> Token:
        return Token(TOKEN, expires_in=1800.0)


async def reads(client: MatillionClient) -> object:
    """A request without a body."""
    return await client.projects.list()


async def writes(client: MatillionClient) -> object:
    """A request with one."""
    return await client.projects.create(
        name="a", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
    )


async def reads_plainly(client: MatillionClient) -> object:
    """A generated function, through httpx's client."""
    from matillion_api.api.projects import list_projects

    return await list_projects.asyncio(client=client.api)


def status(text: str) -> Behaviour:
    """Respond to each request with a status."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(b"{}", status=text)

    return behaviour


def a_good_response(body: bytes, *headers: str) -> Behaviour:
    """Respond to each request with this."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(body, *headers)

    return behaviour


async def half(peer: Peer) -> None:
    """Begin a response."""
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await peer.wait_for_the_end()


async def silent(peer: Peer) -> None:
    """Read, and say nothing."""
    await peer.request()
    await peer.wait_for_the_end()


async def breaks(peer: Peer) -> None:
    """Read, and break the connection."""
    await peer.request()
    peer.reset()


KINDS: dict[str, Behaviour] = {
    **{text: status(text) for text in ("303 See Other", "400 Bad", "401 No", "403 No", "404 No")},
    **{text: status(text) for text in ("409 No", "410 Gone", "429 Slow", "500 Oh", "503 Oh")},
    "switches": responding_with(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    "breaks": breaks,
    "no HTTP": responding_with(b"SSH-2.0\r\n\r\n"),
    "no JSON": a_good_response(b"<html>"),
    "another shape": a_good_response(b'{"results": 5}'),
    "cut gzip": a_good_response(gzip.compress(b"{}" * 100)[:-5], "Content-Encoding: gzip"),
    "unknown encoding": a_good_response(b"{}", "Content-Encoding: br"),
    "too large": a_good_response(bytes(3000)),
    "too late": half,
}


@contextlib.asynccontextmanager
async def client_of(address: str, **options: Any) -> AsyncIterator[MatillionClient]:
    """A client that does not try again."""
    transport = AiohttpTransport(trust_env=False, max_response_size=2000)
    async with MatillionClient(
        base_url=f"http://{address}",
        token_source=Source(),
        transport=transport,
        retry=None,
        rate_limits="1000/s",
        **options,
    ) as client:
        yield client


@pytest.mark.parametrize("use", [reads, writes, reads_plainly])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("anyio_backend", [SKIPPING], ids=[""])
async def test_no_error_leads_to_the_token(
    kind: str, use: Use, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the server does: neither in the error's frames, nor in those of what is behind it, nor in a log."""
    caplog.set_level(logging.DEBUG)
    async with (
        raw_server(KINDS[kind]) as server,
        client_of(server.address, timeout=60.0) as client,
    ):
        call = asyncio.ensure_future(use(client))
        await until(lambda: bool(server.requests))
        if kind == "too late":
            skip(60.0)
        # The plain functions leave what they cannot read to whoever calls them.
        with pytest.raises((MatillionError, ValueError, TypeError)) as caught:
            await call
        assert isinstance(caught.value, MatillionError) or use is reads_plainly
        assert TOKEN in str(server.requests)
        assert [] == list(leaks(caught.value))
        assert TOKEN not in caplog.text


async def test_no_refused_connection_leads_to_the_token() -> None:
    """Nor where there is no server at all."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    async with client_of(address) as client:
        for use in (reads, writes):
            with pytest.raises(MatillionError) as caught:
                await use(client)
            assert [] == list(leaks(caught.value))


@pytest.mark.parametrize("use", [reads, writes, reads_plainly])
@pytest.mark.parametrize("behaviour", [silent, half])
async def test_no_cancellation_leads_to_the_token(use: Use, behaviour: Behaviour) -> None:
    """A CancelledError has all the frames in which the call waited, those of aiohttp too."""
    async with raw_server(behaviour) as server, client_of(server.address) as client:
        task = asyncio.ensure_future(use(client))
        await until(lambda: bool(server.requests))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert [] == list(leaks(caught.value))


async def test_no_error_of_a_hook_leads_to_the_token() -> None:
    """What a hook of the user's raises ends the call with the frames of the call."""

    def hook(_: object) -> None:
        raise ZeroDivisionError

    async with (
        raw_server(status("404 No")) as server,
        client_of(server.address, on_attempt=hook) as client,
    ):
        with pytest.raises(ZeroDivisionError) as caught:
            await reads(client)
        assert [] == list(leaks(caught.value))


def test_the_search_finds_what_is_there() -> None:
    """The test of the test: a variable, an attribute, an attribute's item, and the context of an error."""

    class Holder:
        def __init__(self) -> None:
            self.values = {"token": [TOKEN]}

    def fail(value: object) -> None:
        del value
        hidden = Holder()
        raise ValueError(len(vars(hidden)))

    def fail_again() -> None:
        try:
            fail(TOKEN)
        except ValueError:
            raise KeyError from None

    with pytest.raises(ValueError, match="1") as first:
        fail(TOKEN)
    with pytest.raises(KeyError) as second:
        fail_again()

    assert ["fail: hidden.values"] == list(leaks(first.value))
    assert ["fail: hidden.values"] == list(leaks(second.value))


def leaks(error: BaseException) -> Iterator[str]:
    """Where the token is in the variables of the frames that an error leads to, those of the tests left out."""
    todo, seen = [error], set[int]()
    while todo:
        current = todo.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        todo += [other for other in (current.__cause__, current.__context__) if other is not None]
        if TOKEN in repr(current) + str(current) + repr(vars(current)):
            yield f"the error {type(current).__name__}"
        yield from in_frames(current.__traceback__)


def in_frames(traceback: TracebackType | None) -> Iterator[str]:
    """Where the token is in the frames of a traceback."""
    while traceback is not None:
        frame = traceback.tb_frame
        is_test = frame.f_code.co_name.startswith("test_")
        for name, value in [] if is_test else frame.f_locals.items():
            for place in in_value(name, value, depth=2):
                yield f"{frame.f_code.co_name}: {place}"
        traceback = traceback.tb_next


def in_value(name: str, value: object, depth: int) -> Iterator[str]:
    """Where the token is in a value, its attributes, and theirs."""
    if TOKEN in shown(value):
        yield name
    elif depth:
        for attribute, part in attributes(value):
            yield from in_value(f"{name}.{attribute}", part, depth - 1)


def shown(value: object) -> str:
    """A value as a reporter shows it."""
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001 - an object that is half made has no repr
        return type(error).__name__


def attributes(value: object) -> Iterator[tuple[str, object]]:
    """The attributes of an object, and the values of a container."""
    if isinstance(value, dict):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((str(place), part) for place, part in enumerate(value))
    elif not isinstance(value, type):
        yield from getattr(value, "__dict__", {}).items()
        for kind in type(value).__mro__:
            slots = kind.__dict__.get("__slots__", ())
            for slot in [slots] if isinstance(slots, str) else slots:
                # The one class that is meant to hold a secret has it in a slot, and shows it in no way.
                if type(value).__name__ != "Secret" and hasattr(value, slot):
                    yield slot, getattr(value, slot)

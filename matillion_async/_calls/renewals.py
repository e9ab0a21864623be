"""Renewals of the token, told to observers: one that is asked for, and the request that is sent for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import isawaitable
from urllib.parse import urlsplit

from matillion_async._calls.call import Call
from matillion_async._errors import AuthenticationError, of_the_caller
from matillion_async._observing.observers import ClientObservers
from matillion_async._tokens.failure import BystanderFailed
from matillion_async._tokens.token_source import Token, TokenSource
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import Request, Response, Transport, checked


@contextmanager
def _apart() -> Iterator[None]:
    """Keep what an observer raises from being taken for a failure of the token endpoint, which is waited through."""
    try:
        with of_the_caller:
            yield
    except Exception as error:  # noqa: BLE001 - any observer; raised to the calls that wait for the token
        failed = BystanderFailed(error)
    else:
        return
    raise failed


class ObservedSource:
    """A token source each of whose tokens is told of.

    Args:
        source: where they come from.
        told: who is told.
    """

    def __init__(self, source: TokenSource, told: ClientObservers) -> None:
        self._source = source
        self._told = told

    async def fetch(self) -> Token:
        """As the source itself."""
        told = self._told.now().renewals
        if told is None:
            return await self._fetched()
        with _apart():
            state = told.began()
        try:
            token = await self._fetched()
        except BaseException as error:
            with _apart():
                told.ended(state, error)
            raise
        with _apart():
            told.ended(state, None)
        return token

    async def _fetched(self) -> Token:
        fetching: object = self._source.fetch()
        if not isawaitable(fetching):
            kind = type(fetching).__name__
            raise AuthenticationError(
                f"fetch() of the token source must be made by async def: it returned {kind}, which cannot be awaited"
            )
        token: Token = await fetching
        return token


class ObservedTransport:
    """A transport for requests for a token: each is told of as the attempt of a call that has no beginning of its own.

    Args:
        transport: what carries them.
        told: who is told.
    """

    def __init__(self, transport: Transport, told: ClientObservers) -> None:
        self._transport = transport
        self._told = told

    async def send(self, request: Request) -> Response:
        """As the transport itself."""
        observers = self._told.now()
        told = observers.attempts
        if told is None:
            return await self._transport.send(request)
        loop = asyncio.get_running_loop()
        url = urlsplit(request.url)
        request.path_template = url.path  # there are no values in it
        server = origin(request.url)
        call = Call("token", False, request.method, url.path, (server.host, server.port), observers)
        call.attempts = 1
        started = call.timing.sent_at = loop.time()
        with _apart():
            state = told.began(call, request)
        try:
            response = checked(await self._transport.send(request))
        except BaseException as error:
            call.timing.requests.append(loop.time() - started)
            with _apart():
                told.ended(call, request, state, error)
            raise
        call.timing.requests.append(loop.time() - started)
        with _apart():
            told.ended(call, request, state, response)
        return response

    async def aclose(self) -> None:
        """As the transport itself."""
        await self._transport.aclose()

"""Renewals of the token, told to observers: one that is asked for, and the request that is sent for it."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from matillion_async._calls.call import Call
from matillion_async._observing.observers import Observers, begin, end
from matillion_async._tokens.token_source import Token, TokenSource
from matillion_async._transport.values import Request, Response, Transport, checked


class ObservedSource:
    """A token source each of whose tokens is told of.

    Args:
        source: where they come from.
        told: who is told.
    """

    def __init__(self, source: TokenSource, told: Observers) -> None:
        self._source = source
        self._told = told

    async def fetch(self) -> Token:
        """As the source itself."""
        pairs = self._told.now().renewals
        if not pairs:
            return await self._source.fetch()
        begun = begin(pairs)
        try:
            token = await self._source.fetch()
        except BaseException as error:
            end(begun, outcome=error)
            raise
        end(begun, outcome=None)
        return token


class ObservedTransport:
    """A transport for requests for a token: each is told of as the attempt of a call that has no beginning of its own.

    Args:
        transport: what carries them.
        told: who is told.
    """

    def __init__(self, transport: Transport, told: Observers) -> None:
        self._transport = transport
        self._told = told

    async def send(self, request: Request) -> Response:
        """As the transport itself."""
        told = self._told.now()
        if not told.attempts:
            return await self._transport.send(request)
        loop = asyncio.get_running_loop()
        request.path_template = urlsplit(request.url).path  # there is nothing else in it
        call = Call("token", False, request.method, request.path_template, told)
        call.attempts = 1
        started = call.timing.sent_at = loop.time()
        begun = begin(told.attempts, call, request)
        try:
            response = checked(await self._transport.send(request))
        except BaseException as error:
            call.timing.requests.append(loop.time() - started)
            end(begun, call, request, outcome=error)
            raise
        call.timing.requests.append(loop.time() - started)
        end(begun, call, request, outcome=response)
        return response

    async def aclose(self) -> None:
        """As the transport itself."""
        await self._transport.aclose()

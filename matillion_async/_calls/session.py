"""A session: operations in, parsed answers out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import httpx
from matillion_api.errors import InvalidArgument
from matillion_api.types import Operation

from matillion_async._calls.attempts import Attempts
from matillion_async._calls.call import Call
from matillion_async._calls.connection import Connection, Options, origin
from matillion_async._calls.request import withdraw
from matillion_async._calls.responses import decode, decode_in_slices, is_large
from matillion_async._errors import InvalidRequestError, MatillionError
from matillion_async._listings.paging import PagedListing

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class Session:
    """Carries out operations over a connection that it may share with others."""

    def __init__(self, connection: Connection, options: Options) -> None:
        self.connection = connection
        self.options = options
        self._attempts = Attempts(connection, options)

    def with_options(self, **changed: Any) -> Session:
        """A session over the same connection, with other options."""
        return Session(self.connection, replace(self.options, **changed))

    async def call(self, operation: Operation[T], /, **arguments: Any) -> T:
        """Carry out an operation and return its parsed answer.

        Raises:
            MatillionError: see the tree in ``matillion_async._errors``.
        """
        try:
            request = self.connection.requests.build(operation.get_kwargs(**arguments))
        except InvalidArgument as error:
            refused = InvalidRequestError(str(error))
            refused.operation = operation.id
            raise refused from None
        call = Call(operation.id, operation.idempotent)
        try:
            response = await self._attempts.send(request, call)
            if is_large(operation, response):
                async with self.connection.reading:
                    return await decode_in_slices(operation, response)
            return decode(operation, response)
        except MatillionError as error:
            withdraw(request)
            call.describe(error)
            raise
        except BaseException:  # a cancellation, or what a hook of the user's raised
            withdraw(request)
            raise

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> PagedListing[ItemT, PageT]:
        """A listing whose pages ``operation`` returns."""
        return PagedListing(self, operation, item, arguments)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request that was made elsewhere, as the plain generated functions do."""
        operation = request.extensions.get("operation")
        if isinstance(operation, Operation):
            call = Call(operation.id, operation.idempotent)
        else:
            safe = request.method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
            call = Call(f"{request.method} {request.url.path}", safe)
        connection = self.connection
        if origin(request.url) != connection.origin:
            refused = InvalidRequestError(
                f"refused to send the token to {request.url.host}: it is for "
                f"{connection.base_url} only"
            )
            call.describe(refused)
            raise refused
        for name, value in connection.headers.items():
            request.headers.setdefault(name, value)
        try:
            return await self._attempts.send(request, call)
        except MatillionError as error:
            withdraw(request)
            call.describe(error)
            raise
        except BaseException:  # as above
            withdraw(request)
            raise

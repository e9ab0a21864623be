"""A session: operations in, parsed responses out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from matillion_api.errors import InvalidArgument
from matillion_api.types import Operation

from matillion_async._arguments import check, flag_fault
from matillion_async._calls.attempts import Attempts
from matillion_async._calls.call import Call, bulk_scope
from matillion_async._calls.connection import Connection, Options
from matillion_async._calls.first_contact import add_first_advice, is_no_json
from matillion_async._calls.raw import RawResponse
from matillion_async._calls.request import merged, withdraw
from matillion_async._calls.request_id import request_id
from matillion_async._calls.responses import decode, decode_in_slices, is_large
from matillion_async._errors import InvalidRequestError, MatillionError, of_the_caller
from matillion_async._listings.paging import PagedListing
from matillion_async._observing.observers import Pair
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import IDEMPOTENT, Request, Response

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class Session:
    """Carries out operations over a connection that it may share with others.

    Args:
        connection: what it may share.
        options: time limits, retries, priority and hook.
        until: one deadline for all its calls, as a moment on the event loop's clock, in place of that of the options.
        per_call: whether the deadline of the options counts from each call, in an item of a bulk as well.
    """

    def __init__(
        self,
        connection: Connection,
        options: Options,
        until: float | None = None,
        per_call: bool = False,
    ) -> None:
        self.connection = connection
        self.options = options
        self._until = until
        self._per_call = per_call
        self._attempts = Attempts(connection, options)

    def with_options(self, **changed: Any) -> Session:
        """A session over the same connection, with other options."""
        return Session(self.connection, replace(self.options, **changed), per_call=self._per_call)

    def per_call(self) -> Session:
        """A session whose deadline counts from each call, for work that takes longer than calls do."""
        return Session(self.connection, self.options, per_call=True)

    def deadline(self) -> float | None:
        """The deadline of a call that begins now, on the event loop's clock; in an item of a bulk all calls have that of the item."""
        if self._until is not None or self.options.deadline is None:
            return self._until
        scope = None if self._per_call else bulk_scope.get()
        began = asyncio.get_running_loop().time() if scope is None else scope.began
        return began + self.options.deadline

    def until(self, deadline: float | None) -> Session:
        """A session whose calls all have one deadline, a moment on the event loop's clock."""
        return self if deadline is None else Session(self.connection, self.options, deadline)

    def bounded(self) -> Session:
        """A session for several calls that begin now, and have one deadline together."""
        return self.until(self.deadline())

    async def call(self, operation: Operation[T], /, **arguments: Any) -> T:
        """Carry out an operation and return its parsed response.

        Raises:
            MatillionError: see the tree in ``matillion_async._errors``.
        """
        try:
            request = self.connection.requests.build(operation.get_kwargs(**arguments))
        except (InvalidArgument, InvalidRequestError) as error:
            raise InvalidRequestError(str(error), operation=operation.id) from None
        request.path_template = path = operation.path
        call = self._call(operation.id, operation.idempotent, operation.method, path)
        worked = self.connection.tokens.worked
        told = call.observers.calls
        state = _begun(told, call)
        try:
            response = await self._attempts.send(request, call, self.deadline())
            if is_large(operation, response):
                async with self.connection.reading:
                    result = await decode_in_slices(operation, response)
            else:
                result = decode(operation, response)
        except BaseException as error:  # as below
            withdraw(request)
            if isinstance(error, MatillionError):
                if not worked and is_no_json(error):
                    self.connection.tokens.worked = False
                    add_first_advice(error, self.connection.base_url)
                call.describe(error)
            _ended(told, call, state, error)
            raise
        _ended(told, call, state, None)
        return result

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> PagedListing[ItemT, PageT]:
        """A listing whose pages ``operation`` returns."""
        return PagedListing(self, operation, item, arguments, self.bounded)

    async def send(self, request: Request, operation: Operation[Any] | None = None) -> Response:
        """Send a request that was made elsewhere, as the plain generated functions do.

        Args:
            request: what is sent; headers that it lacks are those of all requests.
            operation: what it is, if that is known.
        """
        if operation is not None:
            request.path_template = path = operation.path
            call = self._call(operation.id, operation.idempotent, operation.method, path)
        else:
            where = f"{request.method} {urlsplit(request.url).path}"
            call = self._call(where, request.method in IDEMPOTENT, request.method, None)
        connection = self.connection
        target = origin(request.url)
        if target != connection.origin:
            refused = InvalidRequestError(
                f"refused to send the token to {target.host}: it is for {connection.base_url} only"
            )
            call.describe(refused)
            raise refused
        request.headers = merged(connection.headers, request.headers)
        return await self._sent(request, call)

    async def request(self, arguments: dict[str, Any], idempotent: bool | None) -> RawResponse:
        """Carry out a call of any path; see :meth:`MatillionClient.request`.

        Args:
            arguments: those that the request is built from.
            idempotent: whether it may be sent again; None if its method tells.
        """
        operation = f"{arguments['method']} {arguments['url']}"
        check(InvalidRequestError, idempotent=flag_fault(idempotent, or_none=True))
        is_repeated = arguments["method"] in IDEMPOTENT if idempotent is None else idempotent
        call = self._call(operation, is_repeated, arguments["method"], None)
        response = await self._sent(self.connection.requests.build(arguments), call)
        return RawResponse(
            operation=operation,
            status_code=response.status_code,
            headers={name.lower(): response.header(name) or "" for name in response.headers},
            content=response.content,
            request_id=request_id(response),
            timing=call.timing,
        )

    def _call(
        self, operation: str, idempotent: bool, method: str, path_template: str | None
    ) -> Call:
        server, observers = self.connection.server, self.options.told.now()
        return Call(operation, idempotent, method, path_template, server, observers)

    async def _sent(self, request: Request, call: Call) -> Response:
        told = call.observers.calls
        state = _begun(told, call)
        try:
            response = await self._attempts.send(request, call, self.deadline())
        except BaseException as error:  # may be a cancellation, or what a hook of the user's raised
            withdraw(request)
            if isinstance(error, MatillionError):
                call.describe(error)
            _ended(told, call, state, error)
            raise
        _ended(told, call, state, None)
        return response


def _begun(told: Pair | None, call: Call) -> Any:
    if told is None:
        return None
    with of_the_caller:
        return told.began(call)


def _ended(told: Pair | None, call: Call, state: Any, outcome: BaseException | None) -> None:
    if told is not None:
        with of_the_caller:
            told.ended(call, state, outcome)

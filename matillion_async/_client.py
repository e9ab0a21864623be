"""The client: settings in, resources out."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cached_property
from inspect import signature
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack, overload

from matillion_api.client import Client as GeneratedClient
from matillion_api.types import UNSET, Listing

from matillion_async._arguments import check_hook, misnamed
from matillion_async._bulk.bulk import Bulk
from matillion_async._bulk.outcomes import BulkProgress
from matillion_async._calls.connecting import connect
from matillion_async._calls.connection import CallOptions, Options
from matillion_async._calls.raw import Params, RawResponse, arguments_of
from matillion_async._calls.retry import Attempt, RetryPolicy, checked_retry
from matillion_async._calls.session import Session
from matillion_async._errors import ConfigurationError, InvalidRequestError
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Priority
from matillion_async._names.naming import project_names
from matillion_async._observing.observer import Observer
from matillion_async._resources import ClientResources
from matillion_async._settings import HoldsSecret, as_secret, resolve
from matillion_async._share.place import Share
from matillion_async._tokens.token_source import TokenSource
from matillion_async._transport.adapters import AnyTransport

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")

DEFAULT_TIMEOUT = 60.0


def _misnamed_setting(options: dict[str, object], known: Mapping[str, object]) -> str:
    """What is wrong with the name of a setting; one that an argument has is told with it, such as ``proxy``."""
    from matillion_async._transport.transport import AiohttpTransport

    for argument, cls in (("transport", AiohttpTransport), ("retry", RetryPolicy)):
        for name in signature(cls).parameters.keys() & options.keys():
            options.clear()  # no traceback shows the values
            return f"MatillionClient has no option {name!r}: give {argument}={cls.__name__}({name}=...)"
    return misnamed("MatillionClient", options, known)


class MatillionClient(ClientResources):
    """An async client of Matillion's Data Productivity Cloud API; make one per application.

    >>> async with MatillionClient() as client:
    ...     async for project in client.projects.list():
    ...         print(project.name)

    Each setting falls back to an environment variable. A client belongs to the event loop it is first used on.

    Args:
        client_id: API credentials, or ``MATILLION_CLIENT_ID``.
        client_secret: API credentials, or ``MATILLION_CLIENT_SECRET``; also in an object that has
            ``get_secret_value()``, such as pydantic's ``SecretStr``.
        region: ``eu1``, ``us1`` or ``au1``, also as ``EU``; or ``MATILLION_REGION``.
        base_url: in place of a region, with or without ``/dpc`` and ``/v1``, or ``MATILLION_BASE_URL``. It must
            use https, except to this machine itself.
        token_url: the OAuth 2.0 token endpoint, or ``MATILLION_TOKEN_URL``.
        audience: the OAuth 2.0 audience, or ``MATILLION_AUDIENCE``.
        timeout: seconds for one attempt, from sending the request to the end of its response.
        deadline: seconds for a whole call, waiting for permits, tokens and retries included; None for no limit. A
            call that cannot get a permit before it fails at once.
        retry: which failures are repeated, and how often; None for none.
        rate_limits: such as ``("60/min", "5/s")`` or ``"1000/min"``, or ``"none"`` for no limit; otherwise
            ``MATILLION_RATE_LIMITS``, or the documented limits, adapted to what the API accepts.
        priority: which calls get permits first; None for ``NORMAL``, and for ``BULK`` in a bulk. One
            that is given here or in :meth:`with_options` holds in a bulk as well.
        transport: what carries requests in place of the transport built in, also to the token endpoint: a
            :class:`Transport`, or any ``httpx.AsyncBaseTransport`` or ``httpx2.AsyncBaseTransport``. It is closed with the
            client. If it has a number ``max_connections``, no more calls are under way, and others wait by priority.
        headers: sent with every request to the API.
        token_source: where tokens come from, in place of client credentials.
        share: with whom the limit and the token of the account are shared: ``"host"`` for all processes of this user on this
            machine, ``"redis://…"`` or ``"rediss://…"`` for all that use this server (``[redis]`` needs to be installed), or a
            :class:`Share` of your own, which is closed with the client; otherwise ``MATILLION_SHARE``, or nobody.
        on_attempt: called after every attempt with its outcome and what happens next; what it raises ends the
            call.
        observers: told when calls, attempts, waits and renewals of the token begin and end; see :class:`Observer`.

    Raises:
        ConfigurationError: a setting is missing, unknown or unsafe.
    """

    def __init__(
        self,
        *,
        client_id: str | None = None,
        client_secret: str | HoldsSecret | None = None,
        region: str | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        audience: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        deadline: float | None = None,
        retry: RetryPolicy | None = RetryPolicy(),  # noqa: B008 - immutable
        rate_limits: str | Sequence[str] | None = None,
        priority: Priority | None = None,
        transport: AnyTransport | None = None,
        headers: Mapping[str, str] | None = None,
        token_source: TokenSource | None = None,
        share: str | Share | None = None,
        on_attempt: Callable[[Attempt], None] | None = None,
        observers: Sequence[Observer] = (),
    ) -> None:
        client_secret = as_secret(client_secret)
        settings = resolve(
            client_id=client_id,
            client_secret=client_secret,
            region=region,
            base_url=base_url,
            token_url=token_url,
            audience=audience,
            needs_credentials=token_source is None,
        )
        options = Options(
            timeout=timeout,
            deadline=deadline,
            retry=checked_retry(retry),
            priority=priority,
            on_attempt=on_attempt,
            observers=observers,
        )
        check_hook("on_attempt", on_attempt)
        connection = connect(
            settings,
            options,
            owner=f"<{type(self).__name__} {settings.base_url}>",
            rate_limits=rate_limits,
            transport=transport,
            headers=headers,
            token_source=token_source,
            share=share,
        )
        session = Session(connection, options)
        super().__init__(session, project_names(session))

    if not TYPE_CHECKING:
        # Not in __init__, where further arguments of any name would be part of its signature.
        def __new__(cls, *args: Any, **options: Any) -> Self:
            known = MatillionClient.__init__.__kwdefaults__
            if cls.__init__ is MatillionClient.__init__ and not options.keys() <= known.keys():
                raise ConfigurationError(_misnamed_setting(options, known))
            return super().__new__(cls)

        __new__.__signature__ = signature(__init__)  # what help() shows

    @property
    def base_url(self) -> str:
        """The URL before ``/v1``."""
        return self._own_session.connection.base_url

    @property
    def limiter(self) -> Limiter:
        """The rate limiter, shared by all clients made with :meth:`with_options`."""
        return self._own_session.connection.limiter

    @cached_property
    def api(self) -> GeneratedClient:
        """The generated client, for the plain functions of ``matillion_api.api``.

        >>> from matillion_api.api.projects import list_projects
        >>> page = await list_projects.asyncio(client=client.api, size=25)
        """
        from matillion_async._calls.plain_functions import generated_client

        return generated_client(self._own_session)

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """A client with other options that shares the connections, the token and the limiter.

        It is a copy: attributes that a subclass has set stay.

        Args:
            **options: ``timeout``, ``deadline``, ``retry``, ``priority``, ``on_attempt`` and ``observers`` as in the
                constructor; what is left out stays as it is. Renewals of the token are the first client's.

        Raises:
            ConfigurationError: an option has another name or kind than these.
        """
        if not options.keys() <= CallOptions.__annotations__.keys():
            raise ConfigurationError(misnamed("with_options", options, CallOptions.__annotations__))
        if "retry" in options:
            options["retry"] = checked_retry(options["retry"])
        check_hook("on_attempt", options.get("on_attempt"))
        return self._over(self._own_session.with_options(**options))

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = UNSET,
        content: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        idempotent: bool | None = None,
    ) -> RawResponse:
        """Call what has no method of its own, with all that any call has: token, limits, retries, deadline and errors.

        >>> response = await client.request("GET", "/v1/projects", params={"size": 5})
        >>> print(response.status_code, response.json()["total"])

        Args:
            method: such as ``GET``.
            path: below the base URL, beginning with ``/v1/`` as those of the API do; it may have a query. It is part of errors and log lines.
            params: the query, by name; a list is sent as several values, and None not at all.
            json: the body, of what JSON can hold and of models.
            content: the body as it is, in place of ``json``; give its ``Content-Type`` in ``headers``.
            headers: in addition to those of the client.
            idempotent: whether it may be sent again when the outcome of the first request is unknown; as HTTP says
                of the method unless given: GET, HEAD, OPTIONS, PUT and DELETE may.

        Raises:
            InvalidRequestError: an argument was refused, such as a path that leads elsewhere; nothing was sent.
            StatusError: the response is not a success.
            MatillionError: as for any call.
        """
        arguments = arguments_of(method, path, params, json, content, headers)
        return await self._own_session.request(arguments, idempotent)

    @overload
    def bulk(
        self,
        operation: Callable[[ItemT], Listing[ValueT, Any]],
        items: Iterable[ItemT] | AsyncIterable[ItemT],
        *,
        max_in_flight: int | None = None,
        ordered: bool = False,
        on_progress: Callable[[BulkProgress], None] | None = None,
    ) -> Bulk[ItemT, list[ValueT]]: ...

    @overload
    def bulk(
        self,
        operation: Callable[[ItemT], Awaitable[ValueT]],
        items: Iterable[ItemT] | AsyncIterable[ItemT],
        *,
        max_in_flight: int | None = None,
        ordered: bool = False,
        on_progress: Callable[[BulkProgress], None] | None = None,
    ) -> Bulk[ItemT, ValueT]: ...

    def bulk(
        self,
        operation: Any = None,  # left out, it is refused as whatever else is not one
        items: Any = None,
        *,
        max_in_flight: int | None = None,
        ordered: bool = False,
        on_progress: Callable[[BulkProgress], None] | None = None,
        **unknown: object,
    ) -> Bulk[Any, Any]:
        """Run an operation for each item, many at once, within the limits; see :class:`Bulk`.

        >>> async for outcome in client.bulk(client.environments.list, project_ids):
        ...     print(outcome.item, outcome.value if outcome.error is None else outcome.error)

        Args:
            operation: called with each item; a listing gives the items of all its pages.
            items: any number of items; they are taken as there is room for them.
            max_in_flight: operations under way at once, 64 unless given.
            ordered: give outcomes in the order of the items instead of as they come.
            on_progress: called after each outcome.

        Raises:
            InvalidRequestError: an argument has another name or kind than these.
        """
        if unknown:
            raise InvalidRequestError(
                misnamed("bulk", unknown, MatillionClient.bulk.__kwdefaults__ or ())
            )
        return Bulk(
            operation,
            items,
            priority=Priority.BULK,
            max_in_flight=max_in_flight,
            ordered=ordered,
            on_progress=on_progress,
            waiting=self.limiter.__len__,
        )

    async def aclose(self) -> None:
        """Close the connections; clients made with :meth:`with_options` are closed with this one.

        It is called on the event loop that the client was used on, or, once that is closed, on any other.

        Raises:
            ClientStateError: the client's event loop is another one, which is not closed.
        """
        await self._own_session.connection.aclose()

    async def __aenter__(self) -> Self:
        self._own_session.connection.enter_loop()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        session = vars(self).get("_own_session")  # absent while the constructor runs
        return f"<{type(self).__name__}{f' {session.connection.base_url}' if session else ''}>"

"""Calls of any path, and listings of which nothing is known but their first page."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from matillion_api.types import UNSET, Operation, Paging, Unset

from matillion_async._listings.paging import PagedListing
from matillion_async.cli._failures import Failure

if TYPE_CHECKING:
    import httpx

    from matillion_async._client import MatillionClient

Query = list[tuple[str, Any]]

_DEFAULT_SIZE = 25


async def send(
    client: MatillionClient, method: str, path: str, query: Query, content: bytes | None = None
) -> httpx.Response:
    """Send one request with all that the client does for any; only GET and its like are repeated."""
    operation = _operation(method, path)
    return await client.api.get_async_httpx_client().request(
        method,
        path,
        params=query or None,
        content=content,
        headers={} if content is None else {"Content-Type": "application/json"},
        extensions={"operation": operation},
    )


async def pages_of(
    client: MatillionClient, path: str, query: Query
) -> AsyncGenerator[list[Any], None]:
    """The items of a listing, page by page; how it is paged is seen from its first page.

    Raises:
        Failure: the answer is no listing.
    """
    first = _json(await send(client, "GET", path, query))
    if isinstance(first, list):  # a bare array is all there is
        yield first
        return
    paging = _paging(first, path)
    pages = _Pages(client, path, query, paging, first)
    given = str(dict(query).get(paging.cursor, ""))
    cursor = given if paging.style == "token" else int(given) if given.isdecimal() else UNSET
    operation = _operation("GET", path, paging)
    arguments = {paging.cursor: cursor, paging.size: UNSET}
    async with aclosing(PagedListing(pages, operation, object, arguments).pages()) as walk:
        async for page in walk:
            yield getattr(page, paging.items) or []


class _Pages:
    """Fetches the pages of a listing as they come, after the first, which is there."""

    def __init__(
        self,
        client: MatillionClient,
        path: str,
        query: Query,
        paging: Paging,
        first: dict[str, Any],
    ) -> None:
        self._client = client
        self._path = path
        self._query = query
        self._paging = paging
        self._first: dict[str, Any] | None = first

    async def call(self, operation: Operation[Any], /, **arguments: Any) -> Any:
        body, self._first = self._first, None
        if body is None:
            kept = [(name, value) for name, value in self._query if name not in arguments]
            added = [
                (name, str(value))
                for name, value in arguments.items()
                if not isinstance(value, Unset)
            ]
            body = _json(await send(self._client, "GET", self._path, kept + added))
        return _page(body, self._paging, self._path)


def _operation(method: str, path: str, paging: Paging | None = None) -> Operation[Any]:
    return Operation(
        id=f"{method} {path}",
        method=method,
        path=path,
        idempotent=method in ("GET", "HEAD", "OPTIONS"),
        get_kwargs=dict,
        parse=lambda data: data,
        paging=paging,
    )


def _json(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        raise Failure(
            f"the answer is no listing: it is not JSON (status {response.status_code})"
        ) from None


def _paging(body: Any, path: str) -> Paging:
    """How a listing goes on, from its first page: by index as in SCIM, by number, by token, or not at all."""
    if isinstance(body, dict) and "totalResults" in body:
        size = len(body.get("Resources") or ()) or _DEFAULT_SIZE
        return Paging(
            style="index",
            items="Resources",
            size="count",
            max_size=size,
            cursor="startIndex",
            total="totalResults",
        )
    if not isinstance(body, dict) or not isinstance(body.get("results"), list):
        raise Failure(f"the answer of {path} is no listing; leave --paginate out")
    said = body.get("size")
    size = (said if isinstance(said, int) else 0) or len(body["results"]) or _DEFAULT_SIZE
    if "total" in body or "page" in body:
        return Paging(
            style="page",
            items="results",
            size="size",
            max_size=size,
            cursor="page",
            total="total",
        )
    return Paging(
        style="token",
        items="results",
        size="limit",
        max_size=size,
        cursor="paginationToken",
        next="more",
    )


def _page(body: Any, paging: Paging, path: str) -> SimpleNamespace:
    if not isinstance(body, dict):
        raise Failure(f"a later page of {path} is no page of a listing")
    return SimpleNamespace(**({paging.items: [], paging.next or "": UNSET} | body))

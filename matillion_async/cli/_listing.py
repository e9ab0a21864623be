"""Listings: walked page by page with a progress bar, and written as rows."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from matillion_api.types import Listing

from matillion_async.cli._cells import Row
from matillion_async.cli._connection import CliClient
from matillion_async.cli._output import Format, row_writer
from matillion_async.cli._progress import progress
from matillion_async.cli._streams import is_terminal, say


class Model(Protocol):
    """An item of a listing."""

    def to_dict(self) -> dict[str, Any]:
        """Its fields by their API names, unknown ones included."""
        ...


class Page(Protocol):
    """A page of a listing, with its items under the name that :class:`PageFields` has."""


@dataclass(frozen=True, slots=True)
class PageFields:
    """Names of attributes of a page."""

    items: str = "results"
    total: str = "total"


PAGE = PageFields()
SCIM_PAGE = PageFields("resources", "total_results")

ItemT = TypeVar("ItemT")


async def walk(
    connection: CliClient,
    listing: Listing[ItemT, Page],
    label: str,
    output: Format = Format.TABLE,
    fields: PageFields = PAGE,
) -> AsyncGenerator[list[ItemT], None]:
    """The items of a listing, page by page.

    Args:
        connection: what it is fetched over.
        listing: the listing.
        label: what its items are called, for the progress bar.
        output: how the items are written meanwhile; only a table waits until the end.
        fields: what the attributes of a page are called.
    """
    pages = listing.pages()
    done = 0
    try:
        with progress(label, is_wanted=wants_progress(connection, output)) as bar:
            async for page in pages:
                items: list[ItemT] = getattr(page, fields.items) or []
                yield items
                done += len(items)
                total = getattr(page, fields.total, None)
                bar.update(done, total if isinstance(total, int) and total >= done else None)
    finally:
        if isinstance(pages, AsyncGenerator):
            await pages.aclose()


async def collect(connection: CliClient, listing: Listing[ItemT, Page], label: str) -> list[ItemT]:
    """All items of a listing."""
    return [item async for items in walk(connection, listing, label) for item in items]


async def show(
    connection: CliClient,
    listing: Listing[Any, Any],
    label: str,
    columns: Sequence[str],
    output: Format,
    fields: PageFields = PAGE,
    none: str = "",
) -> None:
    """Write a listing to stdout as it comes; instead of an empty table stderr says that there is none.

    Args:
        connection: what it is fetched over.
        listing: the listing.
        label: what its items are called.
        columns: the fields that are documented.
        output: how they are written.
        fields: what the attributes of a page are called.
        none: what is said where there is none; ``No`` and the label unless given.
    """
    with row_writer(output, columns) as writer:
        async with aclosing(walk(connection, listing, label, output, fields)) as pages:
            async for items in pages:
                writer.write([row(item, columns) for item in items])
    say_none(writer.count, label, output, none)


def say_none(count: int, label: str, output: Format, none: str = "") -> None:
    """Say that there is none, if that is so and no other form of the output says it."""
    if not count and output is Format.TABLE:
        say(none or f"No {label}.")


def row(item: Model, columns: Sequence[str]) -> Row:
    """The fields of an item, the documented ones first."""
    fields = item.to_dict()
    return {name: fields[name] for name in columns if name in fields} | fields


def wants_progress(connection: CliClient, output: Format) -> bool:
    """Whether a bar would not run into other lines on the terminal."""
    streams_to_terminal = output is not Format.TABLE and is_terminal(sys.stdout)
    return not connection.options.verbose and not streams_to_terminal

"""Bulk work of a size that must not show in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from matillion_async import Bulk, Priority

pytestmark = pytest.mark.virtual_time


class Item:
    """Counts itself."""

    alive = most = 0

    def __init__(self) -> None:
        Item.alive += 1
        Item.most = max(Item.most, Item.alive)

    def __del__(self) -> None:
        Item.alive -= 1


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_bulk_over_many_items_holds_few(ordered: bool) -> None:
    """Of 20,000 generated items no more are alive than two for each call in flight, and some under way."""
    Item.alive = Item.most = 0

    def items() -> Iterator[Item]:
        for _ in range(20_000):
            yield Item()

    async def work(item: Item) -> None:
        await asyncio.sleep(0.01)

    done = 0
    bulk: Bulk[Item, None] = Bulk(
        work,
        items(),
        priority=Priority.BULK,
        max_in_flight=32,
        ordered=ordered,
        on_progress=None,
    )
    async for outcome in bulk:
        outcome.unwrap()
        done += 1
    assert 20_000 == done
    assert Item.most <= 2 * 32 + 2
    del outcome
    assert 0 == Item.alive

"""A place of one's own, made of what is public, whose values are changed by many at once."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TypeVar

import pytest

from matillion_async import Change, CrowdedError, MatillionClient
from matillion_async.sandbox import Sandbox

T = TypeVar("T")

pytestmark = pytest.mark.virtual_time


class VersionedShare:
    """Values with versions, as many stores have them: who comes second has to read again, and gives up at some point.

    Args:
        crowded: how often others were always first, for each value.
    """

    def __init__(self, crowded: int) -> None:
        self.crowded = crowded
        self.refused: Counter[str] = Counter()
        self._values: dict[str, bytes] = {}

    async def update(self, name: str, change: Change[T]) -> T:
        """Change a value as one step."""
        await asyncio.sleep(0.01)
        if self.refused[name] < self.crowded:
            self.refused[name] += 1
            raise CrowdedError
        value, result = change(self._values.get(name), asyncio.get_running_loop().time())
        if value is not None:
            self._values[name] = value
        return result

    async def aclose(self) -> None:
        """There is nothing to close."""


async def test_nobody_goes_on_without_a_crowded_place(caplog: pytest.LogCaptureFixture) -> None:
    """Neither with a part of the limit, nor with a token of its own; the log has no word of it."""
    share = VersionedShare(crowded=8)
    sandbox = Sandbox(projects=1, limits="60/min")
    options = {**sandbox.client_options(), "share": share, "rate_limits": "60/min"}

    async def use(client: MatillionClient) -> None:
        async with client:
            for _ in range(20):
                await client.projects.list()

    with caplog.at_level(logging.INFO):
        await asyncio.gather(*[use(MatillionClient(**options)) for _ in range(4)])  # type: ignore[arg-type]
    assert [8, 8] == [*share.refused.values()]  # the limit, and the token
    assert 1 == sandbox.stats.tokens_issued
    assert 0 == sandbox.stats.refused
    assert "gone" not in caplog.text


async def test_a_place_that_stays_crowded_is_gone_for_a_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A call that can be sent waits no longer for a token than a request for one may take."""
    sandbox = Sandbox(projects=1)
    share = VersionedShare(crowded=10**9)
    options = {**sandbox.client_options(), "share": share}
    async with MatillionClient(**options) as client:  # type: ignore[arg-type]
        with caplog.at_level(logging.INFO):
            token = await client._own_session.connection.tokens.get()
    assert token
    assert "the place of the shared token is gone (CrowdedError)" in caplog.text


class FaultyShare(VersionedShare):
    """A place with a mistake of its author."""

    async def update(self, name: str, change: Change[T]) -> T:
        raise LookupError("a secret")


async def test_the_line_that_failed_is_named(caplog: pytest.LogCaptureFixture) -> None:
    """Of the place, for its author; what the error says may be a secret."""
    sandbox = Sandbox(projects=1)
    options = {**sandbox.client_options(), "share": FaultyShare(0)}
    line = FaultyShare.update.__code__.co_firstlineno + 1
    async with MatillionClient(**options) as client:  # type: ignore[arg-type]
        with caplog.at_level(logging.INFO):
            await client.projects.list()
    where = f"(LookupError, test_own_place.py line {line})"
    assert f"the place of the shared limit, FaultyShare, is gone {where}" in caplog.text
    assert f"the place of the shared token is gone {where}" in caplog.text
    assert "secret" not in caplog.text


class PairShare(VersionedShare):
    """It gives back all that ``change`` does, and not its result alone."""

    async def update(self, name: str, change: Change[T]) -> T:
        return change(self._values.get(name), asyncio.get_running_loop().time())  # type: ignore[return-value]


async def test_a_place_that_gives_back_something_else_is_gone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """At once: nobody waits for a token of another process that is not there."""
    sandbox = Sandbox(projects=1)
    options = {**sandbox.client_options(), "share": PairShare(0)}
    loop = asyncio.get_running_loop()
    async with MatillionClient(**options) as client:  # type: ignore[arg-type]
        began = loop.time()
        with caplog.at_level(logging.INFO):
            await client._own_session.connection.tokens.get()
    assert began == loop.time()
    assert "is gone (update did not give back the result of change)" in caplog.text


class PlainPairShare(VersionedShare):
    """The same, and at once."""

    def update(self, name: str, change: Change[T]) -> T:  # type: ignore[override]
        return change(self._values.get(name), asyncio.get_running_loop().time())  # type: ignore[return-value]


class ShareOfNames(VersionedShare):
    """It lacks an argument."""

    def update(self, name: str) -> None: ...  # type: ignore[override]


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (PairShare(0), "update did not give back the result of change"),
        (PlainPairShare(0), "update did not give back the result of change"),
        (ShareOfNames(0), "update cannot be called with a name and a change"),
    ],
)
async def test_a_mistake_in_a_place_is_told_for_the_limit_as_well(
    share: VersionedShare, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """At once, in words, and without a traceback of ours."""
    sandbox = Sandbox(projects=1)
    options = {**sandbox.client_options(), "share": share, "rate_limits": "60/min"}
    loop = asyncio.get_running_loop()
    async with MatillionClient(**options) as client:  # type: ignore[arg-type]
        began = loop.time()
        assert 1 == (await client.projects.list()).total
        assert began == loop.time()
    kind = type(share).__name__
    assert f"the place of the shared limit, {kind}, is gone ({told}): " in caplog.text
    assert "Traceback" not in caplog.text


async def test_it_may_be_closed_by_a_plain_function() -> None:
    """As a place is that has nothing to wait for when it is closed."""

    class Closed(VersionedShare):
        is_closed = False

        def aclose(self) -> None:  # type: ignore[override]
            self.is_closed = True

    share = Closed(0)
    options = {**Sandbox(projects=1).client_options(), "share": share}
    async with MatillionClient(**options) as client:  # type: ignore[arg-type]
        await client.projects.list()
    assert share.is_closed

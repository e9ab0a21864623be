"""What uvloop does with time, which is why a moment that was slept for is looked at again."""

from __future__ import annotations

import asyncio

import pytest

uvloop = pytest.importorskip("uvloop", reason="only development needs it")


def test_a_timer_may_be_early() -> None:
    """It rounds delays to milliseconds, half of them down: after a sleep it may not yet be the moment that was slept for."""

    async def early() -> bool:
        loop = asyncio.get_running_loop()
        for number in range(50):
            moment = loop.time() + 0.001 + number * 1e-5
            await asyncio.sleep(moment - loop.time())
            if loop.time() < moment:
                return True
        return False

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(early())

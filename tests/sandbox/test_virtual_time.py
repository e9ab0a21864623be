"""The event loop whose clock jumps."""

from __future__ import annotations

import asyncio
import threading

import pytest


@pytest.mark.virtual_time
async def test_time_stands_still_while_a_thread_would_work() -> None:
    """Work that is given to a thread is done in this one, so that no timer comes first; its errors are its own."""

    def work(number: int) -> tuple[threading.Thread, int]:
        return threading.current_thread(), 10 // number

    async with asyncio.timeout(60):
        assert (threading.current_thread(), 5) == await asyncio.to_thread(work, 2)
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(work, 0)
    assert 0.0 == asyncio.get_running_loop().time()

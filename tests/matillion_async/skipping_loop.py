"""An event loop on real sockets whose clock can be put forward: what ends with a limit of time ends when a test is ready."""

from __future__ import annotations

import asyncio


class SkippingLoop(asyncio.SelectorEventLoop):
    """In real time, but for what is skipped; to all that runs on it, it was blocked for so long."""

    def __init__(self) -> None:
        self._skipped = 0.0
        super().__init__()

    def time(self) -> float:
        """The time in seconds, with what was skipped."""
        return super().time() + self._skipped

    def skip(self, seconds: float) -> None:
        """Put the clock forward."""
        self._skipped += seconds


SKIPPING = ("asyncio", {"loop_factory": SkippingLoop})
"""What the fixture ``anyio_backend`` takes."""


def skip(seconds: float) -> None:
    """Put the clock of the running event loop forward."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SkippingLoop)
    loop.skip(seconds)

"""The door of the command ``matillion``: it answers Ctrl-C before anything else is imported.

A module of ``matillion_async`` could not: the package itself, which takes most of the time, is imported before it.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C while it is still being imported ends it without a word, with 130."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where it is ignored
        signal.signal(signal.SIGINT, _end)
    from matillion_async.cli import main as run

    run()


def _end(number: int, frame: FrameType | None) -> None:
    """End at once: nothing has been begun, and an exception in the midst of imports would be shown."""
    os._exit(128 + number)

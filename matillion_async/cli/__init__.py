"""The command ``matillion``; it needs the extra ``cli``: ``pip install 'matillion-async[cli]'``."""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec
from types import FrameType


def main() -> None:
    """Run the command line; without its packages, say what to install and exit with 2.

    Ctrl-C while it is still being imported ends it without a word, with 130.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where it is ignored
        signal.signal(signal.SIGINT, _end)
    if find_spec("click") is None or find_spec("rich") is None:
        sys.stderr.write(
            "matillion: the command line is not installed: pip install 'matillion-async[cli]'\n"
        )
        sys.exit(2)
    from matillion_async.cli._app import matillion

    matillion.main(prog_name="matillion")


def _end(number: int, frame: FrameType | None) -> None:
    """End at once: nothing has been begun, and an exception in the midst of imports would be shown."""
    os._exit(128 + number)


__all__ = ["main"]

"""A progress bar on stderr for what takes long."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from matillion_async.cli._streams import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 1.0
"""Seconds before a bar appears."""


class Bar:
    """How far a piece of work is, drawn once it has taken :data:`DELAY` seconds; used in an event loop."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._done = 0
        self._total: int | None = None
        self._drawn: Progress | None = None

    def show(self) -> None:
        """Draw the bar from now on."""
        # Imported by what draws: most commands never do.
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        drawn = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=sys.stderr),
            transient=True,
        )
        drawn.add_task(self._label, total=self._total, completed=self._done)
        drawn.start()
        self._drawn = drawn

    def update(self, done: int, total: int | None) -> None:
        """Say how much is done, of how much if that is known."""
        self._done, self._total = done, total
        if self._drawn is not None:
            self._drawn.update(self._drawn.task_ids[0], completed=done, total=total)

    def stop(self) -> None:
        """Wipe the bar off."""
        if self._drawn is not None:
            self._drawn.stop()


@contextmanager
def progress(label: str, *, is_wanted: bool) -> Iterator[Bar]:
    """A bar for the block, if it is wanted and stderr is a terminal."""
    bar = Bar(label)
    if not is_wanted or not is_terminal(sys.stderr):
        yield bar
        return
    timer = asyncio.get_running_loop().call_later(DELAY, bar.show)
    try:
        yield bar
    finally:
        timer.cancel()
        bar.stop()

"""Tell whoever waits what goes on."""

from __future__ import annotations

import sys


class Progress:
    """Lines on stderr: at a terminal, and of a large file in any case; at a terminal it counts as well.

    Args:
        is_large: whether it takes so long that it is told in a log, too.
    """

    def __init__(self, *, is_large: bool = False) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._is_told = is_large or self._is_terminal
        self._shown = ""

    def say(self, what: str) -> None:
        """Something begins."""
        if self._is_told:
            self._end_line()
            print(f"scripts/generate: {what} …", file=sys.stderr, flush=True)

    def count(self, what: str, done: int, total: int) -> None:
        """So much of it is done; in place of what was counted before."""
        if self._is_terminal:
            shown = f"scripts/generate: {what}: {100 * done // total} %"
            if shown != self._shown:
                print(f"\r{shown}", end="", file=sys.stderr, flush=True)
                self._shown = shown

    def _end_line(self) -> None:
        if self._shown:
            print(file=sys.stderr, flush=True)
            self._shown = ""

"""Text from outside, and numbers, as messages have them."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from traceback import walk_tb
from urllib.parse import quote, quote_plus


def masked(text: str, secret: str) -> str:
    """Text from outside with asterisks for a secret, in case it is an echo: as it is, or as JSON, HTML or a URL has it."""
    if not secret:
        return text
    in_json = json.dumps(secret)[1:-1]
    spellings = {
        *(secret, escape(secret), quote(secret), quote(secret, safe=""), quote_plus(secret)),
        *(in_json, in_json.replace("/", "\\/")),
    }
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, "***")
    return text


def in_seconds(duration: float) -> str:
    """A duration in words, such as ``1 second`` or ``0.5 seconds``."""
    return "1 second" if duration == 1 else f"{duration:g} seconds"


def one_line(text: str, longest: int | None = None) -> str:
    """Text from outside for one line of a message: no line ends, no control sequences, and not beyond a length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if longest is None or len(line) <= longest else f"{line[:longest]}…"


def where(error: BaseException) -> str:
    """The line of somebody else's code at which an error was met first, such as ``, broker.py line 12``; empty if it was met in ours alone."""
    for frame, line in walk_tb(error.__traceback__):
        if not frame.f_globals.get("__name__", "").startswith("matillion_async."):
            return f", {Path(frame.f_code.co_filename).name} line {line}"
    return ""

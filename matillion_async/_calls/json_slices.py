"""JSON read in slices, so that a large document does not hold the event loop.

A worker thread would be no help: the json module reads a document in C in one go, and keeps the interpreter's lock
meanwhile. So a large document is taken apart: what fits into a window is read by the json module as ever, and what
does not is opened, and its parts are read one after the other.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Generator
from json import JSONDecodeError
from typing import Any

from matillion_api.types import DECODER

SLICE = 65_536
"""Characters, or bytes, that are read without a pause: about a millisecond's worth."""
STEPS = 500
"""Values that are read one by one without a pause: as many take as long."""

_decoder = DECODER
_space = re.compile(r"[ \t\n\r]*")

Slices = Generator[None, None, Any]
"""Yields between slices; its value is the document."""


def read(content: bytes) -> Slices:
    """Read a JSON document as ``json.loads`` does, with pauses, but for NaN and Infinity, which are no JSON.

    Raises:
        ValueError: it is no JSON text.
        RecursionError: it is nested too deeply, for what does not fit into a window about half as deep as ``json.loads``
            can read.
    """
    text = yield from _text(content)
    value, end = yield from _Reader(text).value(_skip(text, 0))
    end = _skip(text, end)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return value


def _text(content: bytes) -> Generator[None, None, str]:
    encoding = json.detect_encoding(content)
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    parts = []
    for start in range(0, len(content), SLICE):
        parts.append(decoder.decode(content[start : start + SLICE]))
        yield
    parts.append(decoder.decode(b"", final=True))
    return "".join(parts)


class _Reader:
    """Reads values of a text; positions are indexes into it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._window = ""
        self._start = 0  # of the window in the text
        self._pause_at = 0
        self._steps = 0  # since the last pause

    def value(self, at: int) -> Generator[None, None, tuple[Any, int]]:
        """The value that begins at a position, and the position after it."""
        self._steps += 1
        if at >= self._pause_at or self._steps > STEPS:
            self._pause_at = at + SLICE
            self._steps = 0
            yield
        first = self._text[at : at + 1]
        if first not in ("{", "["):
            return _decoder.raw_decode(self._text, at)
        end = self._start + len(self._window)
        if at + SLICE > end and end < len(self._text):
            self._start = at
            self._window = self._text[at : at + 2 * SLICE]
        try:
            value, end = _decoder.raw_decode(self._window, at - self._start)
        except ValueError:
            pass  # it goes beyond the window, or is no JSON, which then turns out below
        else:
            return value, self._start + end
        self._pause_at = at  # the attempt was a slice of its own
        return (yield from (self._object(at) if first == "{" else self._array(at)))

    def _array(self, at: int) -> Generator[None, None, tuple[list[Any], int]]:
        found: list[Any] = []
        at = _skip(self._text, at + 1)
        if self._text[at : at + 1] == "]":
            return found, at + 1
        while True:
            value, at = yield from self.value(at)
            found.append(value)
            at, ended = self._next(at, "]")
            if ended:
                return found, at

    def _object(self, at: int) -> Generator[None, None, tuple[dict[str, Any], int]]:
        found: dict[str, Any] = {}
        at = _skip(self._text, at + 1)
        if self._text[at : at + 1] == "}":
            return found, at + 1
        while True:
            if self._text[at : at + 1] != '"':
                raise JSONDecodeError(
                    "Expecting property name enclosed in double quotes", self._text, at
                )
            name, at = _decoder.raw_decode(self._text, at)
            at = _skip(self._text, at)
            if self._text[at : at + 1] != ":":
                raise JSONDecodeError("Expecting ':' delimiter", self._text, at)
            found[name], at = yield from self.value(_skip(self._text, at + 1))
            at, ended = self._next(at, "}")
            if ended:
                return found, at

    def _next(self, at: int, closing: str) -> tuple[int, bool]:
        """The position of the next part of a container, or that after its end, and whether it ended."""
        at = _skip(self._text, at)
        sign = self._text[at : at + 1]
        if sign == closing:
            return at + 1, True
        if sign != ",":
            raise JSONDecodeError("Expecting ',' delimiter", self._text, at)
        return _skip(self._text, at + 1), False


def _skip(text: str, at: int) -> int:
    match = _space.match(text, at)
    return at if match is None else match.end()

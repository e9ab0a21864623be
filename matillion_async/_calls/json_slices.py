"""JSON read in slices, so that a large listing does not hold the event loop.

A worker thread would not help: the json module reads a document in C in one go, and keeps the interpreter's lock
meanwhile. So the arrays of a large document, which are those of its items, are read item by item.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Generator
from typing import Any

from matillion_api.types import DECODER, loads

SLICE = 150_000
"""Bytes that are read without a pause: two milliseconds' worth."""
STEPS = 1000
"""Items of an array that are read without a pause: short ones take as long."""

_space = re.compile(r"[ \t\n\r]*")
_LOOKAHEAD = 3
"""Characters after a number: with fewer, its fraction or exponent may be yet to come, such as that of ``1e+``."""

Slices = Generator[None, None, Any]
"""Yields between slices; its value is the document."""


def read(content: bytes) -> Slices:
    """Read a JSON document as ``matillion_api.types.loads`` does, with pauses between the items of its arrays.

    Only the document itself and what it has under a name are taken apart: an item is read at once, whatever its size.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    try:
        return (yield from _Reader(content).document())
    except ValueError:
        pass  # a position in a slice is of no use to anybody
    return loads(content)


class _Reader:
    """Reads a document of which only a part is text at any time; raises ValueError for what is not JSON."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        decoder = codecs.getincrementaldecoder(json.detect_encoding(content))
        self._decode = decoder("surrogatepass").decode
        self._taken = 0  # bytes that have become text
        self._text = ""
        self._at = 0  # in the text

    def document(self) -> Slices:
        """Read the whole."""
        value = yield from self._object() if self._sign() == "{" else self._value()
        if self._sign():
            raise ValueError("there is more")
        return value

    def _object(self) -> Generator[None, None, dict[str, Any]]:
        found: dict[str, Any] = {}
        is_ended = self._opens("}")
        while not is_ended:
            if self._sign() != '"':
                raise ValueError("no name")
            name = self._item()
            if self._sign() != ":":
                raise ValueError("no colon")
            self._at += 1
            found[name] = yield from self._value()
            is_ended = self._ends("}")
        return found

    def _value(self) -> Slices:
        if self._sign() != "[":
            return self._item()
        found: list[Any] = []
        is_ended = self._opens("]")
        taken = self._taken
        while not is_ended:
            found.append(self._item())
            is_ended = self._ends("]")
            if self._taken != taken or len(found) % STEPS == 0:
                taken = self._taken
                yield
        return found

    def _opens(self, closing: str) -> bool:
        """Enter a container; whether it is empty, and was left again."""
        self._at += 1
        is_empty = self._sign() == closing
        self._at += is_empty
        return is_empty

    def _ends(self, closing: str) -> bool:
        """Go on after an item of a container; whether it was the last one."""
        sign = self._sign()
        if sign not in (closing, ","):
            raise ValueError("no comma")
        self._at += 1
        return sign == closing

    def _sign(self) -> str:
        """The next character that is not a space; an empty string at the end."""
        while True:
            if space := _space.match(self._text, self._at):
                self._at = space.end()
            if self._at < len(self._text) or self._is_all:
                return self._text[self._at : self._at + 1]
            self._take(SLICE)

    def _item(self) -> Any:
        """The value that comes next; as much more becomes text as that takes."""
        self._sign()
        size = SLICE
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if self._is_all:
                    raise
            else:
                if self._is_all or end + _LOOKAHEAD <= len(self._text):
                    self._at = end
                    return value
            self._take(size)
            size *= 2  # else a long item would be read anew again and again

    @property
    def _is_all(self) -> bool:
        return self._taken == len(self._content)

    def _take(self, size: int) -> None:
        end = min(self._taken + size, len(self._content))
        piece = self._content[self._taken : end]
        self._taken = end
        self._text = self._text[self._at :] + self._decode(piece, self._is_all)
        self._at = 0

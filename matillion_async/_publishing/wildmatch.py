"""Git's wildcards, over bytes as in Git, in time that grows with the length of a text. No I/O.

All ways in which a pattern may match are followed at once, each as a bit of one number. So there is no going back, and many
stars cost no more than many letters.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

_SPECIAL = re.compile(rb"[*?\[\\]")
_PIECE = re.compile(
    rb"""
      (?P<folders> (?:(?<=/)|^)\*{2,}/ )
    | (?P<all>     (?:(?<=/)|^)\*{2,}(?=\Z|\\/) )
    | (?P<stars>   \*+ )
    | (?P<one>     \? )
    | (?P<set>     \[ )
    | \\(?P<escaped> . )
    | (?P<sign>    [^\\] )
    """,
    re.VERBOSE | re.DOTALL,
)
_SLASH = ord("/")
_ANY = frozenset(range(256))
_IN_NAME = _ANY - {_SLASH}
_CLASSES = {
    name: frozenset(signs.encode())
    for name, signs in {
        "alnum": string.ascii_letters + string.digits,
        "alpha": string.ascii_letters,
        "blank": " \t",
        "cntrl": "".join(map(chr, range(32))) + "\x7f",
        "digit": string.digits,
        "graph": string.ascii_letters + string.digits + string.punctuation,
        "lower": string.ascii_lowercase,
        "print": string.ascii_letters + string.digits + string.punctuation + " ",
        "punct": string.punctuation,
        "space": " \t\n\r",
        "upper": string.ascii_uppercase,
        "xdigit": string.hexdigits,
    }.items()
}


class _NothingError(Exception):
    """The pattern matches nothing: a backslash at its end, a bracket that is not closed, or an unknown class."""


class Wildmatch:
    """A pattern that is matched against whole names or paths.

    Args:
        pattern: ``*``, ``?`` and brackets match no slash; ``**`` does where nothing but a slash is beside it. As in Git,
            the letters before the first wildcard do not count as a neighbour of it.
    """

    def __init__(self, pattern: bytes) -> None:
        special = _SPECIAL.search(pattern)
        self._start = pattern if special is None else pattern[: special.start()]
        self._rest = None if special is None else pattern[special.start() :]
        self._end: bytes | None = None
        self._steps: _Steps | None = None
        if self._rest is not None and self._rest[:1] == b"*" and not _SPECIAL.search(self._rest, 1):
            self._end = self._rest[1:]

    def matches(self, text: bytes) -> bool:
        """Whether the whole text matches."""
        if self._rest is None:
            return text == self._start
        if not text.startswith(self._start):
            return False
        text = text[len(self._start) :]
        if (
            self._end is not None and b"/" not in self._end
        ):  # such as *.log, for most that there are
            return text.endswith(self._end) and b"/" not in text
        if self._steps is None:
            self._steps = _Steps(self._rest)
        return self._steps.lead_through(text)


class _Steps:
    """The states of a pattern: bit n of a number says that all before step n is matched."""

    def __init__(self, pattern: bytes) -> None:
        self._takes: list[frozenset[int]] = []
        self._loops = 0  # steps that take any number of their bytes
        self._gates = 0  # steps that take nothing, and lead past the next two as well
        self._moves: dict[int, tuple[int, int]] = {}
        try:
            self._read(pattern)
        except _NothingError:
            self._done = 0
        else:
            self._done = 1 << len(self._takes)

    def lead_through(self, text: bytes) -> bool:
        """Whether the steps can take the whole text."""
        states = self._with_omissions(1) if self._done else 0
        for byte in text:
            if not states:
                return False
            once, again = self._moves.get(byte) or self._moves_with(byte)
            states = self._with_omissions((states & once) << 1 | states & again)
        return bool(states & self._done)

    def _with_omissions(self, states: int) -> int:
        while True:
            gates = states & self._gates
            more = states | (states & self._loops | gates) << 1 | gates << 3
            if more == states:
                return states
            states = more

    def _moves_with(self, byte: int) -> tuple[int, int]:
        taking = sum(1 << step for step, takes in enumerate(self._takes) if byte in takes)
        self._moves[byte] = taking & ~self._loops, taking & self._loops
        return self._moves[byte]

    def _read(self, pattern: bytes) -> None:
        position = 0
        last = ""
        while position < len(pattern):
            found = _PIECE.match(pattern, position)
            if found is None:
                raise _NothingError
            position = found.end()
            kind, piece = found.lastgroup or "", found[0]
            if kind == "folders":
                if last != "folders":  # another one adds nothing but work
                    self._gates |= 1 << len(self._takes)
                    self._takes.append(frozenset())
                    self._loop(_ANY)
                    self._takes.append(frozenset(b"/"))
            elif kind in ("all", "stars"):
                self._loop(_ANY if kind == "all" else _IN_NAME)
            elif kind == "set":
                takes, position = _set(pattern, position)
                self._takes.append(takes)
            else:
                self._takes.append(_IN_NAME if kind == "one" else frozenset(piece[-1:]))
            last = kind

    def _loop(self, takes: Iterable[int]) -> None:
        self._loops |= 1 << len(self._takes)
        self._takes.append(frozenset(takes))


def _set(pattern: bytes, position: int) -> tuple[frozenset[int], int]:
    """The bytes that a set takes, which begins after its bracket, and where it ends."""
    signs = pattern[position:]
    is_negated = signs[:1] in (b"!", b"^")
    at = first = int(is_negated)
    takes: set[int] = set()
    before: int | None = None
    while at == first or signs[at : at + 1] != b"]":
        sign = signs[at : at + 1]
        named = re.compile(rb"\[:([^\]]*):\]").match(signs, at)
        if named is not None:
            takes |= _class(named[1].decode("latin-1"))
            at, before = named.end(), None
        elif sign == b"-" and before is not None and signs[at + 1 : at + 2] not in (b"", b"]"):
            last, at = _sign(signs, at + 1)
            takes.update(range(before, last + 1))
            before = None
        else:
            before, at = _sign(signs, at)
            takes.add(before)
    return (_IN_NAME - takes if is_negated else _IN_NAME & takes), position + at + 1


def _sign(signs: bytes, at: int) -> tuple[int, int]:
    """The byte at a place, which may be escaped, and where the next one is."""
    at += signs[at : at + 1] == b"\\"
    if at >= len(signs):
        raise _NothingError
    return signs[at], at + 1


def _class(name: str) -> frozenset[int]:
    if name not in _CLASSES:
        raise _NothingError
    return _CLASSES[name]

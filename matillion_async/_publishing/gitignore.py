"""The patterns of a ``.gitignore``, read as Git reads them. No I/O.

A pattern is asked about one file or folder at a time, by somebody who walks a tree and stays out of the folders that are
left out. pathspec answers for whole paths of files instead, and not as Git does where a folder is left out and something in
it taken in again; see ``tests/evidence/test_pathspec.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PIECE = re.compile(
    r"""
      (?P<escaped> \\(?P<escaped_sign>.) )
    | (?P<deep>    (?:(?<=/)|^)\*{2,}(?:/|$) )
    | (?P<stars>   \*+ )
    | (?P<one>     \? )
    | (?P<set>     \[ (?P<negated>[!^])?+ (?P<items>(?:\\.|[^\\])(?:\\.|[^\]\\])*) \] )
    | (?P<sign>    [^\\\[] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ITEM = re.compile(r"\\?(?P<first>.)(?:-\\?(?P<last>.))?", re.DOTALL)
_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line that is a pattern."""

    text: str
    regex: re.Pattern[str]
    is_negated: bool
    for_folders_only: bool
    is_anchored: bool
    """Whether it is about the whole path and not the last part of it."""

    def matches(self, path: str, is_folder: bool) -> bool:
        """Whether the pattern is about the file or folder itself."""
        if self.for_folders_only and not is_folder:
            return False
        return bool(self.regex.fullmatch(path if self.is_anchored else path.rpartition("/")[2]))


class IgnoreRules:
    """The patterns of one ``.gitignore``.

    Args:
        lines: without their ends.

    Raises:
        ValueError: a pattern names a class of characters, such as ``[[:digit:]]``.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        parsed = (_pattern(line) for line in lines)
        self._patterns = [pattern for pattern in parsed if pattern is not None]

    def leave_out(self, path: str, is_folder: bool) -> bool | None:
        """Whether to leave out a file or folder, given by its path from where the rules are; None: they do not say."""
        for pattern in reversed(self._patterns):
            if pattern.matches(path, is_folder):
                return not pattern.is_negated
        return None


def _pattern(line: str) -> Pattern | None:
    text = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line.removesuffix("\r"))
    if not text or text.startswith("#"):
        return None
    is_negated = text.startswith("!")
    body = text.removeprefix("!")
    for_folders_only = body.endswith("/")
    body = body.removesuffix("/")
    if not body:
        return None
    return Pattern(
        text=text,
        regex=re.compile(_regex(body.removeprefix("/"), text), re.DOTALL),
        is_negated=is_negated,
        for_folders_only=for_folders_only,
        is_anchored="/" in body,
    )


def _regex(body: str, text: str) -> str:
    """The regular expression for a pattern; one for nothing where Git finds that the pattern never matches."""
    parts: list[str] = []
    position = 0
    while position < len(body):
        found = _PIECE.match(body, position)
        if found is None:  # a backslash at the end, or a bracket that is not closed
            return _NOTHING
        if found["deep"]:
            parts.append("(?:.*/)?" if found["deep"].endswith("/") else ".*")
        elif found["stars"]:
            parts.append("[^/]*")
        elif found["one"]:
            parts.append("[^/]")
        elif found["set"]:
            parts.append(_set(found["items"], bool(found["negated"]), text))
        else:
            parts.append(re.escape(found["escaped_sign"] or found["sign"]))
        position = found.end()
    return "".join(parts)


def _set(items: str, is_negated: bool, text: str) -> str:
    if "[:" in items:
        raise ValueError(f"{text!r} has a class of characters, which is not supported")
    ranges = ""
    for item in _ITEM.finditer(items):
        first, last = item["first"], item["last"] or item["first"]
        ranges += f"{re.escape(first)}-{re.escape(max(last, first))}"
    return f"(?!/)[{'^' if is_negated else ''}{ranges}]"

"""The patterns of a ``.gitignore``, read as Git reads them. No I/O.

A pattern is asked about one file or folder at a time, by somebody who walks a tree and stays out of the folders that are
left out. pathspec decides for whole paths of files instead, and not as Git does where a folder is left out and something in
it taken in again; see ``tests/evidence/test_pathspec.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from matillion_async._publishing.wildmatch import Wildmatch


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line that is a pattern."""

    wildmatch: Wildmatch
    is_negated: bool
    for_folders_only: bool
    is_anchored: bool
    """Whether it is about the whole path and not the last part of it."""

    def matches(self, path: bytes, is_folder: bool) -> bool:
        """Whether the pattern is about the file or folder itself."""
        if self.for_folders_only and not is_folder:
            return False
        return self.wildmatch.matches(path if self.is_anchored else path.rpartition(b"/")[2])


class IgnoreRules:
    """The patterns of one ``.gitignore``.

    Args:
        lines: without their ends; a string stands for its bytes in the names of files.
    """

    def __init__(self, lines: Iterable[str | bytes]) -> None:
        parsed = (_pattern(os.fsencode(line)) for line in lines)
        self._patterns = [pattern for pattern in parsed if pattern is not None]

    def leave_out(self, path: str, is_folder: bool) -> bool | None:
        """Whether to leave out a file or folder, given by its path from where the rules are; None: they do not say."""
        name = os.fsencode(path)
        for pattern in reversed(self._patterns):
            if pattern.matches(name, is_folder):
                return not pattern.is_negated
        return None


def _pattern(line: bytes) -> Pattern | None:
    if line.startswith(b"#"):
        return None
    text = _without_spaces(line.removesuffix(b"\r").partition(b"\0")[0])  # Git's texts end at a NUL
    is_negated = text.startswith(b"!")
    body = text.removeprefix(b"!")
    for_folders_only = body.endswith(b"/")
    body = body.removesuffix(b"/")
    if not body:
        return None
    return Pattern(
        wildmatch=Wildmatch(body.removeprefix(b"/")),
        is_negated=is_negated,
        for_folders_only=for_folders_only,
        is_anchored=b"/" in body,
    )


def _without_spaces(line: bytes) -> bytes:
    """The line without the spaces at its end, but for one that a backslash escapes."""
    text = line.rstrip(b" ")
    is_escaped = (len(text) - len(text.rstrip(b"\\"))) % 2 == 1
    return line[: len(text) + is_escaped]

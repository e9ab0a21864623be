"""Which files of a folder make a version of a project: chosen by gitignore rules, and all of them text."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matillion_async._errors import InvalidRequestError
from matillion_async._publishing.gitignore import IgnoreRules

MAX_FILE_SIZE = 10 * 2**20
"""Bytes; pipelines and scripts are far smaller, and the API's own limit is not documented."""
_PIECE_SIZE = 65_536
_SHOWN = 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\]')
_RULES = ".gitignore"
_REPOSITORY = ".git"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is part of a version."""

    name: str
    """Its path in the project, with forward slashes."""
    size: int
    """In bytes."""
    path: Path
    """Where it is on this machine."""


def collect_files(
    folder: Path, exclude: str | Iterable[str] = (), max_file_size: int = MAX_FILE_SIZE
) -> list[SourceFile]:
    """The files below a folder that make a version, in the order of their names. It reads each of them.

    ``.gitignore`` files in the folder are honoured as Git does it, and are not among the files; nor is ``.git``.

    Args:
        folder: its paths are those in the project.
        exclude: further patterns as in a ``.gitignore`` at the top of the folder; they win over the files, so that
            ``!build/`` takes in what these leave out.
        max_file_size: bytes.

    Raises:
        InvalidRequestError: there is no such folder, no file in it is left, a pattern cannot be used, or files cannot be
            sent: no text in UTF-8, too large, a link out of the folder or to a folder, unreadable. It names each.
    """
    if not folder.is_dir():
        raise InvalidRequestError(f"{str(folder)!r} is no folder")
    files: list[SourceFile] = []
    problems: list[str] = []
    rules = [("", _rules([exclude] if isinstance(exclude, str) else exclude, "exclude"))]
    try:
        found = list(_walk(folder, "", rules))
    except OSError as error:
        raise InvalidRequestError(f"{error.filename!r} cannot be read: {error.strerror}") from None
    for name, path in found:
        try:
            files.append(SourceFile(name, *_checked(name, path, folder.resolve(), max_file_size)))
        except _UnfitError as error:
            problems.append(f"{name!r} {error}")
        except OSError as error:
            problems.append(f"{name!r} cannot be read: {error.strerror}")
    if problems:
        shown = "; ".join(problems[:_SHOWN])
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InvalidRequestError(
            f"{len(problems)} file(s) in {str(folder)!r} cannot be published, exclude or change them: {shown}{more}"
        )
    if not files:
        raise InvalidRequestError(
            f"there is nothing to publish: {str(folder)!r} has no file that is not excluded"
        )
    return files


class _UnfitError(Exception):
    """Why a file cannot be sent."""


_Rules = list[tuple[str, IgnoreRules]]
"""Patterns with the folder, as the beginning of a name, that they are relative to; the first ones are the caller's."""


def _walk(folder: Path, prefix: str, rules: _Rules) -> Iterator[tuple[str, Path]]:
    """Names and paths of all that is not excluded, folders themselves aside."""
    own = folder / _RULES
    if own.is_file():
        lines = own.read_text(encoding="utf-8-sig", errors="replace").split("\n")
        rules = [*rules, (prefix, _rules(lines, f"{prefix}{_RULES}"))]
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = prefix + entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name in (_REPOSITORY, _RULES) or _is_excluded(name, is_folder, rules):
            continue
        if is_folder:
            yield from _walk(Path(entry.path), f"{name}/", rules)
        else:
            yield name, Path(entry.path)


def _rules(lines: Iterable[str], source: str) -> IgnoreRules:
    try:
        return IgnoreRules(lines)
    except ValueError as error:
        raise InvalidRequestError(f"{source} has a pattern that cannot be used: {error}") from None


def _is_excluded(name: str, is_folder: bool, rules: _Rules) -> bool:
    """The caller's rules decide first, then those nearest to the file."""
    for prefix, level in [rules[0], *reversed(rules[1:])]:
        decided = level.leave_out(name.removeprefix(prefix), is_folder)
        if decided is not None:
            return decided
    return False


def _checked(name: str, path: Path, root: Path, max_file_size: int) -> tuple[int, Path]:
    """Size and real path of a file that can be sent.

    Raises:
        _UnfitError: it cannot.
    """
    if _UNSAFE.search(name) or not name.isprintable():
        raise _UnfitError("has a name that a form cannot carry: quotes, backslashes or unprintable")
    if path.is_symlink():
        path = _target(path, root)
    if not path.is_file():
        raise _UnfitError("is neither a file nor a folder")
    size = path.stat().st_size
    if size > max_file_size:
        raise _UnfitError(f"has {size} bytes, and max_file_size is {max_file_size}")
    return _text_size(path), path


def _target(link: Path, root: Path) -> Path:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 reports a loop
        raise _UnfitError("is a link that leads nowhere") from None
    if not target.is_relative_to(root):
        raise _UnfitError(f"is a link out of the folder, to {str(target)!r}")
    if _REPOSITORY in target.relative_to(root).parts:
        raise _UnfitError("is a link into .git")
    if target.is_dir():
        raise _UnfitError("is a link to a folder")
    return target


def _text_size(path: Path) -> int:
    """How many bytes of text a file has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(_PIECE_SIZE)
            if b"\0" in piece:
                raise _UnfitError("is no text file: it has a NUL byte")
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError:
                raise _UnfitError("is no text file in UTF-8") from None
            size += len(piece)
            if not piece:
                return size

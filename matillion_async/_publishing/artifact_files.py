"""Which files of a folder make a version of a project: chosen by gitignore rules, all of them text, and no secrets."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from matillion_async._errors import InvalidRequestError
from matillion_async._publishing.gitignore import IgnoreRules
from matillion_async._publishing.opened import Entry, Fingerprint, NoFileError, OpenFolder
from matillion_async._publishing.secret_files import KeyFinder, is_secret_name

MAX_FILE_SIZE = 10 * 2**20
"""Bytes; pipelines and scripts are far smaller, and the API's own limit is not documented."""
PIECE_SIZE = 65_536
"""Bytes of a file that are read at a time."""
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
    fingerprint: Fingerprint | None = field(default=None, repr=False, compare=False)
    """What it was when it was checked; it is sent only if it is the same."""


def collect_files(
    folder: Path,
    exclude: str | Iterable[str] = (),
    max_file_size: int = MAX_FILE_SIZE,
    allow_secrets: str | Iterable[str] = (),
) -> list[SourceFile]:
    """The files below a folder that make a version, in the order of their names. It reads each of them.

    ``.gitignore`` files in the folder are honoured as Git does it, and are not among the files; nor is ``.git``.

    Args:
        folder: its paths are those in the project.
        exclude: further patterns as in a ``.gitignore`` at the top of the folder; they win over the files, so that
            ``!build/`` takes in what these leave out.
        max_file_size: bytes.
        allow_secrets: names of files, as in the project, that are taken although they look like secrets.

    Raises:
        InvalidRequestError: there is no such folder, no file in it is left, or files cannot be sent: no text in UTF-8, too
            large, a link out of the folder or to a folder, unreadable, or what looks like a secret. It names each.
    """
    if not folder.is_dir():
        raise InvalidRequestError(f"{str(folder)!r} is not a folder")
    allowed = {allow_secrets} if isinstance(allow_secrets, str) else {*allow_secrets}
    files: list[SourceFile] = []
    problems: list[str] = []
    rules = [("", IgnoreRules([exclude] if isinstance(exclude, str) else exclude))]
    try:
        with OpenFolder.at(folder) as root:
            check = _Check(root, max_file_size, allowed)
            for found in _walk(root, "", rules):
                try:
                    files.append(check.file(found))
                except _UnfitError as error:
                    problems.append(f"{found.name!r} {error}")
                except OSError as error:
                    problems.append(f"{found.name!r} cannot be read: {error.strerror}")
    except OSError as error:
        raise InvalidRequestError(f"{error.filename!r} cannot be read: {error.strerror}") from None
    problems += [
        f"{name!r} is in allow_secrets, and there is no such file"
        for name in sorted(allowed - check.seen)
    ]
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that is not excluded."""

    name: str
    folder: OpenFolder
    entry: Entry


_Rules = list[tuple[str, IgnoreRules]]
"""Patterns with the folder, as the beginning of a name, that they are relative to; the first ones are the caller's."""


def _walk(folder: OpenFolder, prefix: str, rules: _Rules) -> Iterator[_Found]:
    """All that is not excluded, folders themselves aside, while the folder that it is in is open."""
    entries = folder.entries()
    own = next((entry for entry in entries if entry.name == _RULES and not entry.is_folder), None)
    if own is not None:
        rules = [*rules, (prefix, _own_rules(folder, f"{prefix}{_RULES}"))]
    for entry in entries:
        name = prefix + entry.name
        if entry.name in (_REPOSITORY, _RULES) or _is_excluded(name, entry.is_folder, rules):
            continue
        if entry.is_folder:
            with folder.folder(entry.name) as inner:
                yield from _walk(inner, f"{name}/", rules)
        else:
            yield _Found(name, folder, entry)


def _own_rules(folder: OpenFolder, name: str) -> IgnoreRules:
    try:
        with folder.file(_RULES) as file:
            lines = file.read().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except NoFileError:  # Git reads none that is a link, and would add what it leaves out
        raise InvalidRequestError(
            f"{name!r} is not a file, so that its patterns do not count"
        ) from None
    return IgnoreRules(lines)


def _is_excluded(name: str, is_folder: bool, rules: _Rules) -> bool:
    """The caller's rules decide first, then those nearest to the file."""
    for prefix, level in [rules[0], *reversed(rules[1:])]:
        decided = level.leave_out(name.removeprefix(prefix), is_folder)
        if decided is not None:
            return decided
    return False


class _Check:
    """Reads files, and tells those that cannot be sent.

    Args:
        root: the folder as a whole.
        max_file_size: bytes.
        allowed: names of files that may look like secrets.
    """

    def __init__(self, root: OpenFolder, max_file_size: int, allowed: set[str]) -> None:
        self._root = root
        self._max_file_size = max_file_size
        self._allowed = allowed
        self.seen: set[str] = set()
        """Names of files, whether or not they can be sent."""

    def file(self, found: _Found) -> SourceFile:
        """A file that can be sent.

        Raises:
            _UnfitError: it cannot.
        """
        name = found.name
        self.seen.add(name)
        if _UNSAFE.search(name) or not name.isprintable():
            raise _UnfitError(
                "has a name that a form cannot carry: quotes, backslashes or unprintable"
            )
        with ExitStack() as stack:
            folder, last = found.folder, found.entry.name
            names = [name]
            if found.entry.is_link:
                *parents, last = self._target(folder.path / last)
                names.append("/".join((*parents, last)))
                folder = self._root
                for parent in parents:
                    folder = stack.enter_context(folder.folder(parent))
            if name not in self._allowed and any(map(is_secret_name, names)):
                raise _UnfitError(f"looks like a secret by its name: {_ALLOW}")
            try:
                file = stack.enter_context(folder.file(last))
            except NoFileError:
                raise _UnfitError("is neither a file nor a folder") from None
            fingerprint = Fingerprint.of(file)
            if fingerprint.size > self._max_file_size:
                raise _UnfitError(
                    f"has {fingerprint.size} bytes, and max_file_size is {self._max_file_size}"
                )
            size = _text_size(file, may_hold_key=name in self._allowed)
            return SourceFile(name, size, folder.path / last, fingerprint)

    def _target(self, link: Path) -> tuple[str, ...]:
        """The path in the folder as a whole of what a link leads to."""
        root = self._root.path.resolve()
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: how Python before 3.13 reports a loop
            raise _UnfitError("is a link that leads nowhere") from None
        if not target.is_relative_to(root):
            raise _UnfitError(f"is a link out of the folder, to {str(target)!r}")
        parts = target.relative_to(root).parts
        if _REPOSITORY in parts:
            raise _UnfitError("is a link into .git")
        if target.is_dir():
            raise _UnfitError("is a link to a folder")
        return parts


_ALLOW = "exclude it, or allow it by its name (allow_secrets)"


def _text_size(file: BinaryIO, *, may_hold_key: bool) -> int:
    """How many bytes of text a file has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    keys = KeyFinder()
    size = 0
    while True:
        piece = file.read(PIECE_SIZE)
        if b"\0" in piece:
            raise _UnfitError("is not a text file: it has a NUL byte")
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            raise _UnfitError("is not a text file in UTF-8") from None
        keys.read(piece)
        if keys.has_found and not may_hold_key:
            raise _UnfitError(f"holds a private key: {_ALLOW}")
        size += len(piece)
        if not piece:
            return size

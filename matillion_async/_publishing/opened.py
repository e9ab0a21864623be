"""Folders and files that are opened without following links, and known by what was opened rather than by their names.

A name may lead elsewhere by the time that it is used: a file or a folder on its way can be replaced by a link. Where the
system can, each folder is held open and what is in it is opened from there. Elsewhere, as on Windows, a path is looked at
again once it is open: it must be the real one, and lead to the same file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FROM_FOLDERS = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_READ = sum(
    getattr(os, name, 0)
    for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
"""Without O_NONBLOCK a pipe would be waited for."""
_ENTER = _READ | getattr(os, "O_DIRECTORY", 0)


class NoFileError(Exception):
    """What was to be opened is not a regular file."""


class ChangedError(Exception):
    """A file is another one than before."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells a file from one that took its place, and from itself after a change."""

    device: int
    inode: int
    size: int
    modified: int

    @staticmethod
    def of(file: BinaryIO) -> Fingerprint:
        """That of a file that is open."""
        found = os.fstat(file.fileno())
        return Fingerprint(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Entry:
    """What there is in a folder under a name."""

    name: str
    is_folder: bool
    is_link: bool


class OpenFolder:
    """A folder in which files and folders are opened by their names, none of them over a link.

    Args:
        path: where it is; itself it may be reached over links.
    """

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self.path = path
        self._descriptor = descriptor

    @staticmethod
    @contextmanager
    def at(path: Path) -> Iterator[OpenFolder]:
        """Open a folder, and close it at the end of the block."""
        if not _FROM_FOLDERS:
            yield OpenFolder(Path(os.path.realpath(path)), None)
            return
        descriptor = os.open(path, _ENTER & ~getattr(os, "O_NOFOLLOW", 0))
        try:
            yield OpenFolder(path, descriptor)
        finally:
            os.close(descriptor)

    def entries(self) -> list[Entry]:
        """What is in it, in the order of the names."""
        where: int | Path = self.path if self._descriptor is None else self._descriptor
        with _naming(self.path), os.scandir(where) as entries:
            return sorted(
                (
                    Entry(entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink())
                    for entry in entries
                ),
                key=lambda entry: entry.name,
            )

    @contextmanager
    def folder(self, name: str) -> Iterator[OpenFolder]:
        """Open a folder in it, and close that at the end of the block."""
        path = self.path / name
        if self._descriptor is None:
            _check_real(path)
            yield OpenFolder(path, None)
            return
        with _naming(path):
            descriptor = os.open(name, _ENTER, dir_fd=self._descriptor)
        try:
            yield OpenFolder(path, descriptor)
        finally:
            os.close(descriptor)

    def file(self, name: str) -> BinaryIO:
        """Open a regular file in it.

        Raises:
            NoFileError: it is not a file.
        """
        path = self.path / name
        if self._descriptor is None:
            file = open_file(path)
            with _closed_on_error(file):
                _check_real(path)
                if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    raise _replaced(path)
            return file
        with _naming(path):
            found = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
            _check_regular(found)  # before it is opened: opening a device may do something
            descriptor = os.open(name, _READ, dir_fd=self._descriptor)
        return _regular(descriptor)


def open_file(path: Path) -> BinaryIO:
    """Open a regular file that is not a link itself.

    Raises:
        NoFileError: it is not a file.
    """
    _check_regular(path.lstat())
    return _regular(os.open(path, _READ))


def reopened(path: Path, fingerprint: Fingerprint | None) -> BinaryIO:
    """Open a file that was open before; None if it was not.

    Raises:
        ChangedError: what is there is not what was there.
    """
    try:
        file = open_file(path)
    except NoFileError:
        raise ChangedError from None
    with _closed_on_error(file):
        if fingerprint is not None and fingerprint != Fingerprint.of(file):
            raise ChangedError
    return file


def _regular(descriptor: int) -> BinaryIO:
    file = os.fdopen(descriptor, "rb")
    with _closed_on_error(file):
        _check_regular(os.fstat(descriptor))
    return file


def _check_regular(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NoFileError


def _check_real(path: Path) -> None:
    if os.path.realpath(path) != str(path):
        raise _replaced(path)


def _replaced(path: Path) -> OSError:
    return OSError(errno.ELOOP, "it was replaced by a link", str(path))


@contextmanager
def _closed_on_error(file: BinaryIO) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            file.close()
        raise


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error have the whole path, of which the system knows the last part only."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise

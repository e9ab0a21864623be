"""What all processes of this machine and user share: a small SQLite database in the user's runtime folder."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

from matillion_async._backoff import Backoff
from matillion_async._share.place import TIMEOUT, Change, CrowdedError, ShareError, T
from matillion_async._share.record import FORMAT

UNUSED = 86400.0
"""Seconds after which a value that nobody changed is removed."""
LOOK_AGAIN = 1.0
"""Seconds between two looks whether the file is still the one that others find."""
PATIENCE = 0.6 * TIMEOUT
"""Seconds for which it waits for the processes that write; it is the first to say why it took so long."""
# Seconds until the next try to get the lock that another process has: longer each time, since where many try, trying is what takes the time.
_PAUSE = Backoff(first=0.0008, factor=1.2, longest=0.03, jitter=0.8)
_LOG_PAGES = (
    64  # of 4 KiB, after which SQLite empties its log into the database: a runtime folder is memory
)
_SELECT = "SELECT value FROM share WHERE name = ?"
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOG_IS_GONE = sqlite3.SQLITE_IOERR_SHORT_READ
_SESSIONS = Path("/run/user")


def runtime_folder() -> Path:
    """The folder of this user for what lives as long as the machine runs.

    It is the same for a session, which has its name in the environment, and for what cron or a service manager starts.
    """
    if sys.platform == "win32":
        user = os.environ.get("USERNAME", "user")
    else:
        user = str(os.getuid())
    for base in (Path(os.environ.get("XDG_RUNTIME_DIR", "")), _SESSIONS / str(user)):
        if base.is_absolute() and base.is_dir():  # the specification says to ignore a relative one
            return base / "matillion-async"
    return Path(tempfile.gettempdir()) / f"matillion-async-{user}"


def make_private(folder: Path) -> None:
    """Make a folder that is for this user only.

    Raises:
        ShareError: it is there, and is somebody else's, or others may use it.
    """
    with contextlib.suppress(FileExistsError):  # what is there is looked at below
        folder.mkdir(mode=0o700, parents=True)
    status = folder.lstat()
    is_mine = sys.platform == "win32" or status.st_uid == os.getuid()
    if not stat.S_ISDIR(status.st_mode) or not is_mine:
        raise ShareError(f"{folder} is not a folder of this user")
    if os.name == "posix" and status.st_mode & 0o077:
        raise ShareError(f"others may use {folder}: chmod 700 it")


class HostShare:
    """Values in a database that all processes of this user on this machine use. It needs nothing else, and waits for no other process
    but while one writes, which takes microseconds; a process that is killed meanwhile leaves the value as it was.

    Args:
        path: of the database; in the user's runtime folder unless given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None
        self._opened_by = 0  # the process
        self._inodes: tuple[int, ...] = ()
        self._looked_at = 0.0
        self._is_ready = False

    def __str__(self) -> str:
        try:
            return f"host ({self._file()})"
        except OSError:  # there is no folder for temporary files
            return "host"

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value as one step; see :class:`Share`. It waits only if another process is just writing."""
        try:
            return self._update(name, change)
        except (sqlite3.Error, OSError) as error:
            if not _is_busy(error):
                raise self._failed(error) from error
            return self._when_free(name, change)

    def look(self, name: str) -> tuple[bytes | None, float]:
        """What is kept, also while another process has locked it; see :class:`ReadableShare`."""
        row = None
        if self._opened is not None:
            with contextlib.suppress(sqlite3.Error):  # it is only being made
                row = self._opened.execute(_SELECT, (name,)).fetchone()
        return None if row is None else bytes(row[0]), time.monotonic()

    async def aclose(self) -> None:
        """Close the database."""
        self._close()

    async def _when_free(self, name: str, change: Change[T]) -> T:
        began, attempts, version = time.monotonic(), 0, self._version()
        while True:
            attempts += 1
            await asyncio.sleep(_PAUSE.pause(attempts))
            try:
                return self._update(name, change)
            except (sqlite3.Error, OSError) as error:
                if not _is_busy(error):
                    raise self._failed(error) from error
                if time.monotonic() - began > PATIENCE:
                    raise (CrowdedError if self._version() != version else TimeoutError) from None

    def _version(self) -> int:
        """Another number when another process has changed something; it waits for nobody."""
        if self._opened is None:
            return 0
        try:
            return int(self._opened.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return 0  # it is only being made

    def _update(self, name: str, change: Change[T]) -> T:
        connection = self._connection()
        is_first = not self._is_ready
        if is_first:
            self._make_ready(connection)
        collects = gc.isenabled()
        gc.disable()  # a collection may take a tenth of a second, for which all other processes would wait
        try:
            connection.execute("BEGIN IMMEDIATE")
            now = time.monotonic()
            if is_first:
                connection.execute(
                    "DELETE FROM share WHERE changed_at < ? OR changed_at > ?",
                    (now - UNUSED, now + 1),
                )
            row = connection.execute(_SELECT, (name,)).fetchone()
            value, result = change(None if row is None else bytes(row[0]), now)
            if value is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO share (name, value, changed_at) VALUES (?, ?, ?)",
                    (name, value, now),
                )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            if collects:
                gc.enable()
        if is_first:
            self._is_ready, self._inodes = True, self._found()
        return result

    def _connection(self) -> sqlite3.Connection:
        """The database that others find under its name now."""
        now = time.monotonic()
        if self._opened_by != os.getpid():
            self._leave_to_parent()
        if self._opened is not None and now < self._looked_at + LOOK_AGAIN:
            return self._opened
        path = self._file()
        if self._path is None:
            make_private(path.parent)
        if self._opened is not None and self._inodes == self._found():
            self._looked_at = now
            return self._opened
        self._close()
        if not path.exists():
            path.touch(mode=0o600, exist_ok=True)
        self._inodes = self._found()
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        self._opened, self._looked_at, self._is_ready = connection, now, False
        return connection

    def _make_ready(self, connection: sqlite3.Connection) -> None:
        """Set up what was opened; it may be tried again where another process is just writing."""
        # What a crash of the machine loses is of no use after it; no crash of a process loses anything.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS share"
            " (name TEXT PRIMARY KEY, value BLOB NOT NULL, changed_at REAL NOT NULL) WITHOUT ROWID"
        )

    def _found(self) -> tuple[int, ...]:
        """The files that others find now: a cleaner of old files may have taken one of them only; 0 for one that is not there."""
        inodes: list[int] = []
        for path in self._files():
            try:
                inodes.append(path.stat().st_ino)
            except FileNotFoundError:
                inodes.append(0)
        return tuple(inodes)

    def _files(self) -> tuple[Path, ...]:
        path = self._file()
        return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))

    def _file(self) -> Path:
        return self._path or runtime_folder() / f"share-{FORMAT}.sqlite"

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _leave_to_parent(self) -> None:
        """After a fork: what the parent opened must not even be closed here, since its locks are the parent's."""
        if self._opened is not None:
            _OF_PARENTS.append(self._opened)
            self._opened = None
        self._opened_by = os.getpid()

    def _failed(self, error: sqlite3.Error | OSError) -> ShareError:
        """Why it cannot be used, for its user; what is broken is removed, and the next change makes it anew."""
        self._close()
        if isinstance(error, OSError):
            return ShareError(error.strerror or type(error).__name__)
        code = getattr(error, "sqlite_errorcode", 0)
        # If it is another file by now, somebody else has made it anew. The log goes first: it must not be found by a new database.
        is_broken = code & 0xFF in _BROKEN or code == _LOG_IS_GONE
        if is_broken and self._found()[0] == self._inodes[0]:
            for path in reversed(self._files()):
                with contextlib.suppress(OSError):  # Windows removes nothing that is open
                    path.unlink()
        return ShareError(str(error))


_OF_PARENTS: list[sqlite3.Connection] = []


def _is_busy(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

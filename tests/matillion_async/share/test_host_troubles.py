"""What happens to the file that processes share: full disks, cleaners, forks, processes that stop while they write."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from inspect import isawaitable
from pathlib import Path

import pytest

from matillion_async._share.host import PATIENCE, HostShare, runtime_folder
from matillion_async._share.place import ShareError
from tests.matillion_async.share.test_host import add

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture
def share(tmp_path: Path) -> Iterator[HostShare]:
    share = HostShare(tmp_path / "share.sqlite")
    yield share
    asyncio.run(share.aclose())


async def updated(share: HostShare) -> int:
    """The count, also where another one is just writing."""
    result = share.update("a", add)
    return result if isinstance(result, int) else await result


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_each_of_its_files_may_be_removed(share: HostShare, tmp_path: Path, suffix: str) -> None:
    """A cleaner of old files takes one of them: all processes find the same value again."""
    share.update("a", add)
    (tmp_path / f"share.sqlite{suffix}").unlink()
    other = HostShare(tmp_path / "share.sqlite")
    for each in (other, share, other):
        each._looked_at = 0.0
        with contextlib.suppress(ShareError):  # told once; then it is made anew
            each.update("a", add)
    with_other = [other.update("a", add)]
    for _ in range(3):
        with_other.append(share.update("a", add))
        with_other.append(other.update("a", add))
    asyncio.run(other.aclose())
    first = with_other[0]
    assert isinstance(first, int)
    assert list(range(first, first + 7)) == with_other


def test_a_healthy_file_is_never_removed(share: HostShare, tmp_path: Path) -> None:
    """One process found it broken; another one has replaced it since."""
    other = HostShare(tmp_path / "share.sqlite")
    for each in (share, other):
        each.update("a", add)
    content = (tmp_path / "share.sqlite").read_bytes()
    share._looked_at = other._looked_at = 0.0
    (tmp_path / "share.sqlite").write_bytes(b"x" * len(content))
    counts = []
    for _ in range(4):
        for each in (share, other):
            try:
                counts.append(each.update("a", add))
            except (ShareError, sqlite3.Error):
                each._looked_at = 0.0
    share._looked_at = other._looked_at = 0.0
    last = share.update("a", add)
    assert isinstance(last, int)
    assert last + 1 == other.update("a", add)
    asyncio.run(other.aclose())


def test_a_change_of_a_closed_share_removes_nothing(share: HostShare, tmp_path: Path) -> None:
    """Another mistake than a broken file is no reason to remove what all use."""
    share.update("a", add)
    assert share._opened is not None
    inode = (tmp_path / "share.sqlite").stat().st_ino
    share._opened.close()
    with pytest.raises((ShareError, sqlite3.Error)):
        share.update("a", add)
    assert inode == (tmp_path / "share.sqlite").stat().st_ino
    assert 2 == share.update("a", add)


async def test_a_commit_that_is_held_up_is_made_again(share: HostShare, tmp_path: Path) -> None:
    """On a file system without a write-ahead log readers hold up writers, at the very end."""
    share.update("a", add)
    assert share._opened is not None
    share._opened.execute("PRAGMA journal_mode = DELETE")
    reader = sqlite3.connect(tmp_path / "share.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM share").fetchall()
    coming = share.update("a", add)
    assert isawaitable(coming)
    asyncio.get_running_loop().call_later(0.05, reader.execute, "COMMIT")
    assert 2 == await coming
    reader.close()


@posix
def test_why_it_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words: the disk is full, the folder is missing."""
    script = """
import asyncio, resource, sys
from pathlib import Path
from matillion_async._share.host import HostShare
from matillion_async._share.place import reason
share = HostShare(Path(sys.argv[1]))
share.update("a", lambda kept, now: (b"x", None))
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))
for n in range(3):
    try:
        share.update("a", lambda kept, now: (b"x" * 100000, None))
    except Exception as error:
        print(reason(error))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(share.update("a", lambda kept, now: (None, kept)))
asyncio.run(share.aclose())
"""
    command = [sys.executable, "-c", script, str(tmp_path / "share.sqlite")]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert 4 == len(said)
    assert "b'x'" == said[-1]
    assert all("disk" in line for line in said[:3]), said


@posix
def test_the_folder_is_the_same_for_all_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever they were started, and where the runtime folder of a session is not there."""
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr("matillion_async._share.host._SESSIONS", tmp_path / "sessions")
    fallback = tmp_path / f"matillion-async-{os.getuid()}"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "relative/to/nothing")
    assert fallback == runtime_folder()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "missing"))
    assert fallback == runtime_folder()
    session = tmp_path / "sessions" / str(os.getuid())
    session.mkdir(parents=True)
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session / "matillion-async" == runtime_folder()


@posix
def test_a_connection_is_not_used_after_a_fork(share: HostShare) -> None:
    """SQLite forbids it; the child opens its own, and the parent's goes on."""
    share.update("a", add)
    ours = share._opened
    child = os.fork()
    if not child:
        result = share.update("a", add)
        os._exit(0 if result == 2 and share._opened is not ours else 1)
    assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert 3 == share.update("a", add)
    assert share._opened is ours


STOPPED = """
import os, signal, sys
from pathlib import Path
from matillion_async._share.host import HostShare

def change(kept, now):
    print("writing", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
    return b"100", None

HostShare(Path(sys.argv[1])).update("a", change)
"""


@posix
def test_a_process_that_is_stopped_while_it_writes(share: HostShare, tmp_path: Path) -> None:
    """The others wait half a second, without holding up their loops, and use it again once it goes on."""
    share.update("a", add)
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "share.sqlite")]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    try:
        writer.stdout.readline()
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            asyncio.run(updated(share))
        assert time.monotonic() - began >= PATIENCE
        writer.send_signal(signal.SIGCONT)
        assert 0 == writer.wait(20)
        assert 101 == asyncio.run(updated(share))
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_it_stays_small(share: HostShare, tmp_path: Path) -> None:
    """However often it is written: a runtime folder is memory."""
    for _ in range(2000):
        share.update("a", lambda kept, now: (b"x" * 30000, None))
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sum(sizes.values()) < 2_000_000, sizes

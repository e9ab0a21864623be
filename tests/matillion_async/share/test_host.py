"""The database that the processes of a machine share."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from inspect import isawaitable
from pathlib import Path

import pytest

from matillion_async._share.host import HostShare, make_private, runtime_folder
from matillion_async._share.place import ShareError, shown

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files")


def add(kept: bytes | None, now: float) -> tuple[bytes, int]:
    """A change that counts."""
    count = int(kept or b"0") + 1
    return b"%d" % count, count


@pytest.fixture
def share(tmp_path: Path) -> Iterator[HostShare]:
    share = HostShare(tmp_path / "share.sqlite")
    yield share
    asyncio.run(share.aclose())


def test_a_change_is_kept(share: HostShare, tmp_path: Path) -> None:
    """Also for the next one who opens the database, and under its own name only."""
    assert 1 == share.update("a", add)
    assert 2 == share.update("a", add)
    assert 1 == share.update("b", add)
    other = HostShare(tmp_path / "share.sqlite")
    assert 3 == other.update("a", add)
    asyncio.run(other.aclose())
    asyncio.run(share.aclose())
    assert ["share.sqlite"] == [path.name for path in tmp_path.iterdir()]


def test_a_look_changes_nothing(share: HostShare) -> None:
    """None as the new value leaves what is there."""
    share.update("a", add)
    assert b"1" == share.update("a", lambda kept, now: (None, kept))
    assert 2 == share.update("a", add)


def test_the_time_is_that_of_the_machine(share: HostShare) -> None:
    """A clock that all processes have in common, and that nobody sets."""
    before = time.monotonic()
    now = share.update("a", lambda kept, now: (None, now))
    assert isinstance(now, float)
    assert before <= now <= time.monotonic()
    script = "import time; print(time.monotonic())"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert before <= float(said) <= time.monotonic()


def test_nobody_waits_for_a_garbage_collection(share: HostShare) -> None:
    """One of a large program takes a tenth of a second, in which no other process could change anything."""

    def fail(kept: bytes | None, now: float) -> tuple[None, None]:
        assert not gc.isenabled()
        raise KeyError

    collects = share.update("a", lambda kept, now: (None, gc.isenabled()))
    assert collects is False
    assert gc.isenabled()
    with pytest.raises(KeyError):
        share.update("a", fail)
    assert gc.isenabled()
    gc.disable()  # by the program itself
    try:
        share.update("a", add)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_change_that_fails_leaves_what_was_there(share: HostShare) -> None:
    """And the database is free for others."""
    share.update("a", add)

    def fails(kept: bytes | None, now: float) -> tuple[bytes, None]:
        raise KeyError

    with pytest.raises(KeyError):
        share.update("a", fails)
    assert 2 == share.update("a", add)


async def test_it_waits_while_another_process_writes(share: HostShare, tmp_path: Path) -> None:
    """Without holding up the event loop, and for half a second at most."""
    share.update("a", add)
    other = sqlite3.connect(tmp_path / "share.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    coming = share.update("a", add)
    assert isawaitable(coming)
    task = asyncio.ensure_future(coming)
    await asyncio.sleep(0.02)
    assert not task.done()
    other.execute("COMMIT")
    assert 2 == await task
    other.execute("BEGIN IMMEDIATE")
    coming = share.update("a", add)
    assert isawaitable(coming)
    with pytest.raises(TimeoutError):
        await coming
    other.execute("ROLLBACK")
    other.close()
    assert 3 == share.update("a", add)


def test_a_file_that_was_removed_is_made_anew(share: HostShare, tmp_path: Path) -> None:
    """All processes then find the same one again."""
    share.update("a", add)
    for path in tmp_path.iterdir():
        path.unlink()
    other = HostShare(tmp_path / "share.sqlite")
    assert 1 == other.update("a", add)
    share._looked_at = 0.0
    assert 2 == share.update("a", add)
    asyncio.run(other.aclose())


def test_a_file_that_is_no_database(share: HostShare, tmp_path: Path) -> None:
    """It is told once, and is replaced."""
    (tmp_path / "share.sqlite").write_bytes(b"x" * 5000)
    with pytest.raises(ShareError, match="not a database"):
        share.update("a", add)
    assert 1 == share.update("a", add)


def test_what_nobody_changed_for_a_day_is_removed(share: HostShare, tmp_path: Path) -> None:
    """And what comes from before the machine was started."""
    share.update("old", add)
    share.update("future", add)
    share.update("new", add)
    database = sqlite3.connect(tmp_path / "share.sqlite", isolation_level=None)
    database.execute("UPDATE share SET changed_at = changed_at - 86401 WHERE name = 'old'")
    database.execute("UPDATE share SET changed_at = changed_at + 1000 WHERE name = 'future'")
    other = HostShare(tmp_path / "share.sqlite")
    other.update("new", add)
    assert [("new",)] == database.execute("SELECT name FROM share").fetchall()
    database.close()
    asyncio.run(other.aclose())


WRITER = """
import sys
from pathlib import Path
from matillion_async._share.host import HostShare
import asyncio, inspect

async def main():
    share = HostShare(Path(sys.argv[1]))
    def add(kept, now):
        count = int(kept or b"0") + 1
        return b"%d" % count + b" " * 4000, count
    print("ready", flush=True)
    for _ in range(int(sys.argv[2])):
        done = share.update("a", add)
        if inspect.isawaitable(done):
            await done
    await share.aclose()

asyncio.run(main())
"""


def test_no_change_of_several_processes_is_lost(share: HostShare, tmp_path: Path) -> None:
    """Each is one step."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "share.sqlite"), "300"]
    writers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [0, 0, 0] == [writer.wait(30) for writer in writers]
    assert 901 == share.update("a", add)


def test_a_process_that_is_killed_at_any_moment(share: HostShare, tmp_path: Path) -> None:
    """What is kept is whole, and nobody waits for it."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "share.sqlite"), "1000000"]
    for n in range(5):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 + 0.007 * n)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        before = share.update("a", lambda kept, now: (None, int(kept or b"0")))
        assert isinstance(before, int)
        assert before + 1 == share.update("a", add)


def test_no_folder_can_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose file system is for reading only: it is told, and so is the place."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("matillion_async._share.host._SESSIONS", tmp_path / "sessions")

    def none_is_usable() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in […]")

    monkeypatch.setattr("tempfile.gettempdir", none_is_usable)
    share = HostShare()
    assert "host" == shown(share)
    with pytest.raises(ShareError, match="No usable temporary directory found"):
        share.update("a", add)


@posix
def test_the_folder_is_for_this_user_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the user's runtime folder, or in that for temporary files; one that others may use is refused."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = runtime_folder()
    assert folder == tmp_path / "matillion-async"
    make_private(folder)
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
    folder.chmod(0o770)
    with pytest.raises(ShareError, match="others may use"):
        make_private(folder)
    folder.rmdir()
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ShareError, match="not a folder of this user"):
        make_private(folder)
    folder.unlink()
    folder.write_text("a file")
    with pytest.raises(ShareError, match="not a folder of this user"):
        make_private(folder)
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("matillion_async._share.host._SESSIONS", tmp_path / "sessions")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert runtime_folder() == tmp_path / f"matillion-async-{os.getuid()}"


@posix
def test_the_file_is_for_this_user_only(share: HostShare, tmp_path: Path) -> None:
    """Whatever the mask of the process says, and what SQLite puts beside it too."""
    old = os.umask(0)
    try:
        share.update("a", add)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(old)
    assert {0o600} == set(modes.values())
    assert len(modes) >= 2

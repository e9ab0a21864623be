"""Files and folders that are opened without following links, whoever puts links in their way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from matillion_async._publishing import opened
from matillion_async._publishing.artifact_files import collect_files
from matillion_async._publishing.opened import (
    ChangedError,
    Fingerprint,
    NoFileError,
    OpenFolder,
    open_file,
    reopened,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture(params=[True, False], ids=["from-folders", "by-paths"])
def _both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a system can open files from folders, and as where it cannot."""
    monkeypatch.setattr(opened, "_FROM_FOLDERS", request.param)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a file in a folder, beside another one of which nothing may be read."""
    for folder in ("project/a", "outside"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.yaml").write_text(folder)
    return tmp_path / "project"


def swap(path: Path, target: Path) -> None:
    """Put a link in the place of a file or folder."""
    path.rename(path.with_name("moved"))
    path.symlink_to(target)


@pytest.mark.usefixtures("_both")
def test_a_folder_that_becomes_a_link(project: Path) -> None:
    """It is not entered, though it was a folder when it was listed."""
    with OpenFolder.at(project) as root:
        assert [("a", True, False)] == [
            (entry.name, entry.is_folder, entry.is_link) for entry in root.entries()
        ]
        swap(project / "a", project.parent / "outside")
        with pytest.raises(OSError, match=r"link|[Nn]ot a directory") as caught, root.folder("a"):
            pytest.fail("it was entered")
        assert str(project / "a") == caught.value.filename


@pytest.mark.usefixtures("_both")
def test_a_folder_that_becomes_a_link_once_it_is_open(project: Path) -> None:
    """What is read is in the folder that was opened, or nothing."""
    with OpenFolder.at(project) as root, root.folder("a") as folder:
        swap(project / "a", project.parent / "outside")
        try:
            with folder.file("x.yaml") as file:
                assert b"project/a" == file.read()
        except OSError as error:
            assert "it was replaced by a link" == error.strerror  # noqa: PT017 - either is right


@pytest.mark.usefixtures("_both")
def test_a_file_that_becomes_a_link(project: Path) -> None:
    """It is not opened."""
    with OpenFolder.at(project) as root, root.folder("a") as folder:
        swap(project / "a/x.yaml", project.parent / "outside/x.yaml")
        with pytest.raises(NoFileError):
            folder.file("x.yaml")


@pytest.mark.usefixtures("_both")
def test_what_is_no_file(project: Path) -> None:
    """A pipe is not waited for, and a folder is not a file."""
    os.mkfifo(project / "pipe")
    with OpenFolder.at(project) as root:
        for name in ("pipe", "a"):
            with pytest.raises(NoFileError):
                root.file(name)


@pytest.mark.usefixtures("_both")
def test_a_file_that_becomes_a_pipe(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for, though it was a file a moment before it was opened."""
    check = opened._check_regular
    path = project / "a/x.yaml"

    def check_and_swap(found: os.stat_result) -> None:
        monkeypatch.setattr(opened, "_check_regular", check)
        path.unlink()
        os.mkfifo(path)

    monkeypatch.setattr(opened, "_check_regular", check_and_swap)
    with OpenFolder.at(project) as root, root.folder("a") as folder, pytest.raises(NoFileError):
        folder.file("x.yaml")


def test_a_link_that_is_gone_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only paths can be looked at, what was opened must be what is there afterwards."""
    outside = project.parent / "outside/x.yaml"
    monkeypatch.setattr(opened, "_FROM_FOLDERS", False)
    monkeypatch.setattr(opened, "open_file", lambda path: outside.open("rb"))
    refused = pytest.raises(OSError, match="it was replaced by a link")
    with OpenFolder.at(project) as root, root.folder("a") as folder, refused:
        folder.file("x.yaml")


@pytest.mark.usefixtures("_both")
def test_links_in_the_folder(project: Path) -> None:
    """A link to a file in it is that file, however the folder itself is reached."""
    (project / "b.yaml").symlink_to("a/x.yaml")
    (project.parent / "link").symlink_to(project)
    assert [("a/x.yaml", "x.yaml"), ("b.yaml", "x.yaml")] == [
        (file.name, file.path.name) for file in collect_files(project.parent / "link")
    ]


def test_no_descriptor_is_left_open(project: Path) -> None:
    """Neither by what is read nor by what is refused."""
    before = os.listdir("/dev/fd")  # noqa: PTH208 - not a folder like others
    collect_files(project)
    with OpenFolder.at(project) as root, pytest.raises(NoFileError):
        root.file("a")
    assert before == os.listdir("/dev/fd")  # noqa: PTH208


@pytest.mark.parametrize("change", ["link", "replaced", "written", "pipe"])
def test_a_file_that_is_another_one_later(project: Path, change: str) -> None:
    """A file of the same name and length is not the same file; nor is one with other text in it."""
    path = project / "a/x.yaml"
    with open_file(path) as file:
        fingerprint = Fingerprint.of(file)
    with reopened(path, fingerprint) as file:
        assert b"project/a" == file.read()
    if change == "link":
        (project.parent / "outside/x.yaml").write_text("9 letters")
        swap(path, project.parent / "outside/x.yaml")
    elif change == "written":
        path.write_text("9 letters")
        os.utime(path, ns=(0, fingerprint.modified + 1))  # clocks of file systems are coarse
    else:
        path.rename(path.with_name("moved"))
        path.write_text("9 letters") if change == "replaced" else os.mkfifo(path)
    with pytest.raises(ChangedError):
        reopened(path, fingerprint)

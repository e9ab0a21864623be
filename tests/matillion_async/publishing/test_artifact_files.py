"""Which files of a folder are published, and which folders cannot be."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from matillion_async import InvalidRequestError
from matillion_async._publishing.artifact_files import collect_files


def write(folder: Path, *names: str) -> Path:
    """A folder with text files."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return folder


def names(folder: Path, exclude: str | Sequence[str] = ()) -> list[str]:
    return [file.name for file in collect_files(folder, exclude)]


def refusal(folder: Path, exclude: str | Sequence[str] = (), max_file_size: int = 1000) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        collect_files(folder, exclude, max_file_size)
    return caught.value.message


def test_files_have_their_paths_below_the_folder(tmp_path: Path) -> None:
    """Names are relative, with forward slashes, in order; sizes are in bytes; hidden files are among them."""
    write(tmp_path, "b.sql", "a/c d.orch.yaml", "a/b/ü.tran.yaml", ".hidden/x.yaml")
    (tmp_path / "b.sql").write_text("größe", encoding="utf-8")
    found = collect_files(tmp_path)
    assert [
        (".hidden/x.yaml", 4),
        ("a/b/ü.tran.yaml", 4),
        ("a/c d.orch.yaml", 4),
        ("b.sql", 7),
    ] == [(file.name, file.size) for file in found]
    assert [tmp_path / file.name for file in found] == [file.path for file in found]


def test_git_is_never_published(tmp_path: Path) -> None:
    """.git is left out as a folder and as a file, and so are .gitignore files, whatever the patterns say."""
    write(tmp_path, ".git/config", "sub/.git", "sub/.gitignore", "x.yaml")
    assert ["x.yaml"] == names(tmp_path, ["!.git/", "!.git", "!.gitignore"])


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        ((), ["a.log", "build/x.yaml", "keep/a.log", "src/build/y.yaml"]),
        ("*.log", ["build/x.yaml", "src/build/y.yaml"]),
        (["*.log", "!keep/a.log"], ["build/x.yaml", "keep/a.log", "src/build/y.yaml"]),
        (["build/"], ["a.log", "keep/a.log"]),
        (["/build"], ["a.log", "keep/a.log", "src/build/y.yaml"]),
        (["# comment", "", "**/y.*"], ["a.log", "build/x.yaml", "keep/a.log"]),
        (["*", "!*/", "!*.yaml"], ["build/x.yaml", "src/build/y.yaml"]),
    ],
)
def test_exclude(tmp_path: Path, exclude: str | list[str], left: list[str]) -> None:
    """Patterns are those of a .gitignore at the top of the folder."""
    write(tmp_path, "a.log", "build/x.yaml", "keep/a.log", "src/build/y.yaml")
    assert left == names(tmp_path, exclude)


def test_gitignore_files_are_honoured(tmp_path: Path) -> None:
    """A deeper .gitignore wins over a higher one, and the caller's patterns win over all."""
    write(tmp_path, "a.log", "sub/a.log", "sub/b.log", "sub/deep/c.txt", "d.txt", "out/e.yaml")
    (tmp_path / ".gitignore").write_text("*.log\nout/\n/d.txt\n")
    (tmp_path / "sub/.gitignore").write_text("!b.log\n/deep\n")
    assert ["sub/b.log"] == names(tmp_path)
    assert ["a.log", "out/e.yaml"] == names(tmp_path, ["!a.log", "!out/", "sub"])


def test_no_folder(tmp_path: Path) -> None:
    """A path that is not a folder is named."""
    assert f"{str(tmp_path / 'x')!r} is not a folder" == refusal(tmp_path / "x")
    assert refusal(write(tmp_path, "file") / "file").endswith("file' is not a folder")


def test_an_empty_folder(tmp_path: Path) -> None:
    """A folder without files, or with none that is not excluded, is refused."""
    expected = f"there is nothing to publish: {str(tmp_path)!r} has no file that is not excluded"
    (tmp_path / "empty").mkdir()
    assert expected == refusal(tmp_path)
    assert expected == refusal(write(tmp_path, "a.log"), "*.log")


def test_every_file_that_cannot_be_sent_is_named(tmp_path: Path) -> None:
    """Binary files and those in another encoding are named with the reason; the message has one line."""
    write(tmp_path, "fine.yaml")
    (tmp_path / "a.zip").write_bytes(b"PK\3\4\0\0")
    (tmp_path / "b.sql").write_bytes("größe".encode("latin-1"))
    (tmp_path / "c.sql").write_bytes(b"x" * 70_000 + "ü".encode()[:1])
    assert (
        f"3 file(s) in {str(tmp_path)!r} cannot be published, exclude or change them: "
        "'a.zip' is not a text file: it has a NUL byte; "
        "'b.sql' is not a text file in UTF-8; "
        "'c.sql' is not a text file in UTF-8"
    ) == refusal(tmp_path, max_file_size=100_000)
    assert ["fine.yaml"] == names(tmp_path, ["a.zip", "*.sql"])


def test_text_is_read_across_pieces(tmp_path: Path) -> None:
    """A character may lie on the border of two pieces that are read."""
    (tmp_path / "a.sql").write_text("x" * 65_535 + "ü", encoding="utf-8")
    assert [65_537] == [file.size for file in collect_files(tmp_path)]


def test_many_problems(tmp_path: Path) -> None:
    """The message names twenty, and counts the others."""
    for number in range(25):
        (tmp_path / f"{number:02}.bin").write_bytes(b"\0")
    message = refusal(tmp_path)
    assert message.startswith("25 file(s)")
    assert message.endswith("'19.bin' is not a text file: it has a NUL byte; and 5 more")


def test_a_large_file(tmp_path: Path) -> None:
    """A file of 100 MiB is refused before it is read; max_file_size is the limit."""
    with (tmp_path / "big.sql").open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(InvalidRequestError) as caught:
        collect_files(tmp_path)
    assert caught.value.message.endswith(
        "'big.sql' has 104857600 bytes, and max_file_size is 10485760"
    )


def test_links(tmp_path: Path) -> None:
    """A link to a file in the folder is that file; any other link is refused with where it leads."""
    folder = write(tmp_path / "project", "a/x.yaml", ".git/config")
    outside = write(tmp_path / "outside", "secret.txt")
    (folder / "b.yaml").symlink_to("a/x.yaml")
    found = collect_files(folder)
    assert [("a/x.yaml", "x.yaml"), ("b.yaml", "x.yaml")] == [
        (file.name, file.path.name) for file in found
    ]
    (folder / "c.txt").symlink_to(outside / "secret.txt")
    (folder / "d").symlink_to(outside)
    (folder / "e").symlink_to("nowhere")
    (folder / "f").symlink_to("a")
    (folder / "g").symlink_to("g")
    (folder / "h").symlink_to(".git/config")
    message = refusal(folder)
    for part in (
        f"6 file(s) in {str(folder)!r}",
        f"'c.txt' is a link out of the folder, to {str(outside.resolve() / 'secret.txt')!r}",
        f"'d' is a link out of the folder, to {str(outside.resolve())!r}",
        "'e' is a link that leads nowhere",
        "'f' is a link to a folder",
        "'g' is a link that leads nowhere",
        "'h' is a link into .git",
    ):
        assert part in message
    assert ["a/x.yaml", "b.yaml"] == names(folder, ["/c.txt", "/d", "/e", "/f", "/g", "/h"])


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """Links in it are measured against where it really is."""
    folder = write(tmp_path / "project", "x.yaml")
    (folder / "y.yaml").symlink_to("x.yaml")
    (tmp_path / "link").symlink_to(folder)
    assert ["x.yaml", "y.yaml"] == names(tmp_path / "link")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names and files there")
def test_names_and_kinds_that_cannot_be_sent(tmp_path: Path) -> None:
    """Names with quotes, backslashes, line breaks or no Unicode, and what is not a file, are refused unread."""
    for name in (b'a".yaml', b"b\\.yaml", b"c\n.yaml", b"d\xff.yaml"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb"):  # noqa: PTH118, PTH123
            pass
    os.mkfifo(tmp_path / "pipe")
    message = refusal(tmp_path)
    assert 4 == message.count("has a name that a form cannot carry")
    assert message.endswith("'pipe' is neither a file nor a folder")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The reason is the system's."""
    (write(tmp_path, "a.yaml") / "a.yaml").chmod(0)
    assert refusal(tmp_path).endswith("'a.yaml' cannot be read: Permission denied")

"""Patterns of a .gitignore, compared with Git itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matillion_async._publishing.artifact_files import _walk
from matillion_async._publishing.gitignore import IgnoreRules
from matillion_async._publishing.opened import OpenFolder

SIGNS = [
    *(*"ab*?!#/[]-^\\ ", "**", "/**/", "**/", "*/", "[ab]", "[!a]", "[b-a]", ".x", "\t", "\r"),
    *("ü", "é", "??", "[ü]", "[!ü]", "[a-ü]", "\\ü", "日", "*.x", "[]-]"),
    *("[[:alpha:]]", "[[:space:]]", "[[:punct:]-a]", "[[:x:]]", "[[:"),
]
LINES = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join)
FILES = [
    *(f"{a}{b}{c}" for a in ("", "a/", "b/") for b in ("", "a/", "ab/") for c in ("x", "b.x", "-")),
    "a/b/a/b/c",
    "#a",
    "!b",
    "b ",
    "a]",
    "[",
    *("ü", "b/ü", "aü/é", "日", "a/日a", "\\a", "a\tb"),
]


def left_by_git(folder: Path) -> list[str]:
    """The files that Git would add."""
    completed = subprocess.run(
        [
            *("git", "-C", str(folder), "ls-files", "-z", "--others"),
            "--exclude-per-directory=.gitignore",
        ],
        check=True,
        capture_output=True,
    )
    names = filter(None, os.fsdecode(completed.stdout).split("\0"))
    return sorted(name for name in names if not name.endswith(".gitignore"))


def left_by_us(folder: Path) -> list[str]:
    with OpenFolder.at(folder) as opened:
        return sorted(found.name for found in _walk(opened, "", [("", IgnoreRules([]))]))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with files and folders of many names."""
    folder = tmp_path_factory.mktemp("tree")
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")
    subprocess.run(["git", "-C", str(folder), "init", "-q"], check=True)
    return folder


@pytest.mark.parametrize(
    ("top", "deeper"),
    [
        ("*.x\n/a\n", "!*.x\n"),
        ("*\n!*/\n!*.x\n", ""),
        ("b/\n!/b\nab\n", "x\n"),
        ("a/**\n!a/x\n**/b.x\n", "*\n!/x\n"),
        ("a/**/b\n\\#a\n\\!b\nb\\ \n[\n", "/a\n"),
        ("# comment\r\n\r\n*.x  \r\n", "\ufeffx\n"),
        ("a/*\n!a/ab\n*b/?", "!*\n"),
        ("[a]]\n[]]*\n[^a-y]\n[!b]/b.x\n\\\n", ""),
        ("/**\n!/**/\n!-\n", "**\n"),
        ("a**/x\n**b\nb//x\n", "**\\/x\n"),
        ("?\n??.x\n", "[ü]\n"),
        ("**\\/c\nb[/]x\n", "a[!b]x\n"),
        ("??\n", "[À-ÿ][¡-¿]\n"),
        ("*ü\n*[^a-z]a", "[[:upper:][:digit:]]\nab\\\n"),
    ],
)
def test_files_at_two_depths(tree: Path, top: str, deeper: str) -> None:
    """What is left is what Git would add: folders, negations, anchors, stars, sets, comments, line ends, a BOM."""
    (tree / ".gitignore").write_text(top, newline="")
    (tree / "b/.gitignore").write_text(deeper, newline="", encoding="utf-8")
    assert left_by_git(tree) == left_by_us(tree)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_any_lines(tree: Path, lines: list[str]) -> None:
    """Whatever the lines are, what is left is what Git would add."""
    (tree / "b/.gitignore").write_text("")
    (tree / ".gitignore").write_text("\n".join(lines), encoding="utf-8", newline="")
    assert left_by_git(tree) == left_by_us(tree)


@pytest.mark.parametrize(
    ("pattern", "path", "does_match"),
    [
        ("*a*a*a*a*a*a*a*a*ab", "a" * 255, False),
        ("*a*a*a*a*a*a*a*a*ab", "a" * 254 + "b", True),
        ("**/" * 10 + "b", "a/" * 1000 + "c", False),
        ("**/" * 1000 + "b", "a/" * 1000 + "b", True),
        ("/**/a" * 10, "a/" * 1000 + "b", False),
        ("*/" * 9 + "*?" * 50, "a/" * 8 + "a" * 200, False),
        ("[!b]*" * 60 + "b", "a" * 255, False),
        ("a" + " " * 100_000 + "b", "a", False),
        ("a" + "\\ " * 50_000, "a", False),
    ],
)
def test_patterns_that_take_a_detour(pattern: str, path: str, does_match: bool) -> None:
    """There is no going back in a text: what would take for ever is done at once."""
    assert (True if does_match else None) == IgnoreRules([pattern]).leave_out(path, False)


def test_names_that_are_no_text() -> None:
    """A file of any name can be left out; the bytes of a pattern are those of the name."""
    rules = IgnoreRules([b"\xff?.x", b"[\x80-\x90]"])
    names = [b"\xff\xfe.x", b"\xfe\xff.x", b"\x85", b"\x91"]
    assert [True, None, True, None] == [rules.leave_out(os.fsdecode(name), False) for name in names]


def test_rules_that_say_nothing() -> None:
    """A path that no pattern is about is not decided on."""
    rules = IgnoreRules(["*.log", "!keep.log", "out/"])
    assert [True, False, None, None, True] == [
        rules.leave_out("a/b.log", False),
        rules.leave_out("a/keep.log", False),
        rules.leave_out("a/b.yaml", False),
        rules.leave_out("a/out", False),
        rules.leave_out("a/out", True),
    ]

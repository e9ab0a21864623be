"""Patterns of a .gitignore, compared with Git itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matillion_async._publishing.artifact_files import collect_files
from matillion_async._publishing.gitignore import IgnoreRules

SIGNS = [*"ab*?!#/[]-^\\ ", "**", "/**/", "*/", "[ab]", "[!a]", "[b-a]", ".x"]
LINES = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join)
# What Git documents as invalid or does not document at all, and answers in odd ways.
LINES = LINES.filter(lambda line: not re.search(r"//|[^/]\*\*", line))
FILES = [
    *(f"{a}{b}{c}" for a in ("", "a/", "b/") for b in ("", "a/", "ab/") for c in ("x", "b.x", "-")),
    "a/b/a/b/c",
    "#a",
    "!b",
    "b ",
    "a]",
    "[",
]


def left_by_git(folder: Path) -> list[str]:
    """The files that Git would add."""
    (folder / "here").unlink(missing_ok=True)
    answer = subprocess.run(
        [
            *("git", "-C", str(folder), "ls-files", "-z", "--others"),
            "--exclude-per-directory=.gitignore",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    names = filter(None, answer.stdout.split("\0"))
    return sorted(name for name in names if not name.endswith(".gitignore"))


def left_by_us(folder: Path) -> list[str]:
    (folder / "here").write_text("text")  # so that there is always something to publish
    return sorted({file.name for file in collect_files(folder, "!here")} - {"here"})


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
    (tree / ".gitignore").write_text("\n".join(lines))
    assert left_by_git(tree) == left_by_us(tree)


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

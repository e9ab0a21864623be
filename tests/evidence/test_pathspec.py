"""What pathspec decides where a tree is walked, and why patterns are read without it."""

from __future__ import annotations

import pytest

from matillion_async._publishing.gitignore import IgnoreRules

pathspec = pytest.importorskip("pathspec", minversion="1.1", reason="only development needs it")


def left_out(lines: list[str], path: str) -> bool:
    is_match: bool = pathspec.GitIgnoreSpec.from_lines(lines).match_file(path)
    return is_match


def test_a_folder_in_a_list_of_wanted_files() -> None:
    """It leaves out a folder that Git walks into: whoever stays out of it finds nothing at all."""
    wanted = ["*", "!*/", "!*.yaml"]
    assert left_out(wanted, "folder/")
    assert not left_out(wanted, "folder/file.yaml")
    assert not IgnoreRules(wanted).leave_out("folder", True)


def test_a_file_in_a_folder_that_is_left_out() -> None:
    """It takes in a file that Git does not: nothing below a folder that is left out can come back."""
    lines = ["folder", "!folder/file.yaml"]
    assert not left_out(lines, "folder/file.yaml")
    assert IgnoreRules(lines).leave_out("folder", True)

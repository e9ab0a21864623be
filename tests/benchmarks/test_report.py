"""What benchmarks print, and where it is kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import benchmarks, run_one
from benchmarks._document import DOCUMENTS, marked, with_result
from benchmarks._report import Goal, Report, Table


def test_a_table_is_markdown() -> None:
    """Names on the left, numbers on the right."""
    table = Table(("", "ms"), [("ours", "1"), ("other", "20")])

    assert str(table) == "|  | ms |\n| --- | ---: |\n| ours | 1 |\n| other | 20 |"


def test_a_row_that_does_not_fit_its_head_is_refused() -> None:
    """A number must not appear under the wrong head."""
    with pytest.raises(ValueError, match="1 cells under a head of 2"):
        str(Table(("", "ms"), [("ours",)]))


@pytest.mark.parametrize(
    ("measured", "verdict"), [(1.149, "met"), (1.154, "met"), (1.156, "**missed**")]
)
def test_a_goal_is_judged_by_the_number_that_is_shown(measured: float, verdict: str) -> None:
    """Nobody reads 1.15 under "at most 1.15" with the word missed beside it."""
    assert Goal("ours / theirs", measured, 1.15).row()[-1] == verdict


def test_a_report_names_the_machine_and_the_versions() -> None:
    """Tables, goals, then what they were measured on."""
    *parts, machine = str(Report([Table(("", "ms"), [])], [Goal("a", 1, 2)])).split("\n\n")

    assert len(parts) == 2
    assert "cores of" in machine
    assert "httpx 0.28" in machine


TEXT = "# A\n<!-- benchmark a -->\nold\n<!-- end -->\n# B\n<!-- benchmark b -->\n<!-- end -->\n"


def test_a_result_replaces_the_one_before() -> None:
    """Only between the marks of its own name, and also twice."""
    once = with_result(TEXT, "a", "new\n")

    assert once == TEXT.replace("old", "\nnew\n")
    assert once == with_result(once, "a", "new")


def test_a_result_without_a_place_is_refused() -> None:
    """A new benchmark says what to write into the document; with two places nobody knows which is right."""
    with pytest.raises(ValueError, match="<!-- benchmark c -->"):
        with_result(TEXT, "c", "new")
    with pytest.raises(ValueError, match="2 places"):
        with_result(TEXT + TEXT, "a", "new")


def test_each_benchmark_has_its_place_and_its_command_in_the_document() -> None:
    """One page or the other shows every benchmark, and how to run it."""
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)

    assert sorted(marked(text)) == sorted(benchmarks())
    assert [] == [name for name in benchmarks() if f"`scripts/bench {name}`" not in text]


class Fake:
    """A benchmark that measures nothing."""

    @staticmethod
    def run(options: argparse.Namespace) -> str:
        return "| tables |"


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--write"], "| tables |"),
        (["--quick", "--write"], "| tables |\n\n*Measured with `--quick`.*"),
    ],
)
def test_what_was_measured_otherwise_says_so(
    arguments: list[str], kept: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Numbers of fewer repeats cannot pass in the document for those of all."""
    document = tmp_path / "performance.md"
    document.write_text("<!-- benchmark fake -->\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "benchmarks.fake", Fake)
    monkeypatch.setattr("benchmarks.__main__.DOCUMENTS", (document,))
    run_one("fake", arguments)
    assert with_result(document.read_text(encoding="utf-8"), "fake", kept) == document.read_text(
        encoding="utf-8"
    )

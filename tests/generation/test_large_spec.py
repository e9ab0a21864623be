"""A file of 3 MB with 1,000 operations: it is generated from, and whoever waits sees that something goes on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scripts._generation.__main__ import main
from scripts._generation.progress import Progress
from tests.generation.large_spec import large_spec


@pytest.mark.long
def test_a_thousand_operations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, with a line about it before it is read, and before each step that takes long."""
    spec = tmp_path / "large.json"
    spec.write_text(json.dumps(large_spec(), indent=1), encoding="utf-8")
    assert spec.stat().st_size > 3_000_000
    assert 0 == main(["--spec", str(spec), "--output", str(tmp_path / "made")])
    told = capsys.readouterr()
    assert [
        f"scripts/generate: {each} …"
        for each in (
            f"reading {spec} ({spec.stat().st_size / 1e6:.1f} MB)",
            "looking at its operations",
            "writing the code",
            "formatting it",
        )
    ] == told.err.splitlines()
    assert "1000 operation(s) generated, 0 left out" in told.out


def test_nothing_is_told_of_a_small_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody watches: it is done in a moment."""
    progress = Progress()
    progress.say("reading")
    progress.count("files", 1, 2)
    assert "" == capsys.readouterr().err


def test_progress_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each step; within one a percentage that is written over, each once."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = Progress()
    progress.say("writing")
    for done in range(401):
        progress.count("files", done, 400)
    progress.say("formatting")
    lines = capsys.readouterr().err.split("\n")
    assert "scripts/generate: writing …" == lines[0]
    assert [f"scripts/generate: files: {each} %" for each in range(101)] == lines[1].split("\r")[1:]
    assert ["scripts/generate: formatting …", ""] == lines[2:]


def test_files_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a package that is generated at a terminal, up to the last one."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(large_spec(10)))
    assert 0 == main(["--spec", str(spec), "--output", str(tmp_path / "made")])
    told = capsys.readouterr().err
    assert "\rscripts/generate: files written: 100 %\n" in told
    assert 1 == told.count("100 %")

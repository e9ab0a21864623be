"""The files of the repository: what none of them may contain, and what they must be."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERBS = sorted(
    path for path in (ROOT / "scripts").iterdir() if path.is_file() and "_" not in path.name
)
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]

# Put together here, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("rubygems", "org"),
    ]
]
API_PATH = "/scim/v2/Users/"
"""It looks like a machine path, and is not one."""
MACHINE_PATHS = [*(f"/{folder}/" for folder in ("root", "home", "Users", "work")), "C:" + "\\"]


def files() -> list[Path]:
    """All files that are in git or would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("text", [*REGISTRIES, *MACHINE_PATHS])
def test_no_file_names_a_registry_or_a_machine_path(text: str) -> None:
    """No file depends on where it was written or on where packages came from that day."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if text in line.replace(API_PATH, "")
    ]
    assert [] == found


@pytest.mark.parametrize("path", VERBS, ids=lambda path: str(path.name))
def test_a_script_is_short_and_runs_anywhere(path: Path) -> None:
    """A verb in scripts/ is executable bash of 10 to 60 lines that stops at errors and says what it is for."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert os.access(path, os.X_OK)
    assert "#!/usr/bin/env bash" == lines[0]
    assert lines[1].startswith("# ")
    assert "set -euo pipefail" in lines
    assert 10 <= len(lines) <= 60
    subprocess.run(["bash", "-n", path], check=True)


def test_ci_runs_the_tests_and_then_the_checks() -> None:
    """.ci/run does what the README tells people to do, then the rest."""
    commands = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert ["scripts/test", "scripts/check"] == commands[-2:]


def test_no_test_is_left_out() -> None:
    """What scripts/test leaves out, scripts/check runs."""
    chosen = re.findall(r"-m '?((?:not )?long)\b", (ROOT / "scripts/test").read_text("utf-8"))
    assert ["not long", "long"] == chosen
    checks = (ROOT / "scripts/check").read_text(encoding="utf-8").splitlines()
    assert 'step "long tests" scripts/test --long' in checks


def test_the_licence_is_whole() -> None:
    """LICENSE is the text of the Apache License 2.0."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.name))
def test_links_lead_somewhere(path: Path) -> None:
    """A link in a document to another file of the repository leads to a file."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    assert [] == [target for target in targets if not (path.parent / target).exists()]

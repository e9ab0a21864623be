"""What breaks the code of users since the last release: of the package's public names, and of the API's operations."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import griffe

_SPEC = "generated/matillion_api/openapi.json"
_BREAKS = 1
"""Exit code of ``scripts/generate --diff`` where something breaks."""


def last_tag(root: Path) -> str | None:
    """The newest tag of a release before this commit; None before the first one. Others, such as v1 that moves, are none."""
    command = ["git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*.[0-9]*.[0-9]*"]
    command += ["--exclude", "*[!v0-9.]*", "--exclude", "*.*.*.*"]
    found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def names(root: Path, tag: str) -> list[str]:
    """One line for each public name that is gone, or that code written for ``tag`` cannot use as before."""
    old = griffe.load_git("matillion_async", ref=tag, repo=root, resolve_aliases=True)
    new = griffe.load(
        "matillion_async", search_paths=[root], try_relative_path=False, resolve_aliases=True
    )
    style = griffe.ExplanationStyle.MARKDOWN
    lines = {each.explain(style).strip() for each in griffe.find_breaking_changes(old, new)}
    return sorted(re.sub(r"^- ", "", line) for line in lines)


def operations(root: Path, tag: str) -> list[str]:
    """The lines of ``scripts/generate --diff`` if any of them breaks code, otherwise none."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before.json"
        show = ["git", "show", f"{tag}:{_SPEC}"]
        before.write_bytes(subprocess.run(show, cwd=root, capture_output=True, check=True).stdout)
        command = [sys.executable, "-P", "-m", "scripts._generation.start"]
        command += ["--spec", str(before), "--diff", str(root / _SPEC)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode not in (0, _BREAKS):
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines() if done.returncode else []


def may_break(version: str, tag: str) -> bool:
    """Whether a version may break code written for a tag: a new major version may, and before 1.0 a new minor one."""
    old, new = numbers(tag[1:]), numbers(version)
    return new[0] > old[0] or (new[0] == old[0] == 0 and new[1] > old[1])


def numbers(version: str) -> list[int]:
    """Those of a version, by which versions have an order."""
    return [int(part) for part in version.split(".")]

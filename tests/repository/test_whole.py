"""The package as a whole: what it exports, imports, and promises."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import matillion_async

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_what_is_exported_is_what_is_public() -> None:
    """__all__ is complete and in order."""
    public = {name for name in vars(matillion_async) if not name.startswith("_")}
    modules = {"sandbox", "cli"}
    assert set(matillion_async.__all__) - {"__version__"} == public - modules


def test_the_version_is_one() -> None:
    """pyproject.toml and the package say the same."""
    assert PROJECT["version"] == matillion_async.__version__


def test_importing_the_client_imports_neither_command_line_nor_sandbox() -> None:
    """A service pays for what it uses."""
    # httpx itself imports click and rich where they are installed, so they are not among these.
    heavy = [
        "starlette",
        "uvicorn",
        "jsonschema",
        "matillion_async.cli",
        "matillion_async.sandbox",
    ]
    code = f"import sys, matillion_async; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_lowest_constraints_are_the_lower_bounds() -> None:
    """constraints/lowest.txt has each dependency at the bound that pyproject.toml gives."""
    optional = PROJECT["optional-dependencies"]
    declared = PROJECT["dependencies"] + optional["cli"] + optional["sandbox"]
    bounds = dict(re.findall(r"([a-z]+)>=([0-9.]+)", "\n".join(declared)))
    lines = (ROOT / "constraints" / "lowest.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    normal = {name: re.sub(r"(\.0)+$", "", version) for name, version in pinned.items()}
    assert {name: re.sub(r"(\.0)+$", "", version) for name, version in bounds.items()} == normal


def test_no_file_names_a_registry_or_this_machine() -> None:
    """The project can be built anywhere."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    hosts = [
        "pypi" + ".org",
        "files.python" + "hosted.org",
        "registry.npm" + "js.org",
        "/ro" + "ot/",
    ]
    found = [
        (name, host)
        for name in listed
        if (ROOT / name).is_file()
        for host in hosts
        if host in (ROOT / name).read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []

"""Run the generator, and complete what it writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts._generation.bundle import SpecError
from scripts._generation.facts import prepare

PACKAGE = "matillion_api"
PINNED = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}


def check_tools() -> None:
    """Refuse to run with other versions than those the templates were written for."""
    for name, wanted in PINNED.items():
        if version(name) != wanted:
            raise SpecError(
                f"{name} {wanted} is needed, {version(name)} is installed: run it as scripts/generate"
            )


def build(document: dict[str, Any], settings: Path, folder: Path) -> Path:
    """Write the package made from ``document`` into ``folder`` and return its path.

    ``settings`` is the folder with ``generator.yaml`` and ``templates/``.
    """
    check_tools()
    source = folder / "openapi.json"
    source.write_text(json.dumps(prepare(document)), encoding="utf-8")
    package = folder / PACKAGE
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--path", str(source), "--output-path", str(package), "--overwrite"),
        *("--config", str(settings / "generator.yaml")),
        *("--custom-template-path", str(settings / "templates"), "--fail-on-warning"),
    ]
    scripts = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", "")]),
        "NO_COLOR": "1",
        "COLUMNS": "200",
        "_TYPER_STANDARD_TRACEBACK": "1",  # not one in a box, whose last line is not a reason
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise SpecError(
            f"openapi-python-client refused the spec: {_reason(done.stdout, done.stderr)}"
        )
    shutil.copyfile(settings / "templates" / "reading.py.jinja", package / "reading.py")
    shutil.rmtree(package / ".ruff_cache", ignore_errors=True)
    (package / "py.typed").touch()
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
    (package / "openapi.json").write_text(text + "\n", encoding="utf-8")
    source.unlink()
    return package


def _reason(stdout: str, stderr: str) -> str:
    """What the generator says in its two forms: the last line of a traceback, or warnings among phrases of its own."""
    lines = [line.strip() for line in f"{stdout}\n{stderr}".splitlines() if line.strip()]
    if "Traceback (most recent call last)" in stderr:
        return lines[-1]
    phrases = ("Generating ", "Warning(s) encountered", "Error(s) encountered", "If you believe")
    return "\n".join(line for line in lines if not line.startswith(phrases))


def differences(old: Path, new: Path) -> list[str]:
    """One line per file that differs between two packages."""
    before, after = _contents(old), _contents(new)
    lines = [f"only in the tree: {name}" for name in before.keys() - after.keys()]
    lines += [f"missing: {name}" for name in after.keys() - before.keys()]
    lines += [f"differs: {name}" for name in before.keys() & after if before[name] != after[name]]
    return sorted(lines)


def replace(old: Path, new: Path) -> None:
    """Put a package in the place of another; whatever goes wrong meanwhile, one of the two is there whole."""
    old.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{old.name}-", dir=old.parent) as folder:
        made, aside = Path(folder, "new"), Path(folder, "old")
        shutil.copytree(new, made)
        try:
            if old.exists():
                old.rename(aside)
            made.rename(old)
        except BaseException:
            if aside.exists() and not old.exists():
                aside.rename(old)
            raise


def _contents(package: Path) -> dict[str, bytes]:
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

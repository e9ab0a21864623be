"""Run the generator, and complete what it writes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts._generation.findings import Finding, Findings, SpecError
from scripts._generation.preparing.prepare import prepare
from scripts._generation.preparing.understood import Unable
from scripts._generation.progress import Progress
from scripts._generation.reading.about import server_path, version_of
from scripts._generation.writing.generator import run

PACKAGE = "matillion_api"
_SERVER = '''\
# Generated from openapi/ by scripts/generate. Do not edit.
"""Where the API is on a server."""

PATH = {path}
"""The path of the first server that the spec names, before those of the operations."""
VERSION = {version}
"""The version that paths of operations begin with, so that an address may end with it; empty if none does."""
'''
_WHOLE = ("openapi",)
"""The place of what concerns a file as a whole."""
PINNED = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}
# Unsafe fixes: only these take unused imports out of an __init__.py, too.
RUFF = (
    (
        *("check", "--fix-only", "--unsafe-fixes", "--select=F401,I"),
        "--config=lint.ignore-init-module-imports=false",
    ),
    ("format", "--line-length=100"),
)


def check_tools() -> None:
    """Refuse to run with other versions than those the templates were written for."""
    for name, wanted in PINNED.items():
        if version(name) != wanted:
            raise SpecError(
                f"{name} {wanted} is needed, {version(name)} is installed: run it as scripts/generate"
            )


def build(
    document: dict[str, Any],
    settings: Path,
    folder: Path,
    findings: Findings | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the package made from ``document`` into ``folder`` and return its path.

    Args:
        document: as it was read.
        settings: the folder with ``generator.yaml`` and ``templates/``.
        folder: an empty one.
        findings: what is told of the document. Without them the first one is raised.
        progress: told of each step.

    Raises:
        SpecError: no package can be made, or there is a finding, and nowhere to put it.
    """
    check_tools()
    progress = progress or Progress()
    progress.say("looking at its operations")
    prepared = prepare(document, findings)
    told = Findings() if findings is None else findings
    if not prepared["paths"]:
        only = ": it has webhooks only" if document.get("webhooks") else ""
        raise SpecError(f"there is no operation that can be generated{only}", _WHOLE)
    package = folder / PACKAGE
    progress.say("writing the code")
    _generate(prepared, settings, package, told, progress)
    if findings is None:
        for finding in told:
            raise SpecError(str(finding), finding.place)
    progress.say("formatting it")
    tidy(package)
    shutil.copyfile(settings / "templates" / "reading.py.jinja", package / "reading.py")
    (package / "py.typed").touch()
    (package / "server.py").write_text(
        _SERVER.format(
            path=json.dumps(server_path(document)), version=json.dumps(version_of(document))
        ),
        encoding="utf-8",
    )
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
    (package / "openapi.json").write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
    return package


def _generate(
    prepared: dict[str, Any],
    settings: Path,
    package: Path,
    findings: Findings,
    progress: Progress,
) -> None:
    """Run the generator, and tell what it left out."""
    try:
        left_out = run(json.loads(json.dumps(prepared)), package, settings, progress)
    except Unable as error:
        raise SpecError(str(error), _WHOLE) from error
    for (path, method), reason in left_out.items():
        facts = next(iter(prepared["paths"][path][method]["responses"].values()))["x-operation"]
        findings.add(Finding(reason, tuple(facts["place"]), facts["request"], leaves_out=True))


def tidy(package: Path) -> None:
    """Take out unused imports, sort the others, and format."""
    ruff = Path(sys.executable).with_name("ruff")
    for arguments in RUFF:
        done = subprocess.run(
            [ruff, *arguments, "--isolated", "--no-cache", "--target-version=py311"],
            cwd=package,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != 0:
            raise SpecError(f"ruff refused what was generated: {done.stderr or done.stdout}")


def differences(old: Path, new: Path) -> list[str]:
    """One line per file that differs between two packages."""
    before, after = _contents(old), _contents(new)
    lines = [f"only in the tree: {name}" for name in before.keys() - after.keys()]
    lines += [f"missing: {name}" for name in after.keys() - before.keys()]
    lines += [f"differs: {name}" for name in before.keys() & after if before[name] != after[name]]
    return sorted(lines)


def replace(old: Path, new: Path) -> None:
    """Move a package to the place of another; whatever goes wrong meanwhile, one of the two is there whole."""
    old.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{old.name}-", dir=old.parent) as folder:
        made, aside = Path(folder, "new"), Path(folder, "old")
        try:
            new.rename(made)
        except OSError:  # it is on another file system
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

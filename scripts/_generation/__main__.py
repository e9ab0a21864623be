"""The command behind scripts/generate."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts._generation.bundle import SpecError, join, load_document, sources
from scripts._generation.changes import compare
from scripts._generation.coverage import render
from scripts._generation.package import PACKAGE, build, differences
from scripts._generation.places import located
from scripts._generation.rules import check
from scripts._generation.validation import validate

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "openapi"
COVERAGE = ROOT / "docs" / "coverage.md"
"""Written along with generated/, not with a package made elsewhere or from another spec."""


def main(argv: list[str] | None = None) -> int:
    """Generate the package, or check it; the exit code is 0, or 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(
        prog="scripts/generate", description="Write generated/ from the spec in openapi/."
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when generated/ is out of date"
    )
    parser.add_argument(
        "--spec", type=Path, metavar="FILE", help="one OpenAPI file to use in place of openapi/"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "generated",
        metavar="FOLDER",
        help="default: generated",
    )
    options = parser.parse_args(argv)
    try:
        return _run(options.spec, options.output, options.check)
    except SpecError as error:
        files = [options.spec] if options.spec else sources(SETTINGS)
        where = located(files, error.place) if error.place else ""
        print(f"scripts/generate: {where}{error}", file=sys.stderr)
        return 1


def _run(spec: Path | None, output: Path, changes_nothing: bool) -> int:
    document = load_document(spec) if spec else join(SETTINGS)
    validate(document)
    check(document, is_ours=spec is None)
    present = output / PACKAGE
    is_ours = spec is None and output == ROOT / "generated"
    page = render(document) if is_ours else None
    with tempfile.TemporaryDirectory() as folder:
        package = build(document, SETTINGS, Path(folder))
        changed = differences(present, package)
        if changes_nothing:
            if page is not None and page != _text(COVERAGE):
                changed.append(f"differs: docs/{COVERAGE.name}")
            return _report_check(changed, _published(present), document)
        for change in compare(_published(present), document):
            print(change)
        if changed:
            shutil.rmtree(present, ignore_errors=True)
            shutil.copytree(package, present)
    if page is not None:
        COVERAGE.write_text(page, encoding="utf-8")
    print(f"{len(changed)} file(s) changed in {present.name}")
    return 0


def _report_check(changed: list[str], old: dict[str, Any], new: dict[str, Any]) -> int:
    if not changed:
        print("generated/ is what openapi/ says")
        return 0
    print("generated/ differs from what openapi/ says; run scripts/generate", file=sys.stderr)
    for line in [*changed[:40], *(str(change) for change in compare(old, new))]:
        print(f"  {line}", file=sys.stderr)
    if len(changed) > 40:
        print(f"  … and {len(changed) - 40} more files", file=sys.stderr)
    return 1


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _published(package: Path) -> dict[str, Any]:
    """The spec that a package was generated from; empty when there is none."""
    path = package / "openapi.json"
    if not path.is_file():
        return {}
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


if __name__ == "__main__":
    sys.exit(main())

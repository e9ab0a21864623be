"""The command behind scripts/generate."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts._generation.bundle import SpecError, join, load_document, sources
from scripts._generation.changes import compare
from scripts._generation.coverage import render
from scripts._generation.package import PACKAGE, build, differences, replace
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
        return _run(options.spec, options.output.resolve(), options.check)
    except SpecError as error:
        files = [options.spec] if options.spec else sources(SETTINGS)
        where = located(files, error.place) if error.place else ""
        print(f"scripts/generate: {where}{error}", file=sys.stderr)
    except OSError as error:
        print(f"scripts/generate: {error}", file=sys.stderr)
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
        differing = differences(present, package)
        means = _meaning(present, document)
        if changes_nothing:
            if page is not None and page != _text(COVERAGE):
                differing.append(f"differs: docs/{COVERAGE.name}")
            return _report_check(output.name, spec or SETTINGS, differing, means)
        print(*means, sep="\n", end="\n" if means else "")
        if differing:
            replace(present, package)
    if page is not None:
        COVERAGE.write_text(page, encoding="utf-8")
    print(f"{len(differing)} file(s) changed in {present.name}")
    return 0


def _report_check(name: str, spec: Path, differing: list[str], means: list[str]) -> int:
    source = f"{spec.name}/" if spec.is_dir() else spec.name
    if not differing:
        print(f"{name}/ is what {source} says")
        return 0
    print(f"{name}/ differs from what {source} says; run scripts/generate", file=sys.stderr)
    for line in [*differing[:40], *means]:
        print(f"  {line}", file=sys.stderr)
    if len(differing) > 40:
        print(f"  … and {len(differing) - 40} more files", file=sys.stderr)
    return 1


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _meaning(present: Path, document: dict[str, Any]) -> list[str]:
    """What users of a package that is there see of the change, as lines."""
    published = present / "openapi.json"
    if not published.is_file():
        return []
    try:
        old = load_document(published)
        if old == document:
            return []
        validate(old)
        return [str(change) for change in compare(old, document)]
    except SpecError as error:
        return [f"what was there cannot be compared: {error}"]


if __name__ == "__main__":
    sys.exit(main())

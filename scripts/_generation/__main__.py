"""The command behind scripts/generate."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from scripts._generation import digest
from scripts._generation.comparing.change import as_json, as_text
from scripts._generation.comparing.changes import compare
from scripts._generation.findings import Finding, Findings, SpecError
from scripts._generation.progress import Progress
from scripts._generation.reading.about import check_version, told_of
from scripts._generation.reading.bundle import METHODS, NowhereError, join, resolve, sources
from scripts._generation.reading.documents import load_document
from scripts._generation.reading.files import with_files
from scripts._generation.reading.overlay import with_overlay
from scripts._generation.reading.places import Places
from scripts._generation.reading.rules import check
from scripts._generation.reading.validation import validated
from scripts._generation.writing import coverage, vendor
from scripts._generation.writing.package import PACKAGE, build, differences, replace

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "openapi"
COVERAGE = ROOT / "docs" / "coverage.md"
OVERLAY = SETTINGS / "overlays" / "vendor.yaml"
"""Both are written along with generated/, not with a package made elsewhere or from another spec."""
_LARGE = 300_000
"""Bytes of a file that takes so long to read that it is said."""


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
        "--overlay", type=Path, metavar="FILE", help="OpenAPI Overlay 1.0: what is to be otherwise"
    )
    parser.add_argument(
        "--strict", action="store_true", help="fail when something of the file is left out"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="where the package is written; with --spec or --overlay it must be given",
    )
    parser.add_argument(
        "--diff",
        type=Path,
        metavar="FILE",
        help="write nothing; say what changes for users from the file of --spec to this one",
    )
    parser.add_argument("--json", action="store_true", help="with --diff: one object of JSON")
    options = parser.parse_args(argv)
    if options.diff is not None or options.json:
        return _compare(options)
    places = Places([options.spec] if options.spec else sources(SETTINGS))
    try:
        return _run(options, places)
    except SpecError as error:
        print(f"scripts/generate: {places.located(error.place)}{error}", file=sys.stderr)
    except BrokenPipeError:
        raise  # of stdout
    except OSError as error:
        print(f"scripts/generate: {_of_system(error)}", file=sys.stderr)
    except RecursionError:
        print(f"scripts/generate: {options.spec}: it is nested too deeply", file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - whoever has a file of someone else's has no use for a traceback
        print(f"scripts/generate: a mistake of this command: {_where(error)}", file=sys.stderr)
    return 1


def _compare(options: argparse.Namespace) -> int:
    """Say what changes between two files; the exit code is 0 or 1, or 2 where they cannot be compared."""
    try:
        if options.diff is None or options.spec is None:
            raise SpecError("two files are compared with --spec OLD --diff NEW")  # noqa: TRY301
        if options.check or options.strict or options.output is not None:
            raise SpecError(  # noqa: TRY301
                "--diff writes nothing: it goes with --spec, --overlay and --json only"
            )
        documents = [_document(file, options.overlay) for file in (options.spec, options.diff)]
        changes = compare(*documents)
    except SpecError as error:
        print(f"scripts/generate: {error}", file=sys.stderr)
    except OSError as error:
        print(f"scripts/generate: {_of_system(error)}", file=sys.stderr)
    except RecursionError:
        files = f"{options.spec} or {options.diff}"
        print(f"scripts/generate: {files}: it is nested too deeply", file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - as in main
        print(f"scripts/generate: a mistake of this command: {_where(error)}", file=sys.stderr)
    else:
        print(as_json(changes) if options.json else as_text(changes))
        return int(any(change.breaking for change in changes))
    return 2


def _document(file: Path, overlay: Path | None) -> dict[str, Any]:
    findings = Findings()
    document = _read(file, findings, Progress())
    if overlay is not None:
        document = with_overlay(document, overlay, findings)
    _tell(findings, Places([file]))
    return document


def _of_system(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _where(error: Exception) -> str:
    """What an error is, and the line of the program at which it came."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}: {type(error).__name__}: {' '.join(str(error).split())}"


def _run(options: argparse.Namespace, places: Places) -> int:
    spec, output = options.spec, (options.output or ROOT / "generated").resolve()
    findings = Findings()
    is_from_openapi = spec is options.overlay is None
    is_ours = is_from_openapi and output == ROOT / "generated"
    present = output / PACKAGE
    _check_folder(present)
    before = digest.of_all() if options.check and is_ours else ""
    progress = Progress(is_large=spec is not None and _size(spec) > _LARGE)
    document = _read(spec, findings, progress) if spec else join(SETTINGS)
    if options.overlay is not None:
        document = with_overlay(document, options.overlay, findings)
    if not (is_from_openapi or options.output or options.check):
        raise SpecError(
            "generated/ is the package of openapi/: say with --output into which folder another one is written"
        )
    with tempfile.TemporaryDirectory() as folder:
        with validated(document) if spec is None else contextlib.nullcontext():
            if spec is None:
                check(document)
            try:
                package = build(document, SETTINGS, Path(folder), findings, progress)
            except SpecError:
                _tell(findings, places)
                raise
        _tell(findings, places)
        if (is_from_openapi and len(findings)) or (
            options.strict and any(not each.is_note for each in findings)
        ):
            return 1
        beside = {COVERAGE: coverage.render, OVERLAY: vendor.render} if is_ours else {}
        pages = {path: render(document) for path, render in beside.items()}
        differing = differences(present, package)
        means = _meaning(present, document)
        if options.check:
            differing += [
                f"differs: {path.parent.name}/{path.name}"
                for path, page in pages.items()
                if page != _text(path)
            ]
            if is_ours and not differing:
                digest.record(before)
            return _report_check(output.name, spec or SETTINGS, differing, means)
        if differing:
            replace(present, package)
    print(*means, sep="\n", end="\n" if means else "")
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
    if spec is not None:
        print(*told_of(document), _summary(document, findings), sep="\n")
    print(f"{len(differing)} file(s) changed in {present.name}")
    return 0


def _check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made, before the work is done."""
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), None)
    if nearest is not None and not nearest.is_dir():
        raise SpecError(f"{nearest}: it is a file, and --output needs a folder")


def _read(spec: Path, findings: Findings, progress: Progress) -> dict[str, Any]:
    progress.say(f"reading {spec} ({_size(spec) / 1e6:.1f} MB)")
    repeated: list[str] = []
    document = load_document(spec, repeated)
    for told in repeated:
        findings.add(Finding(f"{spec}: {told}: the last one counts", ()))
    check_version(document, str(spec))
    return with_files(document, spec)


def _size(spec: Path) -> int:
    return spec.stat().st_size if spec.is_file() else 0


def _tell(findings: Findings, places: Places) -> None:
    """Print the findings in the order of the files and of their lines."""
    for finding in sorted(findings, key=lambda each: places.position(each.place)):
        print(f"scripts/generate: {places.located(finding.place)}{finding}", file=sys.stderr)


def _summary(document: dict[str, Any], findings: Findings) -> str:
    left_out = len({each.request for each in findings if each.leaves_out})
    paths = [item for item in document.get("paths", {}).values() if isinstance(item, dict)]
    total = sum(
        method in resolved
        for resolved in (_item(document, each) for each in paths)
        for method in METHODS
    )
    return f"{total - left_out} operation(s) generated, {left_out} left out"


def _item(document: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    try:
        item = resolve(document, stated)
    except NowhereError:
        return {}
    return item if isinstance(item, dict) else {}


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
        return [str(change) for change in compare(old, document)]
    except SpecError as error:
        return [f"what was there cannot be compared: {error}"]


if __name__ == "__main__":
    sys.exit(main())

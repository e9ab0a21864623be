"""The command behind scripts/release."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from scripts._release import breaking, changelog

ROOT = Path(__file__).resolve().parents[2]
_LOG, _README, _MODULE = "CHANGELOG.md", "README.md", "matillion_async/_version.py"
_VERSION = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
"""As package indexes write it: to them 0.01.0 is the version 0.1.0."""
_UNTIL_THEN = re.compile(r"^There is no release yet: .*\n\n", re.MULTILINE)
"""A sentence of README.md that the first release makes wrong."""


class ReleaseError(Exception):
    """There can be no release now; the message says why."""


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    """Do what the arguments say; the exit code is 0, or 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(
        "scripts/release", description="Make a release, or look at one."
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("version", nargs="?", help="commit and tag this version, such as 0.1.0")
    what.add_argument(
        "--check", metavar="TAG", help="print what a tag changes, if all is as it should be"
    )
    what.add_argument("--breaking", action="store_true", help="say what breaks since the last tag")
    arguments = parser.parse_args(argv)
    try:
        if arguments.breaking:
            check_breaking(root, version_of(root))
        elif arguments.check is not None:
            sys.stdout.write(check(root, arguments.check))
        else:
            press(root, arguments.version)
    except (ReleaseError, changelog.ChangelogError) as error:
        print(f"scripts/release: {error}", file=sys.stderr)
        return 1
    return 0


def version_of(root: Path) -> str:
    """The version that the package has in a checkout."""
    text = (root / _MODULE).read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ReleaseError(f"{_MODULE} has no line with __version__")
    return found[1]


def check(root: Path, tag: str) -> str:
    """What a tag changes, as Markdown.

    Raises:
        ReleaseError: the tag is that of another version than the package has.
        ChangelogError: the changelog does not have the version.
    """
    if tag != (expected := f"v{version_of(root)}"):
        raise ReleaseError(f"the tag is {tag}, and the package is that of {expected}")
    return changelog.notes((root / _LOG).read_text(encoding="utf-8"), tag[1:])


def check_breaking(root: Path, version: str) -> None:
    """Print what breaks since the last tag.

    Raises:
        ReleaseError: ``version`` must not break anything.
    """
    tag = breaking.last_tag(root)
    if tag is None:
        print("nothing is released yet, so that nothing can break")
        return
    lines = breaking.names(root, tag) + breaking.operations(root, tag)
    print("\n".join(lines) if lines else f"nothing breaks since {tag}")
    if lines and not breaking.may_break(version, tag):
        raise ReleaseError(f"{version} breaks code that was written for {tag}: see above")


def press(root: Path, version: str) -> None:
    """Commit and tag a version, with today's date in the changelog; nothing is pushed.

    Raises:
        ReleaseError: the version is none, or not later than the last one, files are not committed, the tag is there,
            something breaks, or git refuses; all is as it was then.
        ChangelogError: the changelog has nothing to release.
    """
    if not _VERSION.fullmatch(version):
        raise ReleaseError(f"a version is three numbers, such as 0.1.0, not {version!r}")
    if _git(root, "status", "--porcelain"):
        raise ReleaseError("commit what is changed first")
    if _git(root, "tag", "--list", tag := f"v{version}"):
        raise ReleaseError(f"{tag} is there already")
    last = breaking.last_tag(root)
    if last is not None and breaking.numbers(version) <= breaking.numbers(last[1:]):
        raise ReleaseError(f"the last release is {last}, and {version} is not later")
    check_breaking(root, version)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    today = datetime.now(UTC).date()
    address = project["urls"]["Repository"]
    texts = {name: (root / name).read_text(encoding="utf-8") for name in (_LOG, _README, _MODULE)}
    texts[_LOG] = changelog.release(texts[_LOG], version, today, address)
    texts[_README] = _UNTIL_THEN.sub("", texts[_README])
    texts[_MODULE] = texts[_MODULE].replace(version_of(root), version)
    before = _git(root, "rev-parse", "HEAD").strip()
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    try:
        _git(root, "commit", "--all", "--message", f"Release {version}")
        _git(root, "tag", "--annotate", tag, "--message", f"Release {version}")
    except ReleaseError:
        _git(root, "reset", "--hard", before)  # nobody's changes are lost: there were none
        raise
    print(f"{tag} is committed and tagged; 'git push --follow-tags' publishes it")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise ReleaseError(f"git {arguments[0]}: {said}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())

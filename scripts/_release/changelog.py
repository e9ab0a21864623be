"""CHANGELOG.md: the changes that are not released yet become those of a version, with its date."""

from __future__ import annotations

import re
from datetime import date

_NEXT = "## [Unreleased]\n"
_LINKS = re.compile(r"^\[[^]]+\]: .*\n", re.MULTILINE)


class ChangelogError(Exception):
    """The changelog does not have what a release needs; the message says what."""


def versions(text: str) -> list[str]:
    """The released versions, newest first."""
    return re.findall(r"^## \[(\d[^]]*)\] - \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)


def notes(text: str, version: str) -> str:
    """What a version changes, as Markdown.

    Raises:
        ChangelogError: the version is not there, has no date, or nothing is written about it.
    """
    heading = re.search(
        rf"^## \[{re.escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}\n", text, re.MULTILINE
    )
    if heading is None:
        raise ChangelogError(f"CHANGELOG.md has no line '## [{version}] - YYYY-MM-DD'")
    following = text[heading.end() :].partition("\n## ")[0]
    if not (written := _LINKS.sub("", following).strip()):
        raise ChangelogError(f"CHANGELOG.md says nothing about {version}")
    return f"{written}\n"


def release(text: str, version: str, day: date, address: str) -> str:
    """The changelog in which what was unreleased is ``version``.

    Args:
        text: the changelog.
        version: such as ``0.1.0``.
        day: when it is released.
        address: of the repository.

    Raises:
        ChangelogError: nothing is unreleased, or the version is there already.
    """
    if version in (before := versions(text)):
        raise ChangelogError(f"CHANGELOG.md has {version} already")
    if _NEXT not in text:
        raise ChangelogError(f"CHANGELOG.md has no line {_NEXT.strip()!r}")
    released = text.replace(_NEXT, f"{_NEXT}\n## [{version}] - {day.isoformat()}\n", 1)
    notes(released, version)
    since = [f"[Unreleased]: {address}/compare/v{version}...HEAD"]
    for newer, older in zip([version, *before], before, strict=False):
        since.append(f"[{newer}]: {address}/compare/v{older}...v{newer}")
    first = [version, *before][-1]
    since.append(f"[{first}]: {address}/releases/tag/v{first}")
    return f"{_LINKS.sub('', released).rstrip()}\n\n{chr(10).join(since)}\n"

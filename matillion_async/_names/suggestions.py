"""Names that resemble one that does not exist, for the error that says so."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

_SHOWN = 5


def nearest(text: str, names: Mapping[str, str]) -> list[str]:
    """Ids of what has a name or an id that resembles or contains the string, the nearest first; five at most.

    Args:
        text: what was given.
        names: names by their ids.
    """
    wanted = text.casefold()
    ids: dict[str, list[str]] = {}
    for key, name in names.items():
        for form in (name.casefold(), key.casefold()):
            ids.setdefault(form, []).append(key)
    close = difflib.get_close_matches(wanted, ids, n=_SHOWN)
    close += [form for form in ids if wanted and wanted in form]
    return list(dict.fromkeys(key for form in close for key in ids[form]))[:_SHOWN]


def near(text: str, names: Mapping[str, str]) -> str:
    """What is near, in words: names with their ids; where nothing is, all there are if they are few."""
    if not names:
        return "there are none at all"
    keys = nearest(text, names)
    if not keys and len(names) > _SHOWN:
        return f"none of {len(names)} is near"
    how = "near:" if keys else "there is only" if len(names) == 1 else "there are only"
    return f"{how} " + ", ".join(
        f"{names[key]!r}" + (f" ({key})" if key != names[key] else "") for key in keys or names
    )


def first_few(ids: Sequence[str]) -> str:
    """The first five, and how many more there are."""
    shown = ", ".join(ids[:_SHOWN])
    more = len(ids) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown

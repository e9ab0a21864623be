"""The environment variables that there are, and those that nobody reads."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

_PREFIX = "MATILLION_"
VARIABLES = tuple(
    f"{_PREFIX}{name}"
    for name in (
        "CLIENT_ID",
        "CLIENT_SECRET",
        "REGION",
        "BASE_URL",
        "TOKEN_URL",
        "AUDIENCE",
        "RATE_LIMITS",
        "SHARE",
        "OTEL_PROPAGATE",
    )
)
"""All that is read."""


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """What is to be said of each variable that is nearly called as one of ours; no value is shown."""
    said = []
    for name in sorted(environment):
        if name in VARIABLES or not name.upper().startswith(_PREFIX):
            continue
        bare = {each.removeprefix(_PREFIX): each for each in VARIABLES}
        near = get_close_matches(name.upper().removeprefix(_PREFIX), bare, n=1, cutoff=0.75)
        said += [f"{name} is set, and not read: did you mean {bare[each]}?" for each in near]
    return said

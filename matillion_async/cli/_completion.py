"""Values for shell completion."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import click


def known_values(
    values: type[StrEnum],
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completes the values that are known, in any case; others are accepted as well."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        return [value for value in values if value.upper().startswith(incomplete.upper())]

    return complete

"""What is told of a spec: one line for each thing that cannot be generated as it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Place = tuple[str | int, ...]
"""Keys from the top of the document."""


def one_line(text: str) -> str:
    """A text in one line that a terminal shows as it is: names in a file may have anything in them."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


class SpecError(Exception):
    """The spec cannot be joined, or not be generated from; the message says what is wrong.

    Args:
        message: what is wrong, and of which file or operation.
        place: where it is, as keys from the top of the document; empty where no place is known.
    """

    def __init__(self, message: str, place: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.place: Place = tuple(place)

    def __str__(self) -> str:
        return one_line(super().__str__())


@dataclass(frozen=True)
class Finding:
    """One thing of a spec that is generated in another way than it stands there, or not at all.

    Attributes:
        reason: what is wrong, and what becomes of it.
        place: where it is.
        request: the operation that it concerns, as method and path; empty where it is not one's own.
        leaves_out: whether the operation is left out.
        is_note: whether all is generated, and there is only something to be known of it.
    """

    reason: str
    place: Place
    request: str = ""
    leaves_out: bool = False
    is_note: bool = False

    def __str__(self) -> str:
        parts = [self.request, "left out" if self.leaves_out else "", self.reason]
        return one_line(": ".join(part for part in parts if part))


class Findings:
    """All findings of one spec, each once, in the order in which they were made."""

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}

    def add(self, finding: Finding) -> None:
        """Add one, unless it is there."""
        self._found.setdefault(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

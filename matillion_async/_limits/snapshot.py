"""What a rate has learned, apart from the rate: to keep it elsewhere, and to go on from it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class RateSnapshot:
    """What a rate has learned."""

    learned: dict[str, Any]
    """Numbers and lists of numbers, by names of our own."""
    ends: array[float]
    """When the last requests ended, oldest first."""
    accepted: array[float]
    """When the last accepted calls were sent."""


class Learner(Protocol):
    """A part of a rate. No two have a name in common, and processes that share a limit tell each other these names."""

    LEARNED: ClassVar[tuple[str, ...]]
    """The attributes that hold what it has learned."""


def learned_by(parts: Iterable[Learner]) -> dict[str, Any]:
    """What each part has learned, by name."""
    return {name: getattr(part, name) for part in parts for name in part.LEARNED}


def teach(parts: Iterable[Learner], learned: Mapping[str, Any]) -> None:
    """Have each part go on from its share of what was learned."""
    for part in parts:
        for name in part.LEARNED:
            if name in learned:
                setattr(part, name, learned[name])

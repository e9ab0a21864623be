"""Choices that hypothesis makes, which it can make smaller, or that a number stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Drawing:
    """What the parts of one document are made with.

    Args:
        below: gives a number from 0 on that is below another one.
    """

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def one_of(self, values: Sequence[T]) -> T:
        """One of some values; the first is the simplest."""
        return values[self.below(len(values))]

    def seldom(self, of: int = 6) -> bool:
        """True once in so many times."""
        return self.below(of) == of - 1

    def many(self, most: int, make: Callable[[], T], *, least: int = 0) -> list[T]:
        """A few of what is made."""
        return [make() for _ in range(least + self.below(most - least + 1))]

"""What becomes of the items of a bulk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, NoReturn, TypeAlias, TypeVar

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class ItemDone(Generic[ItemT, ValueT]):
    """An item of a bulk that succeeded.

    Attributes:
        index: position of the item, from 0.
        value: what the operation gave; all items of a listing.
    """

    index: int
    item: ItemT
    value: ValueT
    error: None = None
    is_unknown: Literal[False] = False

    def unwrap(self) -> ValueT:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class ItemFailed(Generic[ItemT]):
    """An item of a bulk that failed.

    Attributes:
        index: position of the item, from 0.
        is_unknown: there is no value, but something took effect or may have done so: a request that is not
            idempotent was sent, and its response lost, or a later step failed. Look before you repeat it.
    """

    index: int
    item: ItemT
    error: Exception
    is_unknown: bool = False
    value: None = None

    def unwrap(self) -> NoReturn:
        """Raise the error."""
        raise self.error


Outcome: TypeAlias = ItemDone[ItemT, ValueT] | ItemFailed[ItemT]
"""What became of one item: where ``error`` is None, ``value`` is what the operation gave, also for type checkers."""


@dataclass(frozen=True, slots=True)
class ItemUnfinished(Generic[ItemT]):
    """An item that was under way when its bulk ended early.

    Attributes:
        index: position of the item, from 0.
        is_unknown: as that of :class:`ItemFailed`.
    """

    index: int
    item: ItemT
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far a bulk is."""

    done: int
    """Items with an outcome, failed ones included."""
    failed: int
    total: int | None
    """Number of items, where it is known."""
    rate: float
    """Items per second since the start."""
    eta: float | None
    """Seconds left at that rate; None without a total."""


@dataclass(slots=True)
class BulkResult(Generic[ItemT, ValueT]):
    """All outcomes of a bulk, in the order of the items."""

    outcomes: list[Outcome[ItemT, ValueT]] = field(default_factory=list)

    @property
    def values(self) -> list[ValueT]:
        """The values of the items that succeeded."""
        return [outcome.value for outcome in self.outcomes if outcome.error is None]

    @property
    def errors(self) -> list[Exception]:
        """The errors of the items that failed."""
        return [outcome.error for outcome in self.outcomes if outcome.error is not None]

    @property
    def remaining(self) -> list[ItemT]:
        """The items that failed and can be run again without harm."""
        return [
            outcome.item
            for outcome in self.outcomes
            if outcome.error is not None and not outcome.is_unknown
        ]

    @property
    def unknown(self) -> list[ItemT]:
        """The items that may have taken effect although they failed: look before you repeat them."""
        return [outcome.item for outcome in self.outcomes if outcome.is_unknown]

    def raise_for_errors(self) -> None:
        """Raise an ExceptionGroup with the errors, if there are any; a note of each says which item it was."""
        for outcome in self.outcomes:
            if outcome.error is not None:
                shown = f", {outcome.item!r}" if isinstance(outcome.item, str) else ""
                note = f"of item {outcome.index} of the bulk{shown}"
                if note not in getattr(outcome.error, "__notes__", ()):
                    outcome.error.add_note(note)
        errors = self.errors
        if errors:
            raise ExceptionGroup(f"{len(errors)} of {len(self.outcomes)} items failed", errors)

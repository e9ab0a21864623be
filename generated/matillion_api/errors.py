# Generated from openapi/ by scripts/generate. Do not edit.
"""What the generated functions raise by themselves."""

from typing import Any, Self


class InvalidArgument(ValueError):
    """An argument was refused before anything was sent."""


class Unreadable(ValueError):
    """A part of a response is missing, or has another form than documented; its text does not show the value.

    Attributes:
        reason: what is wrong with it, as a predicate.
        value: what was there.
        path: where it is: names of fields and indexes of items, from the top.
        is_missing: whether it is a field that is not there.
        is_json: whether the response is JSON.
    """

    def __init__(
        self, reason: str, value: Any = None, *, is_missing: bool = False, is_json: bool = True
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value
        self.path: list[str | int] = []
        self.is_missing = is_missing
        self.is_json = is_json

    def at(self, step: str | int | None) -> Self:
        """Add to the front of the path."""
        if step is not None:
            self.path.insert(0, step)
        return self

    @property
    def place(self) -> str:
        """The path as text, such as ``results[3].name``; empty at the top."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.place} {self.reason}".strip()


class Contradiction(Unreadable):
    """A page of a listing contradicts itself."""


class UnexpectedStatus(Exception):
    """The response has a status that is not a success."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content
        super().__init__(f"Unexpected status code: {status_code}")


__all__ = ["Contradiction", "InvalidArgument", "Unreadable", "UnexpectedStatus"]

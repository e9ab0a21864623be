"""The one rule by which a string is taken as a name or an id: by its exact name, or else by its id."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from matillion_api.types import Listing, Unset, not_text

from matillion_async._errors import InvalidRequestError, ResourceNameError
from matillion_async._names.suggestions import first_few, near, nearest

ItemT = TypeVar("ItemT")


def is_id(text: str) -> bool:
    """Whether a string has the form of an id, a UUID in lower case as the API writes it, so that it need not be looked up."""
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Kind(Generic[ItemT]):
    """A kind of things that have names.

    Args:
        what: what one is called.
        name_of: the name of one.
        id_of: its id; None if its name is what other calls ask for.
        none_at_all: what is said where there is none.
    """

    what: str
    name_of: Callable[[ItemT], str | Unset]
    id_of: Callable[[ItemT], str] | None = None
    none_at_all: str = "there are none at all"

    async def find(self, text: str, listing: Listing[ItemT, Any]) -> ItemT:
        """The one item of a listing that is meant; see :meth:`Named.only`.

        Raises:
            InvalidRequestError: it is not a string.
        """
        self.check(text)
        return Named(self, [item async for item in listing]).only(text)

    def check(self, text: object) -> None:
        """Refuse what is neither a name nor an id.

        Raises:
            InvalidRequestError: it is not a string.
        """
        if not isinstance(text, str):
            form = "an exact name" if self.id_of is None else "an id or an exact name"
            raise InvalidRequestError(not_text(self.what, text, f"a string, {form}"))

    def key_of(self, item: ItemT) -> str:
        """What other calls ask for: the id, or the name of what has none."""
        return (self.name_of(item) or "") if self.id_of is None else self.id_of(item)


class Named(Generic[ItemT]):
    """Things of a kind, by their names and ids.

    Args:
        kind: what they are.
        items: all that there are.
    """

    def __init__(self, kind: Kind[ItemT], items: Iterable[ItemT]) -> None:
        self._kind = kind
        self._by_key = {kind.key_of(item): item for item in items}
        self._by_name: dict[str, list[ItemT]] = {}
        for item in self._by_key.values():
            if name := kind.name_of(item):
                self._by_name.setdefault(name, []).append(item)

    def matches(self, text: str) -> Sequence[ItemT]:
        """What has this exact name; if nothing has, what has this id, which may be in capitals."""
        named = self._by_name.get(text)
        if named:
            return named
        found = self._by_key.get(text, self._by_key.get(text.lower()))
        return [] if found is None or self._kind.id_of is None else [found]

    def only(self, text: str) -> ItemT:
        """The one thing that is meant.

        Raises:
            ResourceNameError: none is, or several are; the message lists what is near.
        """
        what = self._kind.what
        matches = self.matches(text)
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = [self._kind.key_of(item) for item in matches]
            message = f"{len(matches)} {what}s are named {text!r}; give an id: {first_few(ids)}"
        else:
            names = {key: self._kind.name_of(item) or "" for key, item in self._by_key.items()}
            matches = [self._by_key[key] for key in nearest(text, names)]
            told = f"there is no {what} {text!r}"
            if self._kind.id_of is not None:
                told = f"no {what} has the id or the exact name {text!r}"
            message = f"{told}; {near(text, names) if names else self._kind.none_at_all}"
        candidates = tuple(
            (self._kind.key_of(item), self._kind.name_of(item) or "") for item in matches
        )
        raise ResourceNameError(message, resource=what, name=text, candidates=candidates)

"""Where the schemas of a document are used: in what is sent, in what is received, and in forms with files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scripts._generation.preparing.merging import merged
from scripts._generation.preparing.shapes import is_binary
from scripts._generation.reading.bundle import NowhereError, resolve

_DATA = {"example", "examples", "default", "enum", "const"}


class Uses:
    """The schemas that are reached from some places, by their identity."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        # What is there is kept: of something that is gone, the identity may be that of anything else.
        self._sent: dict[int, Any] = {}
        self._received: dict[int, Any] = {}
        self._in_forms: dict[int, Any] = {}
        self._elsewhere: dict[int, Any] = {}

    def send(self, schema: Any, *, in_form: bool) -> None:
        """Note the schema of a body, in a form with files or not."""
        self._reach(schema, self._sent)
        self._reach(schema, self._in_forms if in_form else self._elsewhere)

    def receive(self, schema: Any) -> None:
        """Note the schema of a response."""
        self._reach(schema, self._received)
        self._reach(schema, self._elsewhere)

    def ask(self, parameters: list[Any]) -> None:
        """Note the schemas of parameters."""
        self._reach(parameters, self._elsewhere)

    def is_sent(self, schema: Any) -> bool:
        return id(schema) in self._sent

    def is_received(self, schema: Any) -> bool:
        return id(schema) in self._received

    def is_two(self, schema: Any) -> bool:
        """Whether it is one thing in a form with files, where strings may be files, and another elsewhere, and is used in both."""
        if id(schema) not in self._in_forms or id(schema) not in self._elsewhere:
            return False
        found: dict[int, Any] = {}
        self._reach(schema, found)
        return any(each.get("format") == "binary" or is_binary(each) for each in found.values())

    def is_one_way(self, field: Any) -> bool:
        """Whether a field is not there in requests, or not in responses, and its object is used in both."""
        try:
            stated = [field, merged(self._document, field)] if isinstance(field, dict) else []
        except NowhereError:
            return False
        parts = list(_parts_of(field))
        is_read_only = any(each.get("readOnly") is True for each in stated)
        is_write_only = any(each.get("writeOnly") is True for each in stated)
        return (is_read_only and any(map(self.is_sent, parts))) or (
            is_write_only and any(map(self.is_received, parts))
        )

    def _reach(self, top: Any, found: dict[int, Any]) -> None:
        pending = [top]
        while pending:
            node = pending.pop()
            if isinstance(node, list):
                pending.extend(node)
            if not isinstance(node, dict) or id(node) in found:
                continue
            found[id(node)] = node
            if isinstance(node.get("$ref"), str):
                try:
                    pending.append(resolve(self._document, node))
                except NowhereError:
                    continue  # told where the reference is followed
            pending.extend(_below(node))


def _below(schema: dict[str, Any]) -> Iterable[Any]:
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value.values()
        elif key not in _DATA:
            yield value


def _parts_of(schema: Any) -> Iterator[Any]:
    """A schema, and the parts that are written in it: of two fields of one name one is made, which is nowhere used itself."""
    yield schema
    parts = schema.get("allOf") if isinstance(schema, dict) else None
    for part in parts if isinstance(parts, list) else ():
        yield from _parts_of(part)

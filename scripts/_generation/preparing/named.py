"""Names for what references lead to, wherever in the document it stands."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from openapi_python_client.strings import pascal_case

from scripts._generation.reading.bundle import resolve, target
from scripts._generation.reading.files import FILES

_NOISE = {
    "components", "schemas", "properties", "items", "$defs", "definitions", "allOf", "oneOf", "anyOf", "paths",
    "content", "schema", "application/json",
}  # fmt: skip
_OWN = "#/components/schemas/"


class Named:
    """The names of schemas: those of ``components/schemas``, and for others one made of their place."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        components = document.get("components")
        own = components.get("schemas") if isinstance(components, dict) else None
        self._own = own if isinstance(own, dict) else {}
        self._names: dict[tuple[int | str, bool], str] = {(name, False): name for name in self._own}
        self._taken = set(self._own)
        self._positions = {name: index for index, name in enumerate(self._own)}

    def followed(self, node: dict[str, Any]) -> tuple[Any, str]:
        """What a reference leads to at last, and its name.

        Raises:
            NowhereError: it leads nowhere, or to itself.
        """
        last, found = node, resolve(self._document, node)
        while last is not found:
            reference = last["$ref"]
            last = target(self._document, reference)
        return found, self.name(found, reference)

    def name(self, schema: Any, reference: str, *, with_files: bool = False) -> str:
        """The name of a schema; of one that is a form with files and something else as well it is another one."""
        own = unquote(reference.removeprefix(_OWN)).replace("~1", "/").replace("~0", "~")
        is_own = reference.startswith(_OWN) and own in self._own
        key: tuple[int | str, bool] = (own if is_own else id(schema), with_files)
        if key not in self._names:
            name = self._free(_from(reference) + ("Form" if with_files else ""))
            self._names[key] = name
        return self._names[key]

    def position(self, name: str) -> tuple[int, str]:
        """Where a name comes: those of ``components/schemas`` first, in their order."""
        return self._positions.get(name, len(self._positions)), name

    def _free(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}{number}"
        self._taken.add(name)
        return name


def _from(reference: str) -> str:
    parts = [
        unquote(part).replace("~1", "/").replace("~0", "~")
        for part in reference.removeprefix("#/").split("/")
    ]
    if parts[0] == FILES:
        file = parts[1].rsplit("/", 1)[-1].partition(".")[0]
        parts = [part for part in parts[2:] if part.lower() not in _NOISE] or [file]
    kept = [part for part in parts if part not in _NOISE] or parts[-1:]
    return kept[0] if len(kept) == 1 else "".join(map(pascal_case, kept))

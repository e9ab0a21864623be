"""Classes of the models: each schema has one of its own, under a name that nothing else has."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier, pascal_case

from scripts._generation.preparing.names import (
    FIELD_PREFIX,
    IN_A_MODEL,
    IN_A_PAGE,
    group_of,
    python_name,
    shortened,
)

_IN_A_MODULE = {
    "Any", "Self", "Mapping", "Sequence", "BinaryIO", "TextIO", "Generator", "UUID", "UNSET", "Unset", "Client", "File",
    "Listing", "Operation", "Paging", "Response", "Session", "ClassVar", "Literal", "Resources", "AsyncIterable",
}  # fmt: skip
"""Names that the generated code uses itself; ``_attrs_define`` and the like cannot be those of a schema."""
_REFERENCE = "#/components/schemas/"


def fit_classes(document: dict[str, Any], groups: set[str]) -> dict[str, str]:
    """Give each object and each enum that is described inside something else a name, after its place.

    One whose class is there already has a number after it. Fields have names of their own in Python, too.

    Returns:
        The classes of groups, by their names: ``…Group`` where a schema has the name.
    """
    naming = _Naming(document["components"]["schemas"])
    for name in list(document["components"]["schemas"]):
        naming.name_parts(name)
    called = owners(document)
    for operation in _operations(document):
        owner = called[_request(operation)]
        for parameter in operation["parameters"]:
            parameter["schema"] = naming.named(parameter["schema"], parameter["name"], owner)
        for media in operation.get("requestBody", {}).get("content", {}).values():
            media["schema"] = naming.named(media["schema"], "body", owner)
        for status, response in operation["responses"].items():
            for media in response.get("content", {}).values():
                media["schema"] = naming.named(media["schema"], f"response_{status}", owner)
    classes: dict[str, str] = {}
    for group in sorted(groups):
        wanted = ClassName(group, "tag")
        while naming.has(wanted) or wanted in _IN_A_MODULE or wanted in classes.values():
            wanted = ClassName(f"{wanted}Group", "")
        classes[group] = wanted
    return classes


def owners(document: dict[str, Any]) -> dict[str, str]:
    """What the classes of each operation are called after, by its method and path.

    It is the ``operationId``, with the group before it where another group has the same one.
    """
    found = _operations(document)
    ids = [PythonIdentifier(each["operationId"], FIELD_PREFIX) for each in found]
    counts = Counter(ids)
    return {
        _request(each): PythonIdentifier(f"{group_of(each)}_{name}", FIELD_PREFIX)
        if counts[name] > 1
        else name
        for each, name in zip(found, ids, strict=True)
    }


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for item in document["paths"].values() for each in item.values()]


def _request(operation: dict[str, Any]) -> str:
    return str(next(iter(operation["responses"].values()))["x-operation"]["request"])


def _fitting(name: str, taken: dict[str, str], modules: set[str]) -> str:
    """A name whose class and module are free; the same if they are."""
    stem = shortened(
        name if re.fullmatch(r"[A-Za-z0-9._-]+", name) else pascal_case(name) or "Schema"
    )
    if ClassName(stem, FIELD_PREFIX) in _IN_A_MODULE:
        stem = f"{ClassName(stem, FIELD_PREFIX)}Model"
    wanted, number = stem, 1
    while not _claim(wanted, name, taken, modules):
        number += 1
        wanted = f"{pascal_case(stem)}{number}"
    return wanted


def _claim(wanted: str, owner: str, taken: dict[str, str], modules: set[str]) -> bool:
    """Take a class and its module, if both are free."""
    python = ClassName(wanted, FIELD_PREFIX)
    module = PythonIdentifier(python, FIELD_PREFIX)
    if python in taken or module in modules or python in _IN_A_MODULE:
        return False
    taken[python] = owner
    modules.add(module)
    return True


def rename_schemas(document: dict[str, Any], operations: list[Any]) -> None:
    """Give each named schema a class of its own.

    One whose class would be the generated code's own is called ``…Model``; of two that would be one class, the one
    that is written as the class has it, and the other has a number.
    """
    taken: dict[str, str] = {}
    modules: set[str] = set()
    schemas = document["components"]["schemas"]
    # One that is written as its class is comes first, and else the order of their names counts, not of the file.
    ordered = sorted(schemas, key=lambda name: (ClassName(name, FIELD_PREFIX) != name, name))
    names = {name: _fitting(name, taken, modules) for name in ordered}
    if all(old == new for old, new in names.items()):
        return
    document["components"]["schemas"] = {names[name]: schema for name, schema in schemas.items()}
    pending = [document, operations]
    seen: set[int] = set()
    while pending:
        found: Any = pending.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        if isinstance(found, list):
            pending.extend(found)
        elif isinstance(found, dict):
            reference = found.get("$ref")
            if isinstance(reference, str) and reference.startswith(_REFERENCE):
                name = reference.removeprefix(_REFERENCE)
                if name in names:  # in a default it may be anything
                    found["$ref"] = _REFERENCE + names[name]
            pending.extend(found.values())


class _Naming:
    """Makes named schemas of those that are classes, wherever they are described."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self._schemas = schemas
        self._taken: dict[str, str] = {}
        self._modules: set[str] = set()
        for name in schemas:
            _claim(name, name, self._taken, self._modules)

    def has(self, python_class: str) -> bool:
        """Whether a schema has a class."""
        return python_class in self._taken

    def name_parts(self, name: str) -> None:
        """Name what is described inside a named schema."""
        schema = self._schemas[name]
        if schema.get("type") == "object":
            self._name_parts(schema, ClassName(name, FIELD_PREFIX))
        elif "enum" not in schema:
            self._schemas[name] = self.named(schema, name, "")

    def named(self, schema: Any, name: str, owner: str) -> Any:
        """A schema, or a reference to it where it is a class; what is inside of it likewise.

        Args:
            schema: as prepared for the generator.
            name: under which it is known to what has it.
            owner: the class, or the operation, that has it.
        """
        if not isinstance(schema, dict) or "$ref" in schema:
            return schema
        choices, kind = schema.get("anyOf"), schema.get("type")
        if isinstance(choices, list):
            classes = [each for each in choices if each != {"type": "null"}]
            made = [
                self.named(each, name if len(classes) == 1 else f"{name}_type_{index}", owner)
                for index, each in enumerate(choices)
            ]
            return {**schema, "anyOf": made}
        if isinstance(kind, list) and "object" in kind:
            bare = {**schema, "type": "object"}
            return {"anyOf": [self.named(bare, name, owner), {"type": "null"}]}
        if kind == "array" or (isinstance(kind, list) and "array" in kind):
            return {**schema, "items": self.named(schema.get("items"), f"{name}_item", owner)}
        if kind == "object" or "enum" in schema:
            return self._class(schema, name, owner)
        return schema

    def _class(self, schema: dict[str, Any], name: str, owner: str) -> dict[str, Any]:
        wanted = plain = shortened(f"{pascal_case(owner)}{pascal_case(name)}") or "Schema"
        number = 1
        while not _claim(wanted, name, self._taken, self._modules):
            number += 1
            wanted = f"{plain}{number}"
        default = schema.pop("default", None) if "enum" in schema else None
        self._schemas[wanted] = schema
        if schema.get("type") == "object":
            self._name_parts(schema, ClassName(wanted, FIELD_PREFIX))
        reference = {"$ref": _REFERENCE + wanted}
        return reference if default is None else {"allOf": [reference], "default": default}

    def _name_parts(self, schema: dict[str, Any], python_class: str) -> None:
        _name_fields(schema)
        for key, field in schema.get("properties", {}).items():
            schema["properties"][key] = self.named(field, key, python_class)
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            schema["additionalProperties"] = self.named(more, "AdditionalProperty", python_class)


def _name_fields(schema: dict[str, Any]) -> None:
    """Mark the fields of a model that have another name in Python than the generator would give them."""
    own = IN_A_PAGE if "x-page" in schema else IN_A_MODEL
    properties = schema.get("properties", {})
    plain = {key: f"{name}_" if (name := python_name(key)) in own else name for key in properties}
    # What loops over lists, and values before they are read, are called.
    helpers = {
        f"{name}{end}"
        for name in plain.values()
        for end in ("_item", "_item_data", "_item_element")
    }
    helpers |= {f"_{name}" for name in plain.values()}
    names: dict[str, str] = {}
    used: set[str] = set()
    for key, name in plain.items():
        wanted = stem = f"{name}_" if name in helpers else name
        number = 1
        while wanted in used:
            number += 1
            wanted = f"{stem.rstrip('_')}_{number}"
        used.add(wanted)
        if wanted != python_name(key) or list(plain.values()).count(name) > 1:
            names[key] = wanted
    if names:
        schema["x-names"] = names

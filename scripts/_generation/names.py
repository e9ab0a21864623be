"""Names in Python of what the spec names, and which of them are taken."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case

from scripts._generation.bundle import SpecError, walk

FIELD_PREFIX = "field_"

_TYPES = {"str", "int", "float", "bool", "bytes", "dict", "datetime", "builtins"}
"""Used in the annotations of a group, where a method of that name would stand for them."""
# fmt: off
_IN_A_MODEL = {"cls", "d", "src_dict", "field_dict", "to_dict", "from_dict", "to_multipart", "extra"}
_IN_A_PAGE = _IN_A_MODEL | {"index", "count"}
_IN_AN_OPERATION = {
    "params", "headers", "kwargs", "response", "detailed", "errors", "check_range", "check_date", "check_moment",
    "check_headers", "comma_separated", "path_segment", "as_model", "as_members",
}
_IN_A_MODULE = {
    "Any", "Self", "Mapping", "Sequence", "BinaryIO", "TextIO", "Generator", "UUID", "UNSET", "Unset", "Client", "File",
    "Listing", "Operation", "Paging", "Response", "Session",
}
# fmt: on
"""Names that the generated code uses itself, beside those of the spec."""


def python_name(name: str) -> str:
    """The name of an argument, or of a field whose model does not use the name itself."""
    return PythonIdentifier(name, FIELD_PREFIX)


def field_name(name: str, *, of_a_page: bool = False) -> str:
    """The name of a field of a model, with an underscore where the model uses it itself."""
    python = python_name(name)
    return f"{python}_" if python in (_IN_A_PAGE if of_a_page else _IN_A_MODEL) else python


def name_of(operation: dict[str, Any], method: str, path: str) -> tuple[str, str]:
    """The group and the name of the Python method of an operation."""
    group = PythonIdentifier(operation.get("tags", ["default"])[0], "tag")
    unnamed = re.sub(r"\W+", "_", f"{method}{re.sub(r'^/v[0-9]+', '', path)}")
    operation_id = operation.get("operationId", unnamed)
    return group, operation.get("x-method") or _method_name(operation_id, group)


def is_method_name(name: str) -> bool:
    """Whether a class of the generated package can have a method of that name."""
    return re.fullmatch("[a-z][a-z0-9_]*", name) is not None and not (
        iskeyword(name) or name in _TYPES
    )


def _method_name(operation_id: str, group: str) -> str:
    """``list_projects`` in ``projects`` is ``list``: the words of the group are left out."""
    words = set(group.split("_"))
    words |= {word.removesuffix("s") for word in words}
    kept = [word for word in snake_case(operation_id).split("_") if word not in words]
    name = "_".join(kept) or "get"
    return f"{name}_" if iskeyword(name) or name in _TYPES else name


def check_parameters(name: str, operation: dict[str, Any], place: tuple[str, ...]) -> None:
    """Refuse a parameter that no argument of a function can stand for."""
    taken = dict.fromkeys(_IN_AN_OPERATION, "the generated function itself")
    if "requestBody" in operation:
        taken["body"] = "the body"
    for parameter in operation["parameters"]:
        python = python_name(parameter["name"])
        if python in taken:
            raise SpecError(
                f"{name}: the parameter {parameter['name']!r} would be {python} in Python, which is "
                f"the name of {taken[python]}",
                place,
            )
        if parameter["in"] == "cookie":
            raise SpecError(
                f"{name}: the parameter {parameter['name']!r} is a cookie, which cannot be sent",
                place,
            )
        taken[python] = "another parameter"


def check_schemas(document: dict[str, Any], groups: set[str]) -> None:
    """Refuse schemas that would be one class, and arrays of nothing; mark what the model of each uses itself."""
    classes = {ClassName(group, ""): f"the group {group}" for group in groups}
    for name in document.get("components", {}).get("schemas", {}):
        python = ClassName(name, FIELD_PREFIX)
        taken = "the generated code itself" if python in _IN_A_MODULE else classes.get(python)
        if taken:
            raise SpecError(
                f"the schema {name} would be the class {python}, which is the name of {taken}: "
                "give the schema another name",
                ("components", "schemas", name),
            )
        classes[python] = f"the schema {name}"
    for place, node in walk(document):
        if not isinstance(node, dict) or place[-1:] == ("properties",):
            continue
        if node.get("type") == "array" and not ({"items", "prefixItems"} & node.keys()):
            raise SpecError(f"{'/'.join(map(str, place))}: an array needs items", place)
        own = _IN_A_PAGE if "x-page" in node else _IN_A_MODEL
        if "allOf" in node or own & {python_name(name) for name in node.get("properties") or ()}:
            node["x-taken"] = sorted(own)

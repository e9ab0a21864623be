"""Names in Python of what the spec names.

An operation, a parameter or a schema has a name that is made of its own words, so that it stays the same when others
are added. Only where that is taken does a rule that is told in docs/regenerate.md make another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from keyword import iskeyword
from typing import Any
from unicodedata import normalize

from openapi_python_client import strings
from openapi_python_client.strings import PythonIdentifier, snake_case

from scripts._generation.reserved import TYPES

FIELD_PREFIX = "field_"
_LETTERS = strings.sanitize


@cache
def _sanitized(value: str) -> str:
    """What of a name may be in Python, which reads ``ª`` and ``a`` as one, while their modules would be two files."""
    return _LETTERS(normalize("NFKC", value))


strings.sanitize = _sanitized  # which all names come from, the generator's as well

# fmt: off
IN_A_MODEL = {
    "cls", "d", "src_dict", "field_dict", "to_dict", "from_dict", "to_multipart", "extra", "prop", "prop_name",
    "prop_dict", "additional_properties", "reading", "unwrap", "partial", "types", "json", "cast", "files",
    "as_plain",
}
IN_A_PAGE = IN_A_MODEL | {"index", "count"}
_ARGUMENTS = {
    "params", "headers", "kwargs", "response", "detailed", "errors", "reading", "partial", "cast", "client", "url",
    "check_range", "check_date", "check_moment", "check_headers", "comma_separated", "path_segment", "as_model",
    "as_members", "unwrap", "as_plain", "as_json_text", "deep_object", "fields_of", "pipes", "spaces", "in_path", "pairs", "form_encoded", "as_bytes", "warnings", "json",
    "check_body", "check_query", "unchecked", "respond", "add_cookie", "as_text",
    "with_media_types",
}
# fmt: on
"""Names that the generated code uses itself, beside those of the spec."""

ON_A_CLIENT = {"aclose", "api", "base_url", "bulk", "limiter", "request", "with_options"}
"""What a client has beside its groups."""
_BESIDE_GROUPS = ON_A_CLIENT | {"cached_property"}
"""With what the class of all groups uses itself."""
_LONGEST = 150
"""Bytes of a name that is one of a file as well, of which systems take 255, with what compilers put behind it."""


@cache
def python_name(name: str) -> str:
    """The name of an argument, or of a field whose model does not use the name itself."""
    return PythonIdentifier(name, FIELD_PREFIX)


def field_name(name: str, *, of_a_page: bool = False) -> str:
    """The name of a field of a model, with an underscore where the model uses it itself."""
    python = python_name(name)
    return f"{python}_" if python in (IN_A_PAGE if of_a_page else IN_A_MODEL) else python


def twins(names: Iterable[str]) -> list[str]:
    """Fields that differ from one before in characters only that no name in Python has: the generator refuses them."""
    seen: dict[str, str] = {}
    found: list[str] = []
    for name in names:
        bare = PythonIdentifier(name, FIELD_PREFIX, skip_snake_case=True)
        if seen.setdefault(bare, name) != name:
            found.append(name)
    return found


def group_of(operation: dict[str, Any]) -> str:
    """The group of an operation: its first tag, or ``default``."""
    tags = operation.get("tags")
    first = tags[0] if isinstance(tags, list) and tags else "default"
    return PythonIdentifier(str(first), "tag")


def shortened(name: str) -> str:
    """A name whose module can be a file: of one that is too long the beginning, and digits that are made of all of it."""
    module = python_name(name).encode()
    if len(module) <= _LONGEST:
        return name
    digits = sha256(name.encode(errors="backslashreplace")).hexdigest()[:6]
    return f"{module[: _LONGEST - 10].decode(errors='ignore')}_{digits}"


def fitting_tag(tag: str) -> str:
    """A tag whose group is none of what a client has beside its groups."""
    return f"{tag}_group" if PythonIdentifier(tag, "tag") in _BESIDE_GROUPS else shortened(tag)


def name_of(operation: dict[str, Any], method: str, path: str) -> tuple[str, str]:
    """The group and the name of the Python method of an operation."""
    group = group_of(operation)
    stated = operation.get("x-method")
    return group, stated if isinstance(stated, str) else _method_name(
        id_of(operation, method, path), group
    )


def id_of(operation: dict[str, Any], method: str, path: str) -> str:
    """The ``operationId``, or method and path in its place."""
    stated = operation.get("operationId")
    if isinstance(stated, str) and snake_case(stated):
        return shortened(stated)
    return shortened(re.sub(r"\W+", "_", f"{method}{re.sub(r'^/v[0-9]+', '', path)}").strip("_"))


def full_name(operation_id: str) -> str:
    """The name of a method with all words of its operation."""
    return _free(snake_case(operation_id) or "call")


_OF_MANY = ("list", "search", "find", "query", "count", "export", "filter")
"""Verbs that are followed by a plural."""


def _method_name(operation_id: str, group: str) -> str:
    """``list_projects`` in ``projects`` is ``list``, and ``get_project`` is ``get``.

    The words of the group are left out at the end of a name only, in the plural only behind a verb that goes with it,
    and in the singular only behind any other: so ``get_project`` is ``get`` whether there is ``get_projects`` or not.
    """
    name = snake_case(operation_id)
    singular = _singular(group)
    is_of_many = name.split("_")[0] in _OF_MANY
    for words in {group, singular, f"{singular}s"}:
        fits = words == singular == group or (words == singular) != is_of_many
        if fits and name.endswith(f"_{words}"):
            return _free(name.removesuffix(f"_{words}"))
    return _free(name or "call")


def _singular(group: str) -> str:
    if group.endswith("ies") and len(group) > 4:
        return f"{group[:-3]}y"
    return group[:-1] if group.endswith("s") and not group.endswith("ss") else group


def _free(name: str) -> str:
    if not name.isidentifier():
        name = f"call_{name}"
    return f"{name}_" if iskeyword(name) or name in TYPES else name


class ArgumentNames:
    """Names of arguments that are free: one that is taken has its place after it, and a number if need be."""

    def __init__(self, has_body: bool) -> None:
        self._taken = set(_ARGUMENTS) | ({"body"} if has_body else set())

    def fitting(self, wire: str, where: str) -> str:
        """A name whose form in Python is free; the API's own name if it can be that."""
        wanted, number = wire, 1
        is_fine = where != "path" or re.fullmatch(r"[\w-]+", wire)
        if not is_fine:
            wanted = python_name(python_name(wire))  # as the generator makes one of it again
        while python_name(wanted) in self._taken:
            number += 1
            plain = python_name(wire)
            wanted = f"{plain}_{where}" if number == 2 else f"{plain}_{where}_{number - 1}"
        self._taken.add(python_name(wanted))
        return wanted

"""Join the files of openapi/ into one OpenAPI document, and find one's way in it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader
else:
    from yaml import CSafeLoader as SafeLoader  # reads the spec in a sixth of the time

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


class SpecError(Exception):
    """The spec cannot be joined, or not be generated from; the message says what is wrong.

    Args:
        message: what is wrong, and of which file or operation.
        place: where it is, as keys from the top of the document; empty where no place is known.
    """

    def __init__(self, message: str, place: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.place = tuple(place)


def load_document(path: Path) -> dict[str, Any]:
    """Read a YAML or JSON file that holds one mapping."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            document = json.loads(text, object_pairs_hook=_once_each)
        else:
            document = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SpecError(f"{path}{line}: {error.problem}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SpecError(f"{path}: {error}") from error
    if not isinstance(document, dict):
        raise SpecError(f"{path}: expected a mapping, found {type(document).__name__}")
    return document


def sources(folder: Path) -> list[Path]:
    """The files that the spec is made of."""
    return [
        *(folder / name for name in ("openapi.yaml", "common.yaml")),
        *sorted((folder / "groups").glob("*.yaml")),
    ]


def join(folder: Path) -> dict[str, Any]:
    """Join ``openapi.yaml``, ``common.yaml`` and ``groups/*.yaml``; a key given twice is an error."""
    document: dict[str, Any] = {}
    for path in sources(folder):
        _merge(document, load_document(path), str(path))
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation as (path, method, operation)."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def walk(
    node: Any, place: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every node below one, itself first, with the keys that lead to it."""
    yield place, node
    children: Iterable[tuple[Any, Any]] = enumerate(node) if isinstance(node, list) else ()
    if isinstance(node, dict):
        children = node.items()
    for key, child in children:
        yield from walk(child, (*place, key))


def resolve(document: dict[str, Any], node: Any) -> Any:
    """Follow a local ``$ref``; anything else is returned as it is."""
    while isinstance(node, dict) and "$ref" in node:
        node = target(document, str(node["$ref"]))
    return node


def target(document: dict[str, Any], reference: str) -> Any:
    """What a local reference leads to; KeyError or TypeError if there is nothing."""
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


class _Loader(SafeLoader):
    """A YAML loader that gives what JSON would: dates are text, keys are text, and none is there twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} is there twice", problem_mark=key.start_mark
                )
            if isinstance(key.value, str):
                seen.add(key.value)
        made = super().construct_mapping(node, deep=deep)
        return {self._text(key, node): value for key, value in made.items()}

    @staticmethod
    def _text(key: Hashable, node: yaml.Node) -> str:
        """A key as text: ``200`` may be written without quotes, ``on`` not, since YAML reads it as true."""
        if isinstance(key, bool) or not isinstance(key, str | int):
            raise yaml.MarkedYAMLError(
                problem=f"the key {key!r} is not a string: put it in quotes",
                problem_mark=node.start_mark,
            )
        return str(key)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, which may not have a key twice."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"the key {key!r} is there twice")
        made[key] = value
    return made


def _merge(into: dict[str, Any], other: dict[str, Any], source: str, where: str = "") -> None:
    for key, value in other.items():
        if key not in into:
            into[key] = value
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, source, f"{where}/{key}")
        else:
            raise SpecError(f"{source}: {where}/{key} is already defined in another file")

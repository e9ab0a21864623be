"""Join the files of openapi/ into one OpenAPI document, and check it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


class SpecError(Exception):
    """The spec cannot be joined or is not valid; the message says which file and where."""


def load_document(path: Path) -> dict[str, Any]:
    """Read a YAML or JSON file that holds one mapping."""
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text) if path.suffix == ".json" else yaml.load(text, _TextDates)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SpecError(f"{path}: {error}") from error
    if not isinstance(document, dict):
        raise SpecError(f"{path}: expected a mapping, found {type(document).__name__}")
    return document


def join(folder: Path) -> dict[str, Any]:
    """Join ``openapi.yaml``, ``common.yaml`` and ``groups/*.yaml``; a key given twice is an error."""
    document = load_document(folder / "openapi.yaml")
    for path in [folder / "common.yaml", *sorted((folder / "groups").glob("*.yaml"))]:
        _merge(document, load_document(path), str(path))
    return document


def validate(document: dict[str, Any]) -> None:
    """Refuse a document that is not valid OpenAPI 3.1 or 3.0, or that has an operationId twice."""
    is_old = str(document.get("openapi", "")).startswith("3.0.")
    validator = OpenAPIV30SpecValidator if is_old else OpenAPIV31SpecValidator
    for error in validator(document).iter_errors():
        where = "/".join(str(part) for part in error.absolute_path)
        raise SpecError(
            f"not valid OpenAPI {'3.0' if is_old else '3.1'} at {where or 'the top'}: "
            f"{error.message.splitlines()[0]}"
        )
    seen: dict[str, str] = {}
    for path, method, operation in operations(document):
        name = operation.get("operationId")
        if name in seen:
            raise SpecError(f"{method.upper()} {path}: operationId {name} is taken by {seen[name]}")
        if name:
            seen[name] = f"{method.upper()} {path}"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation as (path, method, operation)."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def resolve(document: dict[str, Any], node: Any) -> Any:
    """Follow a local ``$ref``; anything else is returned as it is."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


class _TextDates(yaml.SafeLoader):
    """A YAML loader that leaves dates as the text they are: JSON knows no dates."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _merge(into: dict[str, Any], other: dict[str, Any], source: str, where: str = "") -> None:
    for key, value in other.items():
        if key not in into:
            into[key] = value
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, source, f"{where}/{key}")
        else:
            raise SpecError(f"{source}: {where}/{key} is already defined in another file")

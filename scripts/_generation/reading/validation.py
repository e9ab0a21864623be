"""Refuse a document that is not valid OpenAPI, and say where."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from scripts._generation.digest import CACHE, ROOT, of_tools
from scripts._generation.findings import SpecError
from scripts._generation.reading.bundle import NowhereError, resolve, target, walk

_KNOWN = CACHE / "valid"


def validate(document: dict[str, Any]) -> None:
    """Refuse a document that is not valid OpenAPI 3.1 or 3.0, or has a reference that leads nowhere.

    One that was found valid, by the same tools in the same environment, is not looked at again.
    """
    _check_references(document)
    _check_paths(document)
    known, digest = _known(document)
    if not known:
        _check_form(document)
        _note(digest)


@contextlib.contextmanager
def validated(document: dict[str, Any]) -> Iterator[None]:
    """Validate in another process while something is made of the document here, and wait for the end of that.

    What is wrong with the document is raised as by ``validate``, in place of what else goes wrong because of it.
    """
    _check_references(document)
    _check_paths(document)
    known, digest = _known(document)
    if known:
        yield
        return
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        json.dump(document, file)
        file.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "scripts._generation.reading.validation"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=file,
            stderr=subprocess.DEVNULL,
        )
    with process:
        try:
            yield
        except Exception:
            _check_form(document)
            raise
        if process.wait() != 0:
            _check_form(
                document
            )  # with the document as it was read, it says what is wrong and where
    _note(digest)


def _known(document: dict[str, Any]) -> tuple[bool, str]:
    """Whether a document was found valid, and its digest with that of the tools."""
    digest = hashlib.sha256(f"{of_tools()}{json.dumps(document)}".encode()).hexdigest()
    return _KNOWN.is_file() and _KNOWN.read_text(encoding="ascii") == digest, digest


def _note(digest: str) -> None:
    CACHE.mkdir(exist_ok=True)
    _KNOWN.write_text(digest, encoding="ascii")


def _check_form(document: dict[str, Any]) -> None:
    """Refuse what the validators of OpenAPI find, which take longer to import than all else here."""
    from openapi_schema_validator import OAS31Validator
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    is_old = str(document.get("openapi", "")).startswith("3.0.")
    validator = OpenAPIV30SpecValidator if is_old else OpenAPIV31SpecValidator
    with contextlib.ExitStack() as stack:
        if not is_old and _has_right_schemas(document):
            # It would look at each schema by itself, which takes most of its time.
            stack.enter_context(patch.object(OAS31Validator, "check_schema", _nothing))
        found = next(validator(document).iter_errors(), None)
    if found is not None:
        error = found
        place = _place(document, list(error.absolute_path), error.instance)
        place = place or _named_path(document, error.message)
        raise SpecError(
            f"not valid OpenAPI {'3.0' if is_old else '3.1'} at "
            f"{'/'.join(map(str, place)) or 'the top'}: {error.message.splitlines()[0]}",
            place,
        )


def _has_right_schemas(document: dict[str, Any]) -> bool:
    """Whether all that can be a schema is one, by JSON Schema 2020-12 with the keys of OpenAPI 3.1."""
    schemas = [
        node
        for place, node in walk(document)
        if place[:-1] == ("components", "schemas")
        or (place and place[-1] == "schema" and not _is_data(place))
    ]
    import jsonschema_rs
    from openapi_schema_validator._dialects import OAS31_BASE_DIALECT_ID
    from openapi_schema_validator._specifications import REGISTRY

    known: list[tuple[str, Any]] = [(uri, REGISTRY.contents(uri)) for uri in REGISTRY]
    registry = jsonschema_rs.Registry(known)
    each = {"type": "array", "items": {"$ref": OAS31_BASE_DIALECT_ID}}
    return jsonschema_rs.Draft202012Validator(each, registry=registry).is_valid(schemas)


def _nothing(*_: Any, **__: Any) -> None:
    """Stands for a check that was made."""


def _check_references(document: dict[str, Any]) -> None:
    """Refuse a ``$ref`` that leads nowhere, to itself, or out of the document."""
    for place, node in walk(document):
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str) or _is_data(place):
            continue
        passed: list[str] = []
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            if reference in passed:
                raise SpecError(f"the reference {reference} leads to itself", (*place, "$ref"))
            if not reference.startswith("#/"):
                raise SpecError(
                    f"the reference {reference} leads out of the document: it must begin with #/",
                    (*place, "$ref"),
                )
            passed.append(reference)
            try:
                node = target(document, reference)
            except NowhereError:
                raise SpecError(
                    f"the reference {reference} leads nowhere", (*place, "$ref")
                ) from None


def _check_paths(document: dict[str, Any]) -> None:
    """Refuse what the validator stumbles over, or finds without saying where."""
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        if not re.fullmatch(r"([^{}]|\{[^{}]+\})*", path):
            raise SpecError(f"{path}: a brace has no counterpart", ("paths", path))
        for place, node in walk(item, ("paths", path)):
            if place[-1] != "parameters" or not isinstance(node, list) or _is_data(place):
                continue
            seen: list[tuple[Any, Any]] = []
            for each in node:
                parameter = resolve(document, each)
                if isinstance(parameter, dict):
                    seen.append((parameter.get("name"), parameter.get("in")))
                    if seen[-1] in seen[:-1]:
                        raise SpecError(
                            f"{path}: the parameter {seen[-1][0]!r} is there twice", place
                        )


def _is_data(place: tuple[str | int, ...]) -> bool:
    """Whether what is there is an example or another value, and no part of the description."""
    values = {"example", "examples", "default", "const", "enum"}
    named = {"properties", "schemas", "responses", "parameters", "headers", "requestBodies"}
    return any(
        key in values and before not in named
        for before, key in zip((None, *place), place, strict=False)
    )


def _place(document: dict[str, Any], path: list[str | int], found: Any) -> tuple[str | int, ...]:
    """Where the validator found something: it counts from the schema it was in, which is not told."""
    depth = len(path)
    places = [
        place
        for place, node in walk(document)
        if node is found and place[len(place) - depth :] == tuple(path)
    ]
    return places[0] if len(places) == 1 else tuple(path)


def _named_path(document: dict[str, Any], message: str) -> tuple[str, ...]:
    """The path that a message of the validator names; it tells no other place of some findings."""
    return next(
        (("paths", path) for path in document.get("paths", {}) if repr(path) in message), ()
    )


if __name__ == "__main__":
    _check_form(json.load(sys.stdin))

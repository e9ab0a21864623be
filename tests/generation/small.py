"""Small documents, and the packages that are made of them."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts._generation.__main__ import main
from tests.generation.test_any_spec import Session

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def document(operations: dict[str, dict[str, Any]], **schemas: Any) -> dict[str, Any]:
    """A document with some operations, by methods and paths, and some schemas."""
    paths: dict[str, Any] = {}
    for request, operation in operations.items():
        method, path = request.split(" ", 1)
        paths.setdefault(path, {})[method.lower()] = {
            "responses": {"204": {"description": ""}},
            **operation,
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def content(schema: Any, media: str = JSON, **more: Any) -> dict[str, Any]:
    """A body, of a request or of a response."""
    return {"description": "", "content": {media: {"schema": schema, **more}}}


def body(schema: Any, media: str = JSON, **more: Any) -> dict[str, Any]:
    """The part of an operation that has a body, which must be given."""
    return {"requestBody": {"required": True, **content(schema, media, **more)}}


def answer(schema: Any, status: str = "200") -> dict[str, Any]:
    """The part of an operation that has a response."""
    return {"responses": {status: content(schema)}}


def named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def fields(*required: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object."""
    return {"type": "object", "required": list(required), "properties": properties}


def made(found: dict[str, Any], folder: Path, *options: str) -> Path:
    """The folder of a document's package."""
    file = folder / "spec.json"
    file.write_text(json.dumps(found, indent=1), encoding="utf-8")
    assert 0 == main(["--spec", str(file), "--output", str(folder), *options])
    return folder


@contextmanager
def imported(folder: Path) -> Iterator[Any]:
    """The groups of a package, over a session that keeps what is sent; to be used with ``separate_import``."""
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("matillion_api.api").Resources(Session())
    finally:
        sys.path.remove(str(folder))


def models() -> Any:
    """The models of the package that is imported."""
    return importlib.import_module("matillion_api.models")

"""Docstrings of operations and models that a file says little of."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import main

DONE = {"204": {"description": "Done."}}
SOURCE = "\n\nSource: the vendor's spec. Idempotent."
TOLD: dict[str, tuple[dict[str, str], str]] = {
    "nothing": ({}, "GET /nothing."),
    "empty": ({"summary": " ", "description": "\n"}, "GET /empty."),
    "no_stop": ({"summary": "Get it"}, "Get it."),
    "stop": ({"summary": "Get it."}, "Get it."),
    "question": ({"summary": "Is it there?", "description": "More."}, "Is it there?\n\nMore."),
    "lines": ({"summary": "Get\n  it", "description": "Get it."}, "Get it."),
    "described": (
        {"description": "Gets one.\nAnd\nanother.\n\n- more\n"},
        "Gets one. And another.\n\n- more",
    ),
    "listed": ({"description": "Gets\n- one\n- another"}, "Gets.\n\n- one\n- another"),
    "long": ({"summary": "word " * 30}, f"{'word ' * 17}word\n{'word ' * 11}word."),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package."""
    folder = tmp_path_factory.mktemp("docstrings")
    bare = {"type": "object", "properties": {"a": {"type": "string"}}}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": bare}}}}
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Bare", "version": "1"},
        "tags": [{"name": "things", "description": " "}],
        "paths": {
            f"/{name}": {
                "get": {**stated, "operationId": name, "tags": ["things"], "responses": DONE}
            }
            for name, (stated, _) in TOLD.items()
        },
    }
    document["paths"]["/bare"] = {"get": {"operationId": "bare", "responses": answer}}
    spec = folder / "bare.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    assert 0 == main(["--spec", str(spec), "--output", str(folder)])
    return folder


@pytest.fixture
def things(made: Path, separate_import: None) -> Iterator[Any]:
    """The class of the group."""
    sys.path.insert(0, str(made))
    yield importlib.import_module("matillion_api.api.things").Things
    sys.path.remove(str(made))


@pytest.mark.parametrize("name", TOLD)
def test_an_operation(name: str, things: Any) -> None:
    """A sentence with one end, then what there is, without empty lines for what there is not."""
    told = TOLD[name][1]
    assert told + SOURCE == getdoc(getattr(things, name))
    module = importlib.import_module(f"matillion_api.api.things.{name}")
    assert f"{told}\n\nRaises:" in str(getdoc(module.asyncio))
    assert str(module.__doc__) == told.partition("\n\n")[0]


def test_a_group(things: Any) -> None:
    """It is named where it is not described."""
    assert "The operations of the group ``things``." == things.__doc__


def test_a_model(things: Any) -> None:
    """It is named where it is not described."""
    model = importlib.import_module("matillion_api.models").BareResponse200
    assert str(model.__doc__).startswith("The fields of ``BareResponse200``.\n\n    Attributes:")

"""What the spec says is text in the generated code, and never code."""

from __future__ import annotations

import builtins
import copy
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.writing.package import build
from tests.generation.test_generated import Recorder
from tests.generation.test_mistakes import DOCUMENT

ROOT = Path(__file__).resolve().parents[2]
RUN = 'setattr(__import__("builtins"), "spec_was_run", True)'
LITERAL = f'"+str({RUN})+"'
DOCSTRING = f'"""+str({RUN})+"""'


@pytest.fixture
def hostile() -> dict[str, Any]:
    """A spec whose names and words would run if they were pasted between quotes."""
    document = copy.deepcopy(DOCUMENT)
    document["tags"][0]["description"] = DOCSTRING
    creation = document["paths"]["/v1/widgets"]["post"]
    creation |= {"summary": DOCSTRING, "description": DOCSTRING, "x-source": [DOCSTRING]}
    creation["requestBody"]["required"] = True
    creation["parameters"] = [
        {"name": f"q{LITERAL}", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "h'+f'", "in": "header", "schema": {"type": "string"}},
        {
            "name": f"c{LITERAL}",
            "in": "query",
            "explode": False,
            "description": DOCSTRING,
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ]
    reading = copy.deepcopy(document["paths"]["/v1/widgets"]["get"])
    del reading["x-paging"]
    reading |= {"operationId": "read", "x-method": "read", "x-unwrap": LITERAL, "parameters": []}
    document["paths"][f"/v1/{LITERAL}"] = {"get": reading}
    document["components"]["schemas"]["Widget"] |= {"x-unwrap": LITERAL, "description": DOCSTRING}
    document["components"]["schemas"]["Widget"]["properties"] |= {
        LITERAL: {"type": "string", "format": "password", "description": DOCSTRING},
        "flags": {"type": "array", "items": {"type": "boolean"}, "default": [True, False]},
        "texts": {"type": "array", "items": {"type": "string"}, "default": [LITERAL, "it's"]},
    }
    document["paths"][f"/v1/raw?{LITERAL}={LITERAL}#{LITERAL}"] = {
        "post": {
            "operationId": f"raw{LITERAL}",
            "tags": [f"t{LITERAL}"],
            "deprecated": True,
            "requestBody": {"content": {f"text/x{LITERAL}": {}}},
            "responses": {"204": {"description": DOCSTRING}},
        }
    }
    form = {"schema": {"type": "object"}, "encoding": {LITERAL: {"style": "deepObject"}}}
    choices = {
        name: {
            "type": "object",
            "required": [LITERAL],
            "properties": {LITERAL: {"const": f"{LITERAL}{name}"}, "k": {"enum": [LITERAL, RUN]}},
        }
        for name in ("One", "Two")
    }
    document["components"]["schemas"] |= choices
    references = [{"$ref": f"#/components/schemas/{name}"} for name in choices]
    answer = {
        "oneOf": references,
        "discriminator": {"propertyName": LITERAL, "mapping": {RUN: "One"}},
    }
    document["paths"]["/v1/form"] = {
        "post": {
            "requestBody": {"content": {"application/x-www-form-urlencoded": form}},
            "parameters": [
                {
                    "name": f"d{LITERAL}",
                    "in": "query",
                    "style": "deepObject",
                    "schema": {"type": "object"},
                },
            ],
            "responses": {
                "200": {"description": "", "content": {"application/json": {"schema": answer}}},
                "2XX": {"description": "", "content": {f"text/{LITERAL}": {}}},
            },
        }
    }
    return document


@pytest.mark.usefixtures("separate_import")
async def test_nothing_of_the_spec_is_run(
    hostile: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every module is imported, and a call made, without running what stands in the spec; texts arrive as they are."""
    monkeypatch.setattr(builtins, "spec_was_run", False, raising=False)
    package = build(hostile, ROOT / "openapi", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    for module in pkgutil.walk_packages([str(package)], "matillion_api."):
        importlib.import_module(module.name)
    session: Any = Recorder()
    await importlib.import_module("matillion_api.api").Resources(session).widgets.create()
    assert {"flags": [True, False], "texts": [LITERAL, "it's"]} == session.sent["json"]
    widget = importlib.import_module("matillion_api.models").Widget
    assert "s3cret" not in repr(widget.from_dict({LITERAL: {LITERAL: "s3cret"}}))
    assert builtins.spec_was_run is False  # type: ignore[attr-defined]  # set above

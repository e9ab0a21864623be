"""What the generator itself stumbles over: it is found, left out and told, and all else is generated."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts._generation import __main__ as command
from scripts._generation.comparing import surface
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.preparing.understood import Unable
from scripts._generation.progress import Progress
from scripts._generation.writing import generator
from tests.generation.spec import ROOT

SETTINGS = ROOT / "openapi"
TEXT = {"type": "string"}
OBJECT = {"type": "object", "properties": {"a": TEXT}}


@pytest.fixture(autouse=True)
def _ruff_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As scripts/generate has it."""
    scripts = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join([scripts, os.environ["PATH"]]))


def prepared(**schemas: Any) -> dict[str, Any]:
    """A document with an operation for each schema, which it returns."""
    paths: dict[str, Any] = {}
    for name in schemas:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        responses = {"200": {"description": "", "content": content}}
        paths[f"/{name.lower()}"] = {"get": {"operationId": f"get{name}", "responses": responses}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict.fromkeys(schemas, OBJECT)},
    }
    made = prepare(document)
    made["components"]["schemas"] |= schemas  # as if they had not been looked at
    return made


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"type": "string", "enum": ["a", "A"]}, "Duplicate key A in enum"),
        ({"type": "array"}, "type array must have items or prefixItems defined"),
        ({"type": "object", "properties": 3}, "validation error for OpenAPI"),
    ],
)
def test_one_operation_never_refuses_a_file(tmp_path: Path, wrong: Any, reason: str) -> None:
    """Whether the generator warns of it, stops at it, or cannot read it."""
    document = prepared(Good=OBJECT, Wrong=wrong, Other=OBJECT)
    left_out = generator.run(document, tmp_path / "made", SETTINGS)
    assert [("/wrong", "get")] == list(left_out)
    assert reason in left_out["/wrong", "get"]
    assert "object at 0x" not in left_out["/wrong", "get"]
    group = tmp_path / "made" / "api" / "default"
    assert {"__init__.py", "get_good.py", "get_other.py"} == {
        each.name for each in group.glob("*.py")
    }


def test_nothing_is_left(tmp_path: Path) -> None:
    """Then there is no package, and a reason."""
    with pytest.raises(Unable, match="Duplicate key A"):
        generator.run(prepared(Wrong={"type": "string", "enum": ["a", "A"]}), tmp_path, SETTINGS)


def test_compiled_templates_that_are_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the command, run at the same time, does that: what is read from them is compiled again."""
    monkeypatch.setattr(generator, "CACHE", tmp_path / "cache")

    class Other(Progress):
        def count(self, what: str, done: int, total: int) -> None:
            for kept in (tmp_path / "cache").glob("templates-*"):
                shutil.rmtree(kept)

    assert {} == generator.run(prepared(Good=OBJECT), tmp_path / "made", SETTINGS, Other())
    assert (tmp_path / "made" / "api" / "default" / "get_good.py").is_file()


def test_the_reason_of_the_generator_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the operation and its line; the summary counts it, and ``--strict`` fails."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths:\n"
        "  /a: {get: {operationId: getA, responses: {'204': {description: x}}}}\n"
        "  /b: {get: {operationId: getB, responses: {'204': {description: x}}}}\n"
    )

    def spoiled(document: dict[str, Any], findings: Findings) -> dict[str, Any]:
        made = prepare(document, findings)
        made["paths"]["/b"]["get"]["parameters"] = [
            {"name": "a", "in": "query", "schema": {"type": "array"}}
        ]
        return made

    monkeypatch.setattr("scripts._generation.writing.package.prepare", spoiled)
    arguments = ["--spec", str(spec), "--output", str(tmp_path / "made")]
    assert 0 == command.main(arguments)
    told = capsys.readouterr()
    assert told.err.startswith(
        f"scripts/generate: {spec}:5: GET /b: left out: cannot parse parameter"
    )
    assert 1 == len(told.err.splitlines())
    assert "1 operation(s) generated, 1 left out\n" in told.out
    assert 1 == command.main([*arguments, "--strict"])


def test_what_the_generator_refuses_is_compared_as_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--diff`` asks it, too: an operation of the first file that it does not understand in the second one is gone."""

    def spoiled(document: dict[str, Any], findings: Findings) -> dict[str, Any]:
        made = prepare(document, findings)
        if document["info"]["title"] == "new":
            made["paths"]["/wrong"]["get"]["parameters"] = [
                {"name": "a", "in": "query", "required": False, "schema": {"type": "array"}}
            ]
        return made

    monkeypatch.setattr(surface, "prepare", spoiled)
    for name in ("old", "new"):
        paths = {f"/{each}": {"get": {"operationId": f"get_{each}"}} for each in ("good", "wrong")}
        stated = {"openapi": "3.0.0", "info": {"title": name, "version": "1"}, "paths": paths}
        (tmp_path / f"{name}.json").write_text(json.dumps(stated))
    arguments = ["--spec", str(tmp_path / "old.json"), "--diff", str(tmp_path / "new.json")]
    assert 1 == command.main(arguments)
    first, last = capsys.readouterr().out.splitlines()
    gone = "BREAKING client.default.get_wrong (GET /wrong): removed, since it cannot be generated"
    assert first.startswith(f"{gone}: cannot parse parameter")
    assert "1 change, 1 of them breaking" == last


def test_a_mistake_of_the_command_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told in one line, too, with the line of the program."""
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"openapi": "3.0.0", "paths": {}}))
    monkeypatch.setattr(command, "load_document", lambda *_: {"a": 1}["x"])
    assert 1 == command.main(["--spec", str(spec), "--output", str(tmp_path / "made")])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("scripts/generate: a mistake of this command: test_leaving_out.py:")
    assert line.endswith("KeyError: 'x'")


STRANGE: list[Any] = [
    None, 3, "text", [], {}, {"$ref": 3}, {"type": 3}, {"type": ["a"]}, {"properties": []}, {"required": 3, "properties": {"a": 3}},
    {"enum": "a"}, {"enum": []}, {"enum": [{}]}, {"allOf": 3}, {"allOf": [3]}, {"oneOf": [None]}, {"items": 3}, {"const": {}},
    {"additionalProperties": 3}, {"discriminator": 3, "oneOf": [OBJECT, {"type": "object", "properties": {"b": TEXT}}]},
    {"$ref": "#/components/schemas/Self"}, {"allOf": [{"$ref": "#/components/schemas/Self"}]}, {"default": {}, "type": "string"},
    {"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Nest"}}, {"type": "array"}]},
]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE, ids=str)
def test_what_has_another_form_is_told(strange: Any) -> None:
    """In the place of anything that a file has; nothing of it ends in an error."""
    good = {
        "parameters": [{"name": "a", "in": "query", "schema": TEXT}],
        "requestBody": {"content": {"application/json": {"schema": TEXT}}},
        "responses": {
            "200": {"description": "", "content": {"application/json": {"schema": TEXT}}}
        },
        "tags": ["a"],
    }
    content = {"content": {"application/json": {"schema": strange}}}
    operations: list[Any] = [
        strange,
        *({**good, key: strange} for key in (*good, "summary", "operationId", "x-paging")),
        {**good, "parameters": [strange]},
        *({**good, "parameters": [{"name": "a", "in": "query", key: strange}]} for key in ("schema", "content", "in", "name")),
        {**good, "requestBody": {"content": strange}},
        {**good, "requestBody": content},
        {**good, "responses": {"200": strange}},
        {**good, "responses": {"200": {"content": strange}}},
        {**good, "responses": {"200": content, "201": {"content": {"text/plain": {}}}}},
        {**good, "requestBody": {"content": {"multipart/form-data": {"schema": strange}}}},
    ]  # fmt: skip
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "tags": strange,
        "paths": {
            "/strange": strange,
            **{f"/{i}": {"get": operation} for i, operation in enumerate(operations)},
        },
        "components": {
            "schemas": {
                "Self": {"allOf": [{"$ref": "#/components/schemas/Self"}]},
                "Nest": {
                    "anyOf": [
                        {"type": "array", "items": {"$ref": "#/components/schemas/Nest"}},
                        TEXT,
                    ]
                },
            }
        },
    }
    findings = Findings()
    made = prepare(document, findings)
    assert all(str(each) and "\n" not in str(each) for each in findings)
    left_out = {each.request for each in findings if each.leaves_out}
    generated = {f"GET {path}" for path in made["paths"]}
    requests = {f"GET /{i}" for i in range(len(operations))}
    assert requests == (left_out | generated) & requests
    assert not left_out & generated


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{\n"openapi": "3.1.0"}', "2: there is no operation that can be generated"),
        (
            '{"openapi": "3.1.0", "webhooks": {"a": {"post": {}}}}',
            "1: there is no operation that can be generated: it has webhooks only",
        ),
    ],
)
def test_a_document_without_operations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    """There is nothing to be made of it, which is told of the file."""
    spec = tmp_path / "spec.json"
    spec.write_text(text)
    assert 1 == command.main(["--spec", str(spec), "--output", str(tmp_path / "made")])
    assert f"scripts/generate: {spec}:{told}\n" == capsys.readouterr().err

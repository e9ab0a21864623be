"""Answers that differ from what the spec expects: more fields, other values, fields that are missing or null."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matillion_api.api
import pytest
from matillion_api.models.artifact_page import ArtifactPage
from matillion_api.types import Operation

from scripts._generation.bundle import join, operations, resolve

DOCUMENT = join(Path(__file__).resolve().parents[2] / "openapi")
NEW = "of a version to come"
Place = tuple[str | int, ...]


def _generated() -> dict[str, Operation[Any]]:
    found = {}
    for group in pkgutil.iter_modules(matillion_api.api.__path__):
        package = importlib.import_module(f"matillion_api.api.{group.name}")
        for module in pkgutil.iter_modules(package.__path__):
            operation = importlib.import_module(f"{package.__name__}.{module.name}").OPERATION
            found[operation.id] = operation
    return found


def _answers() -> Iterator[tuple[Operation[Any], dict[str, Any], Any]]:
    """Each operation with the schema and the examples of its answer."""
    generated = _generated()
    for _, _, stated in operations(DOCUMENT):
        operation = generated.get(f"{stated['tags'][0]}.{stated['x-method']}")
        for status, response in stated["responses"].items():
            contents = list(resolve(DOCUMENT, response).get("content", {}).values())
            if operation is not None and status.startswith("2") and contents:
                for example in contents[0]["examples"].values():
                    yield operation, contents[0]["schema"], example["value"]


ANSWERS = list(_answers())
every_answer = pytest.mark.parametrize(
    ("operation", "schema", "answer"), ANSWERS, ids=[answer[0].id for answer in ANSWERS]
)


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without references, and without null beside it."""
    schema = resolve(DOCUMENT, schema)
    choices = schema.get("anyOf") or schema.get("oneOf") or []
    found = [choice for choice in choices if choice.get("type") != "null"]
    return _plain(found[0]) if found else schema


def _fields(
    schema: dict[str, Any], value: Any, at: Place = ()
) -> Iterator[tuple[Place, Any, bool]]:
    """Every field that the schema names: its place in the answer, its schema, and whether it must be there; one with a default need not."""
    schema = _plain(schema)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(schema.get("items", {}), item, (*at, index))
    elif isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            if name in value:
                yield (
                    (*at, name),
                    _plain(field),
                    name in schema.get("required", ()) and "default" not in field,
                )
                yield from _fields(field, value[name], (*at, name))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _objects(item)


def _parent(answer: Any, place: Place) -> Any:
    for step in place[:-1]:
        answer = answer[step]
    return answer


def _sent_back(result: Any) -> str:
    items = result if isinstance(result, list) else [result]
    return json.dumps([item.to_dict() for item in items])


@every_answer
def test_a_field_that_is_not_known_is_kept(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """An object may have more fields than are listed."""
    answer = copy.deepcopy(answer)
    named = [
        resolve_at(answer, place)
        for place, field, _ in _fields(schema, answer)
        if "properties" in field
    ]
    tops = answer if isinstance(answer, list) else [answer]
    for index, found in enumerate(item for item in [*named, *tops] if isinstance(item, dict)):
        found["zzNew"] = {"kept": f"{NEW} {index}"}
    expected = [found["zzNew"]["kept"] for found in _objects(answer) if "zzNew" in found]
    sent_back = _sent_back(operation.parse(answer))
    assert expected
    assert [] == [text for text in expected if text not in sent_back]


def resolve_at(answer: Any, place: Place) -> Any:
    """What is at a place of an answer."""
    return _parent(answer, place)[place[-1]]


@every_answer
def test_a_value_that_is_not_known_is_kept(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """An enum may have more values than are listed."""
    answer = copy.deepcopy(answer)
    places = [place for place, field, _ in _fields(schema, answer) if "enum" in field]
    for place in places:
        _parent(answer, place)[place[-1]] = NEW
    assert len(places) == _sent_back(operation.parse(answer)).count(NEW)


@every_answer
def test_a_field_may_be_missing_or_null(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """Unless nothing works without it."""
    for place, _, is_required in _fields(schema, answer):
        if is_required:
            continue
        changed = copy.deepcopy(answer)
        _parent(changed, place)[place[-1]] = None
        operation.parse(copy.deepcopy(changed))
        del _parent(changed, place)[place[-1]]
        operation.parse(changed)


GUESSED = [
    "artifacts.list",
    "connections.list_overrides",
    "connectors.list_custom",
    "connectors.list_flex",
    "pipeline_executions.status",
    "project_variables.list_overrides",
    "secret_references.list",
]
"""Operations whose answer no source shows."""


@pytest.mark.parametrize("name", GUESSED)
def test_a_guess_asks_for_nothing(name: str) -> None:
    """Of an answer that no source shows, only that it is a page is taken for granted."""
    needed = {
        place[-1]
        for operation, schema, answer in ANSWERS
        for place, _, is_required in _fields(schema, answer)
        if operation.id == name and is_required
    }
    assert needed <= {"results"}


def test_details_of_an_execution_in_any_form() -> None:
    """Flat, under ``result``, with its ids beside that, or without an id: older servers are known to differ."""
    parse = _generated()["pipeline_executions.get"].parse
    ids = {"pipelineExecutionId": "e1", "projectId": "p1"}
    state = {"status": "SUCCESS", "message": "done"}
    for answer in ({**ids, **state}, {"result": {**ids, **state}}, {**ids, "result": state}):
        found = parse(answer)
        assert ("e1", "p1", "SUCCESS") == (
            found.pipeline_execution_id,
            found.project_id,
            found.status,
        )
    assert ("", "SUCCESS") == (
        parse({"result": state}).pipeline_execution_id,
        parse({"result": state}).status,
    )


@pytest.mark.parametrize("nested", [False, True])
def test_a_listed_artifact_like_its_details(nested: bool) -> None:
    """A row may be the version itself, or have it under ``details`` as the details do."""
    version = {"versionName": "1.4.0", "enabled": True}
    row = {"details": version, "assets": ["a.orch.yaml"]} if nested else version
    (artifact,) = ArtifactPage.from_dict({"results": [row]}).results
    assert ("1.4.0", True) == (artifact.version_name, artifact.enabled)
    assert not nested or ["a.orch.yaml"] == artifact["assets"]

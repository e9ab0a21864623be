"""The hand-written spec: every example in it is true to its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from scripts._generation.reading.bundle import operations
from scripts._generation.reading.validation import validate
from tests.generation.spec import DOCUMENT

REGISTRY: Registry[Any] = Registry().with_resource(
    "spec:", Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
)


def _examples(node: Any, where: str = "#") -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every example as (place, schema, value)."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _examples(item, f"{where}/{index}")
        return
    if not isinstance(node, dict):
        return
    if "schema" in node and ("in" in node or "example" in node or "examples" in node):
        if "example" in node:
            yield f"{where}/example", node["schema"], node["example"]
        for name, example in dict(node.get("examples") or {}).items():
            yield f"{where}/examples/{name}", node["schema"], example["value"]
    elif isinstance(node.get("examples"), list):
        for index, value in enumerate(node["examples"]):
            yield f"{where}/examples/{index}", node, value
    for key, value in node.items():
        if key not in ("example", "examples"):
            yield from _examples(value, f"{where}/{key}")


def _absolute(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: f"spec:{value}" if key == "$ref" else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(item) for item in node] if isinstance(node, list) else node


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(_absolute(schema), registry=REGISTRY)


def test_the_spec_is_valid() -> None:
    """A validator of OpenAPI 3.1 accepts the joined document."""
    validate(DOCUMENT)


def test_confidence_follows_from_the_sources() -> None:
    """Only what the vendor documents and a working client sends is of high confidence."""
    documents = {"API reference", "guides", "older guides"}
    high = {
        operation["operationId"]: set(operation["x-source"])
        for _, _, operation in operations(DOCUMENT)
        if operation["x-confidence"] != "MEDIUM"
    }
    assert high
    assert {} == {
        name: sources
        for name, sources in high.items()
        if not (sources & documents and sources - documents)
    }


REPEATABLE = {
    "add_to_agent_allow_list",
    "cancel_pipeline_execution",
    "create_token",
    "rotate_repository_token",
    "stop_agent_task",
    "update_agent",
    "update_project_variable",
    "update_schedule",
}
"""What is sent by POST or PATCH and may be sent twice: it sets what is given, or adds to a set."""


def test_what_may_be_sent_again() -> None:
    """By GET, PUT or DELETE everything, by POST or PATCH nothing but what is known to do no harm twice: a start that
    is repeated runs twice."""
    found = {
        (operation["operationId"], operation["x-idempotent"])
        for _, method, operation in operations(DOCUMENT)
        if method in ("post", "patch") or not operation["x-idempotent"]
    }
    assert {name for name, may_be_repeated in found if may_be_repeated} == REPEATABLE
    assert {"get", "put", "delete"}.isdisjoint(
        method for _, method, operation in operations(DOCUMENT) if not operation["x-idempotent"]
    )


def test_examples_match_their_schemas() -> None:
    """Every example in the spec is valid against the schema beside it."""
    examples = list(_examples(DOCUMENT))
    assert len(examples) > 600
    assert [] == [
        f"{where}: {error.message}"
        for where, schema, value in examples
        for error in _validator(schema).iter_errors(value)
    ]

"""What scripts/generate works out of a file that does not state it in extensions."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from scripts._generation.findings import Findings, SpecError
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import operations
from scripts._generation.reading.validation import validate
from tests.generation.spec import DOCUMENT
from tests.generation.test_vendor_spec import without_extensions


def facts(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is worked out about each operation, by its request."""
    return {
        f"{method.upper()} {path}": next(iter(operation["responses"].values()))["x-operation"]
        for path, method, operation in operations(prepare(document, Findings()))
    }


@cache
def stated() -> dict[str, dict[str, Any]]:
    """What the API's own file states."""
    return facts(DOCUMENT)


@cache
def found() -> dict[str, dict[str, Any]]:
    """What is worked out where it states nothing."""
    return facts(without_extensions(DOCUMENT))


def test_listings() -> None:
    """All listings of the API are recognised by their parameters and fields, and nothing else is taken for one."""
    paging = {request: each["paging"] for request, each in stated().items()}
    assert {request: _how(each) for request, each in paging.items()} == {
        request: _how(found()[request]["paging"]) for request in paging
    }
    assert {"page", "token", "index"} == {each["style"] for each in paging.values() if each}


def _how(paging: dict[str, Any] | None) -> dict[str, Any] | None:
    """How a listing is paged, without what only a key of ours can tell."""
    told = ("alone", "item_fields", "missing_is_empty")
    return paging and {key: value for key, value in paging.items() if key not in told}


def test_projects() -> None:
    """Where the id of a project is asked for, its name works, too."""
    assert ["project_id"] == found()["GET /v1/projects/{projectId}/schedules"]["projects"]
    assert ["project_id"] == found()["GET /v1/pipeline-executions"]["projects"]


def test_idempotence() -> None:
    """What may have been done is not repeated: only methods that HTTP calls idempotent are."""
    safe = {"GET", "PUT", "DELETE"}
    assert found()
    for request, each in found().items():
        assert (request.split(" ")[0] in safe) == each["idempotent"], request


def small_document(operation_id: str) -> dict[str, Any]:
    """An OpenAPI 3.0 file with one operation."""
    operation = {
        "operationId": operation_id,
        "tags": ["Job Runs"],
        "responses": {"204": {"description": "Done."}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Vendor", "version": "1"},
        "paths": {"/v1/a": {"post": operation}},
    }


def test_an_older_openapi_is_accepted() -> None:
    """A file of OpenAPI 3.0 is judged by the rules of 3.0."""
    document = small_document("startJobRun")
    validate(document)
    document["paths"]["/v1/a"]["post"]["responses"] = []
    with pytest.raises(SpecError, match=r"not valid OpenAPI 3\.0 at paths//v1/a/post/responses"):
        validate(document)


def test_a_method_is_no_keyword() -> None:
    """A name that Python reserves gets an underscore."""
    assert "import_" == facts(small_document("importJobRun"))["POST /v1/a"]["method_name"]

"""What is worked out about an operation, and how its bodies are prepared for the generator."""

from __future__ import annotations

from typing import Any

import pytest

from scripts._generation.preparing.names import name_of
from scripts._generation.preparing.prepare import prepare
from tests.generation.test_mistakes import FIELDS, GET, POST, SCHEMAS, TEXT, changed

BODY = {"schema": TEXT}
WIDGET = {"schema": {"$ref": "#/components/schemas/Widget"}}
REQUIRED = {"required": True, "content": {"application/json": WIDGET}}


def prepared(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The operation at a place whose description was changed."""
    operation: dict[str, Any] = prepare(changed(place, value))["paths"][place[1]][place[2]]
    return operation


def facts(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(iter(prepared(place, value)["responses"].values()))["x-operation"]
    return found


@pytest.mark.parametrize(
    ("content", "read_as", "body"),
    [
        ({"application/json": BODY}, "application/json", "json"),
        ({"application/scim+json": BODY}, "application/scim+json", "json"),
        ({"*/*": BODY}, "application/json", "json"),
        ({"text/json": BODY}, "application/json", "json"),
        ({"Application/JSON; charset=utf-8": BODY}, "application/json", "json"),
        ({"application/x-ndjson": BODY}, "application/octet-stream", "bytes"),
        ({"application/xml": BODY, "application/json": BODY}, "application/json", "json"),
        ({"text/csv": BODY}, "text/csv", "text"),
        ({"application/zip": BODY}, "application/octet-stream", "bytes"),
    ],
)
def test_the_body_of_an_answer(content: dict[str, Any], read_as: str, body: str) -> None:
    """JSON where there is a choice or none is named; what is neither JSON nor text is bytes."""
    answer = {"description": "", "content": content}
    response = prepared((*POST, "responses"), {"200": answer})["responses"]["200"]
    assert body == response["x-operation"]["body"]
    assert [read_as] == list(response["content"])
    assert TEXT == response["content"][read_as]["schema"]


@pytest.mark.parametrize("media_type", ["text/json", "application/json;v=2", "application/a+json"])
def test_a_request_is_sent_with_its_media_type(media_type: str) -> None:
    """Whatever the generator knows of it."""
    content = {media_type: {"schema": {"type": "array", "items": TEXT}}}
    found = facts((*POST, "requestBody"), {"content": content})
    assert {"kind": "json", "media_type": media_type, "deprecated": []} == found["sent_as"]


def test_a_request_is_sent_as_json() -> None:
    """Of several media types, whatever their order."""
    content = {"application/xml": BODY, "application/json": WIDGET}
    body = prepared((*POST, "requestBody"), {"content": content})["requestBody"]
    assert {"application/json": WIDGET} == body["content"]


@pytest.mark.parametrize(
    ("statuses", "index", "may_be_empty"),
    [
        ({"200": True}, 0, False),
        ({"200": True, "204": False}, 0, True),
        ({"200": False, "201": True}, 1, True),
        ({"204": False}, 0, False),
    ],
)
def test_answers_of_several_statuses(
    statuses: dict[str, bool], index: int, may_be_empty: bool
) -> None:
    """The one with a body is read; where another has none, the answer may be empty."""
    responses = {
        status: {"description": "", **({"content": {"application/json": BODY}} if has else {})}
        for status, has in statuses.items()
    }
    found = facts((*POST, "responses"), responses)
    assert (index, may_be_empty) == (found["response"], found["may_be_empty"])


def test_the_fields_of_a_body_are_arguments() -> None:
    """If it must be given, and no parameter has the name of a field."""
    assert facts((*POST, "requestBody"), REQUIRED)["flatten"]
    assert not facts((*POST, "requestBody", "required"), False)["flatten"]
    document = changed((*POST, "requestBody"), REQUIRED)
    operation = document["paths"]["/v1/widgets"]["post"]
    operation["parameters"] = [{"name": "ID", "in": "query", "schema": TEXT}]
    found = prepare(document)["paths"]["/v1/widgets"]["post"]["responses"]["204"]["x-operation"]
    assert not found["flatten"]


def test_a_secret_is_found_wherever_it_is() -> None:
    """In a model of a model, also where one is made of itself."""
    for schema in (TEXT, TEXT | {"format": "password"}):
        document = changed((*FIELDS, "page"), {"$ref": "#/components/schemas/WidgetPage"})
        document["components"]["schemas"]["Widget"]["properties"]["id"] = schema
        found = prepare(document)["paths"]["/v1/widgets"]["get"]["responses"]["200"]["x-operation"]
        assert ("format" in schema) == found["secret"]


def test_bounds_are_those_of_the_query() -> None:
    """Checked before a request is sent, by the name of the argument."""
    parameters = [
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 0}},
        {"name": "size", "in": "query", "schema": {"type": "integer", "maximum": 100}},
        {"name": "maxAge", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "X-Age", "in": "header", "schema": {"type": "integer", "minimum": 1}},
    ]
    expected = {"page": {"minimum": 0}, "size": {"maximum": 100}, "max_age": {"minimum": 1}}
    assert expected == facts((*GET, "parameters"), parameters)["bounds"]


def test_only_what_is_used_is_generated() -> None:
    """A schema that no operation reaches is left out; the group is described by its tag."""
    document = prepare(changed((*SCHEMAS, "Problem"), {"type": "object"}))
    assert {"Widget", "WidgetPage"} == set(document["components"]["schemas"])
    assert "Widgets." == facts((*GET, "x-method"), "list")["group"]


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ({"tags": ["Job Runs"], "operationId": "startJobRun"}, ("job_runs", "start")),
        ({"tags": ["jobs"], "operationId": "listJobs"}, ("jobs", "list")),
        ({"tags": ["jobs"], "operationId": "jobs"}, ("jobs", "jobs")),
        ({"tags": ["jobs"], "operationId": "getJob"}, ("jobs", "get")),
        ({"tags": ["jobs"], "operationId": "getJobs"}, ("jobs", "get_jobs")),
        ({"tags": ["jobs"], "operationId": "deleteJobs"}, ("jobs", "delete_jobs")),
        ({"tags": ["job"], "operationId": "listJobs"}, ("job", "list")),
        ({"tags": ["policies"], "operationId": "getPolicy"}, ("policies", "get")),
        ({"tags": ["audit"], "operationId": "getAudit"}, ("audit", "get")),
        ({"tags": ["jobs"], "operationId": "getJobStatus"}, ("jobs", "get_job_status")),
        ({"tags": [], "operationId": "2fa"}, ("default", "call_2fa")),
        ({"tags": ["jobs"], "operationId": "importJob"}, ("jobs", "import_")),
        ({"tags": ["jobs"], "operationId": "intJob"}, ("jobs", "int_")),
        ({"tags": ["jobs"], "operationId": "a", "x-method": "b"}, ("jobs", "b")),
        ({}, ("default", "post_jobs_id_run")),
    ],
)
def test_the_name_of_a_method(operation: dict[str, Any], name: tuple[str, str]) -> None:
    """As it is stated, or its operation's without the words of the group at its end, or its path's."""
    assert name == name_of(operation, "post", "/v1/jobs/{id}/run")

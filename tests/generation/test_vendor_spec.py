"""scripts/generate --spec FILE: a file as the vendor might publish it, made from what is known and named otherwise."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import operations

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "generated" / "matillion_api" / "openapi.json"


def without_extensions(node: Any) -> Any:
    """The document without a trace of how this project uses it."""
    if isinstance(node, dict):
        return {
            key: without_extensions(value)
            for key, value in node.items()
            if not key.startswith("x-")
        }
    return [without_extensions(item) for item in node] if isinstance(node, list) else node


def camel_case(name: str) -> str:
    """``list_projects`` as ``listProjects``."""
    return re.sub(r"_(.)", lambda match: match[1].upper(), name)


def title(tag: str) -> str:
    """``pipeline_executions`` as ``Pipeline Executions``."""
    return tag.replace("_", " ").title()


PAGEABLE = {
    "type": "object",
    "properties": {
        "page": {"type": "integer", "format": "int32", "minimum": 0, "default": 0},
        "size": {"type": "integer", "format": "int32", "minimum": 1, "default": 25},
        "sort": {"type": "array", "items": {"type": "string"}},
    },
}
REPORTS: dict[str, Any] = {
    "/v1/projects/{projectId}/reports": {
        "parameters": [
            {
                "name": "projectId",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
            }
        ],
        "post": {
            "tags": ["Report Controller"],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["kind"],
                            "properties": {
                                "kind": {"type": "string", "enum": ["DAILY", "WEEKLY"]},
                                "until": {"type": ["string", "null"], "format": "date"},
                            },
                        }
                    }
                },
            },
            "responses": {
                "202": {
                    "description": "Accepted",
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/ReportDto"}}
                    },
                },
                "default": {"description": "Error"},
            },
        },
        "get": {
            "tags": ["Report Controller"],
            "responses": {
                "200": {
                    "description": "OK",
                    "content": {"text/csv": {"schema": {"type": "string"}}},
                }
            },
        },
    }
}
REPORT_DTO = {
    "allOf": [
        {"$ref": "#/components/schemas/PromotedArtifact"},
        {
            "type": "object",
            "properties": {
                "reportId": {"type": "string", "format": "uuid"},
                "created": {"type": "string", "format": "date-time"},
            },
        },
    ]
}


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    """A file with other names for groups, operations and models, paging in one object, and more operations."""
    text = OURS.read_text(encoding="utf-8")
    text = text.replace('"#/components/schemas/ProjectPage"', '"#/components/schemas/PageProject"')
    document = without_extensions(json.loads(text))
    schemas = document["components"]["schemas"]
    schemas["PageProject"] = schemas.pop("ProjectPage")
    schemas |= {"Pageable": PAGEABLE, "ReportDto": REPORT_DTO}
    del document["paths"]["/oauth/dpc/token"]
    for tag in document["tags"]:
        tag["name"] = title(tag["name"])
    for _, _, operation in operations(document):
        operation["tags"] = [title(tag) for tag in operation["tags"]]
        operation["operationId"] = camel_case(operation["operationId"])
    document["paths"]["/v1/projects"]["get"]["parameters"] = [
        {
            "name": "pageable",
            "in": "query",
            "required": True,
            "schema": {"$ref": "#/components/schemas/Pageable"},
        }
    ]
    document["paths"] |= REPORTS
    path = tmp_path / "vendor.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


class Session:
    """Carries out operations of the generated package over an HTTP client without a network."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        transport = httpx.MockTransport(answer)
        self._client = httpx.AsyncClient(
            base_url="https://api.example.com/dpc", transport=transport
        )

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        async with self._client as client:
            return operation.decode(await client.request(**operation.get_kwargs(**arguments)))

    def listing(self, operation: Any, item: type, /, **arguments: Any) -> Any:
        return self.call(operation, **arguments)


@pytest.mark.long
@pytest.mark.usefixtures("separate_import")
async def test_a_file_of_the_vendor(
    vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is generated from, and its operations can be called: known ones under their names, and new ones."""
    assert 0 == main(["--spec", str(vendors), "--output", str(tmp_path / "generated")])
    monkeypatch.syspath_prepend(str(tmp_path / "generated"))
    resources = importlib.import_module("matillion_api.api").Resources
    assert str(tmp_path) in str(importlib.import_module("matillion_api").__file__)
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=bodies.pop(0))

    bodies: list[Any] = [
        {"page": 0, "size": 7, "total": 1, "results": [{"id": "p1", "name": "Sales"}]},
        {"reportId": "3f2b8c1e-5d0e-4a57-9a53-b6cf6ad0c1d2", "created": "2026-03-01T00:00:00Z"},
    ]
    page = await resources(Session(answer)).projects.list(page=0, size=7)
    assert "Sales" == page.results[0].name
    post = resources(Session(answer)).report_controller.post_projects_project_id_reports
    report = await post("p1", kind="DAILY", until=date(2026, 3, 1))
    assert UUID("3f2b8c1e-5d0e-4a57-9a53-b6cf6ad0c1d2") == report.report_id
    assert 2026 == report.created.year
    assert "/dpc/v1/projects?page=0&size=7" == seen[0].url.raw_path.decode()
    assert "/dpc/v1/projects/p1/reports" == seen[1].url.path
    assert {"kind": "DAILY", "until": "2026-03-01"} == json.loads(seen[1].content)


def test_two_methods_of_one_name(vendors: Path) -> None:
    """Each has a name of its method and path, and why is told."""
    document = json.loads(vendors.read_text(encoding="utf-8"))
    document["paths"]["/v1/projects"]["post"]["operationId"] = "getProject"
    document["paths"]["/v1/projects/{projectId}"] |= {
        "get": {"tags": ["Projects"], "operationId": "get_project_", "responses": {}}
    }
    findings = Findings()
    paths = prepare(document, findings)["paths"]
    first, second = paths["/v1/projects"]["post"], paths["/v1/projects/{projectId}"]["get"]
    methods = [_id_of(first), _id_of(second)]
    assert ["projects.post_projects", "projects.get_projects_project_id"] == methods
    assert (
        "GET /v1/projects/{projectId}: its method is client.projects.get_projects_project_id: "
        "client.projects.get would be POST /v1/projects as well"
    ) in list(map(str, findings))


def _id_of(operation: dict[str, Any]) -> str:
    return str(next(iter(operation["responses"].values()))["x-operation"]["id"])


def test_what_cannot_be_a_listing_is_one_page(vendors: Path) -> None:
    """Items without a name of their own are no reason to refuse a file that never said it had listings."""
    document = json.loads(vendors.read_text(encoding="utf-8"))
    items = document["components"]["schemas"]["PageProject"]["properties"]["results"]
    items["items"] = {"type": "object"}
    found = prepare(document)["paths"]["/v1/projects"]["get"]["responses"]["200"]["x-operation"]
    assert found["paging"] is None


def test_an_object_in_the_query_is_sent_as_its_fields(vendors: Path) -> None:
    """``style: form`` sends the fields of an object as parameters; other styles have one for all."""
    document = json.loads(vendors.read_text(encoding="utf-8"))
    parameters = prepare(document)["paths"]["/v1/projects"]["get"]["parameters"]
    assert ["page", "size", "sort"] == [parameter["name"] for parameter in parameters]
    document["paths"]["/v1/projects"]["get"]["parameters"][0]["style"] = "deepObject"
    parameters = prepare(document, Findings())["paths"]["/v1/projects"]["get"]["parameters"]
    assert ["pageable"] == [parameter["name"] for parameter in parameters]

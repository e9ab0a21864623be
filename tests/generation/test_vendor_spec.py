"""scripts/generate --spec: a file as the vendor might publish it, with nothing in it that is ours."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from matillion_async import MatillionClient
from scripts._generation.bundle import SpecError, operations, validate
from scripts._generation.facts import prepare

ROOT = Path(__file__).resolve().parents[2]
Importer = Callable[[Path], ModuleType]


def without_extensions(node: Any) -> Any:
    """The same document with no ``x-`` key in it."""
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if not key.startswith("x-")}
        return {key: without_extensions(value) for key, value in kept.items()}
    return [without_extensions(item) for item in node] if isinstance(node, list) else node


def camel(name: str) -> str:
    """``list_projects`` as ``listProjects``."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def title(name: str) -> str:
    """``pipeline_executions`` as ``Pipeline Executions``."""
    return " ".join(word.capitalize() for word in name.split("_"))


def vendor_document() -> dict[str, Any]:
    """The spec in another hand: other names, an operation and a field more, an operation less."""
    path = ROOT / "generated" / "matillion_api" / "openapi.json"
    document: dict[str, Any] = without_extensions(json.loads(path.read_text(encoding="utf-8")))
    for tag in document["tags"]:
        tag["name"] = title(tag["name"])
    for *_, operation in operations(document):
        operation["operationId"] = camel(operation["operationId"])
        operation["tags"] = [title(tag) for tag in operation["tags"]]
    paths = document["paths"]
    del paths["/v1/projects/{projectId}"]["delete"]
    paths["/v1/projects/{projectId}/pipeline-executions/{pipelineExecutionId}/restarts"] = {
        "post": {
            "operationId": "restartPipelineExecution",
            "tags": ["Pipeline Executions"],
            "parameters": [
                {"$ref": "#/components/parameters/ProjectId"},
                {"$ref": "#/components/parameters/PipelineExecutionId"},
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["fromStep"],
                            "properties": {"fromStep": {"type": "string"}},
                        }
                    }
                },
            },
            "responses": {
                "202": {
                    "description": "Accepted",
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/PipelineExecutionReference"}
                        }
                    },
                }
            },
        }
    }
    document["components"]["schemas"]["Project"]["properties"]["costCentre"] = {"type": "string"}
    return document


@pytest.fixture
def other_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[Importer]:
    """Imports matillion_api from a folder, in place of the one in the tree."""

    def is_generated(name: str) -> bool:
        return name.partition(".")[0] == "matillion_api"

    def use(folder: Path) -> ModuleType:
        for name in kept:
            del sys.modules[name]
        monkeypatch.syspath_prepend(str(folder))
        return importlib.import_module("matillion_api.api")

    kept = {name: module for name, module in sys.modules.items() if is_generated(name)}
    yield use
    for name in [name for name in sys.modules if is_generated(name)]:
        del sys.modules[name]
    sys.modules.update(kept)


def generate(document: dict[str, Any], folder: Path) -> None:
    """Run the command; the package is in ``folder/generated`` afterwards."""
    spec = folder / "vendor.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    command = [str(ROOT / "scripts" / "generate"), "--spec", str(spec)]
    command += ["--output", str(folder / "generated")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


class Session:
    """Carries out operations over a mock transport."""

    def __init__(self, transport: httpx.MockTransport) -> None:
        self.http = httpx.AsyncClient(transport=transport, base_url="https://x.example/dpc")

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        return operation.decode(await self.http.request(**operation.get_kwargs(**arguments)))

    def listing(self, operation: Any, item: type, /, **arguments: Any) -> Any:
        return operation, item, self.call(operation, **arguments)


def answer(request: httpx.Request) -> httpx.Response:
    """The API of the vendor's file."""
    if request.method == "POST":
        sent = json.loads(request.content)
        return httpx.Response(202, json={"pipelineExecutionId": f"again from {sent['fromStep']}"})
    found = [{"id": "p1", "name": "Sales", "costCentre": "42"}]
    return httpx.Response(200, json={"page": 0, "size": 25, "total": 1, "results": found})


async def test_a_file_of_the_vendor(tmp_path: Path, other_package: Importer) -> None:
    """From a file with other names and no extension comes a package with listings, new operations and fields."""
    generate(vendor_document(), tmp_path)
    resources = other_package(tmp_path / "generated").Resources(
        session := Session(httpx.MockTransport(answer))
    )
    async with session.http:
        operation, item, call = resources.projects.list(size=25)
        assert ("page", "Project") == (operation.paging.style, item.__name__)
        page = await call
        assert [("Sales", "42")] == [(each.name, each.cost_centre) for each in page.results]
        again = await resources.pipeline_executions.restart("p1", "e1", from_step="Load")
        assert "again from Load" == again.pipeline_execution_id
    assert not hasattr(resources.projects, "delete")


def facts(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is worked out about each operation, by its request."""
    return {
        f"{method.upper()} {path}": next(iter(operation["responses"].values()))["x-operation"]
        for path, method, operation in operations(prepare(document))
    }


KEYS = ("paging", "projects")


def test_nothing_but_the_file_is_needed() -> None:
    """Groups, paging, and where a name of a project can stand, are recognised as they are stated in our own spec."""
    path = ROOT / "generated" / "matillion_api" / "openapi.json"
    ours = facts(json.loads(path.read_text(encoding="utf-8")))
    theirs = facts(vendor_document())
    shared = ours.keys() & theirs.keys()
    assert len(ours) - 1 == len(shared)
    for request in shared:
        assert {key: ours[request][key] for key in KEYS} == {
            key: theirs[request][key] for key in KEYS
        }, request
        assert ours[request]["id"].split(".")[0] == theirs[request]["id"].split(".")[0]


def test_every_group_is_where_the_client_has_it() -> None:
    """Tags with capitals and spaces name the same attributes of the client as our own."""
    groups = {each["id"].split(".")[0] for each in facts(vendor_document()).values()}
    assert groups - {"authentication"} == {
        name for name in groups if hasattr(MatillionClient, name)
    }


def test_what_may_have_been_done_is_not_repeated() -> None:
    """Where the file does not say it, only methods that HTTP calls idempotent are."""
    found = {request: each["idempotent"] for request, each in facts(vendor_document()).items()}
    assert found == {
        request: request.split(" ")[0] in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS")
        for request in found
    }


def small_document(**paths: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI 3.0 file; operations of the group "Job Runs" by their ids."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Vendor", "version": "1"},
        "paths": {
            f"/v1/{name}": {
                method: {"tags": ["Job Runs"], "responses": {"204": {"description": "."}}} | stated
                for method, stated in item.items()
            }
            for name, item in paths.items()
        },
    }


def test_an_older_openapi_is_accepted() -> None:
    """A file of OpenAPI 3.0 is judged by the rules of 3.0."""
    document = small_document(a={"get": {"operationId": "a"}})
    validate(document)
    document["paths"]["/v1/a"]["get"]["responses"] = {}
    with pytest.raises(SpecError, match=r"not valid OpenAPI 3\.0 at paths//v1/a/get/responses"):
        validate(document)


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["getJobRuns", "getJobRun"], ["get_job_runs", "get_job_run"]),
        (["listJobRuns", "getJobRun"], ["list", "get"]),
        (["importJobRun", None], ["import_", "get_v1_b"]),
    ],
)
def test_names_of_methods_are_distinct(ids: list[str | None], names: list[str]) -> None:
    """No method hides another, is a keyword, or lacks a name because the operation has no id."""
    items = [{"get": {"operationId": each} if each else {}} for each in ids]
    document = small_document(a=items[0], b=items[1])
    assert names == [each["method_name"] for each in facts(document).values()]


def test_a_name_that_is_stated_twice_is_refused() -> None:
    """Two operations of a group that want one name are an error, with the place of the first."""
    stated = {"operationId": "a", "x-method": "start"}
    document = small_document(a={"get": stated}, b={"get": stated | {"operationId": "b"}})
    with pytest.raises(SpecError, match=r"GET /v1/a: job_runs\.start is taken"):
        prepare(document)

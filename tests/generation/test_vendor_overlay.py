"""openapi/overlays/vendor.yaml: what it makes of the vendor's file, as far as that is known, is what openapi/ says."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import OVERLAY, main
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import join, operations
from scripts._generation.reading.overlay import with_overlay
from scripts._generation.writing import vendor
from scripts._generation.writing.package import PACKAGE
from tests.generation.spec import DOCUMENT, ROOT

_OURS = frozenset({"description", "summary", "examples", "example"})
_PAGEABLE = {
    "name": "pageable",
    "in": "query",
    "required": True,
    "schema": {"$ref": "#/components/schemas/Pageable"},
}
_KNOWN_IDS = {"get_pipeline_execution_status": "getExecutionStatusOnly"}
BY_NAME = {
    "AgentAllowListProjects": "a list of projects that comes inside of one more object is not read",
    "Artifact": "details that come inside of one more object are not read",
    "SharedPipelineArtifactDetails": "details that come inside of one more object are not read",
    "ConnectionSecretProperties.additionalProperties": "a secret is shown in a repr",
    "ConnectionPropertyValue.properties.value": "a secret is shown in a repr",
    "StreamingJdbcProperties.additionalProperties": "a secret is shown in a repr",
    "StreamingAdvancedProperties.additionalProperties": "a secret is shown in a repr",
}
"""Schemas that are only known by our names for them, and what is lost where the vendor's file has another one."""


def without_ours(node: Any, *, names: bool = False) -> Any:
    """A copy without ``x-`` keys, descriptions, examples and marks of secrets.

    Args:
        node: any part of a document.
        names: whether the keys of the node are names of its own, such as those of fields.
    """
    if isinstance(node, list):
        return [without_ours(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_ours(value, names=not names and key in ("properties", "schemas", "responses"))
        for key, value in node.items()
        if names
        or not (key in _OURS or key.startswith("x-") or (key, value) == ("format", "password"))
    }


def vendors() -> dict[str, Any]:
    """Our spec as the vendor might publish it: with the vendor's tags, other operation ids, and pages in one object.

    The tags, the title and ``getExecutionStatusOnly`` are the vendor's; other ids are not known, and are numbers here.
    """
    document: dict[str, Any] = without_ours(join(ROOT / "openapi"))
    document["info"] = {"title": "Maia Public REST API", "version": "1.0"}
    tags = {each["name"]: each.get("x-vendor-tags", []) for each in DOCUMENT["tags"]}
    document["tags"] = [{"name": name} for names in tags.values() for name in names]
    del document["paths"]["/oauth/dpc/token"]
    for number, (path, _, operation) in enumerate(operations(document)):
        group = operation["tags"][0]
        names = tags[group] or [f"{group} controller"]
        operation["tags"] = [names[-1] if path.endswith("/environment-overrides") else names[0]]
        operation["operationId"] = _KNOWN_IDS.get(operation["operationId"], f"operation{number}")
        sent = operation.get("parameters", [])
        pages = [each for each in sent if each.get("$ref", "").endswith(("/Page", "/Size"))]
        if len(pages) == 2:
            operation["parameters"] = [
                _PAGEABLE if each is pages[0] else each for each in sent if each is not pages[1]
            ]
    parameters = document["components"]["parameters"]
    document["components"]["schemas"]["Pageable"] = {
        "type": "object",
        "properties": {
            each["name"]: each["schema"] for each in (parameters["Page"], parameters["Size"])
        },
    }
    return document


def code_of(package: Path) -> dict[str, str]:
    """The code of each module without its docstrings, by its path."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                node.body = [each for each in body if not _is_text(each)]  # type: ignore[attr-defined]
        found[path.relative_to(package).as_posix()] = ast.unparse(tree)
    return found


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


@pytest.mark.long
def test_the_package_is_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Groups, methods, arguments, types, paging, idempotence: all but docstrings is as in generated/."""
    spec = tmp_path / "public-api-endpoint-reference.yaml"
    spec.write_text(json.dumps(vendors()), encoding="utf-8")
    arguments = ["--spec", str(spec), "--overlay", str(OVERLAY), "--output", str(tmp_path)]
    assert 0 == main([*arguments, "--strict"])
    assert "" == capsys.readouterr().err
    ours, made = code_of(ROOT / "generated" / PACKAGE), code_of(tmp_path / PACKAGE)
    assert ours == made


def calls_of(package: Path) -> dict[str, list[str]]:
    """The names of the arguments of each method of each group, and of each plain function, by file and name."""
    found = {}
    for path in sorted((package / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                sent = node.args
                names = [each.arg for each in (*sent.posonlyargs, *sent.args, *sent.kwonlyargs)]
                found[f"{path.relative_to(package).as_posix()}: {node.name}"] = names
    return found


@pytest.mark.long
def test_other_names_of_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of the vendor are not known: groups, methods and arguments are ours all the same; what is not is told."""
    text = json.dumps(vendors())
    document = json.loads(text.replace("#/components/schemas/", "#/components/schemas/Dto"))
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {f"Dto{name}": schemas[name] for name in schemas}
    spec = tmp_path / "vendor.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    arguments = ["--spec", str(spec), "--overlay", str(OVERLAY), "--output", str(tmp_path)]
    assert 0 == main(arguments)
    assert calls_of(ROOT / "generated" / PACKAGE) == calls_of(tmp_path / PACKAGE)
    told = capsys.readouterr().err.splitlines()
    assert sorted(BY_NAME) == sorted(
        line.partition("nothing in the spec is $.components.schemas.")[2].partition(": it")[0]
        for line in told
    )


def test_what_the_vendor_moved_is_told() -> None:
    """An operation that is gone or has another path is named; all others are as they were."""
    document = vendors()
    item = document["paths"].pop("/v1/projects/{projectId}/schedules/{scheduleId}")
    document["paths"]["/v2/schedules/{scheduleId}"] = item
    findings = Findings()
    made = with_overlay(document, OVERLAY, findings)
    assert ["get", "delete", "patch"] == [
        str(each).partition("/{scheduleId}'].")[2].partition(":")[0] for each in findings
    ]
    assert "schedules" == made["paths"]["/v2/schedules/{scheduleId}"]["get"]["x-group"]
    assert "list" == made["paths"]["/v1/projects"]["get"]["x-method"]


def test_a_tag_that_is_not_known() -> None:
    """An operation that the vendor adds goes by its tag: into a group of ours if that is known, else into its own."""
    document = vendors()
    added = {"operationId": "renameProject", "tags": ["Projects"], "responses": {}}
    document["paths"]["/v1/projects/{projectId}"]["patch"] = added
    document["paths"]["/v1/reports"] = {"get": {"tags": ["Reports"], "responses": {}}}
    made = with_overlay(document, OVERLAY, Findings())["paths"]
    assert "projects" == made["/v1/projects/{projectId}"]["patch"]["x-group"]
    assert "x-group" not in made["/v1/reports"]["get"]


def test_it_is_written_by_the_command() -> None:
    """It is what openapi/ says, and changes with it."""
    assert vendor.render(join(ROOT / "openapi")) == OVERLAY.read_text(encoding="utf-8")


@pytest.mark.parametrize(("stated", "group"), [("widgets", "widgets"), ("My Widgets", "projects")])
def test_a_group_that_is_stated(stated: str, group: str) -> None:
    """``x-group`` comes before the tag; one that is not a name is told, and the tag counts."""
    operation = {"operationId": "a", "tags": ["Projects"], "x-group": stated, "responses": {}}
    findings = Findings()
    made = prepare({"paths": {"/a": {"get": operation}}}, findings)["paths"]["/a"]["get"]
    assert f"{group}.a" == made["responses"]["200"]["x-operation"]["id"]
    assert (group == "projects") == bool(len(findings))

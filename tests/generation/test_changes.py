"""What a change of the spec means for users, and what of it breaks their code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import main
from scripts._generation.comparing.changes import compare
from tests.generation.change_rows import BASE, ROWS, Row, document
from tests.generation.spec import ROOT
from tests.generation.test_mistakes import DOCUMENT
from tests.generation.test_vendor_spec import camel_case, without_extensions

PAGE = (ROOT / "docs" / "regenerate.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## What changes between two files") :]
BLOCKS = re.findall(r"^```\w*\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)
"""How it is called, what it says, and what it says in JSON."""


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_change_is_told(row: Row) -> None:
    """Each in one line; what breaks a caller or a reader is marked."""
    lines = list(map(str, compare(document(row.old), document(row.new))))
    assert row.told == [line.strip() for line in lines]
    assert all(line.startswith(("BREAKING ", "         ")) for line in lines)


def test_all_kinds_are_documented() -> None:
    """The table says of each kind that there is whether it breaks code, and rows show each verdict that it gives."""
    table = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \| ([^|]+) \| [^|]*\|$", SECTION, re.MULTILINE)
    documented = {
        kind: verdict for kinds, verdict in table for kind in re.findall("`([a-z-]+)`", kinds)
    }
    shown: dict[str, set[bool]] = {}
    for row in ROWS:
        for change in compare(document(row.old), document(row.new)):
            shown.setdefault(change.kind, set()).add(change.breaking)
    verdicts = {"yes": {True}, "no": {False}}
    keys = {"breaking", "kind", "subject", "place", "what", "operations"}
    assert {
        kind: verdicts.get(verdict, {True, False})
        for kind, verdict in documented.items()
        if kind not in keys
    } == shown


def test_what_is_written_otherwise_is_no_change() -> None:
    """The same package from a file that states less, or names its operations in another case."""
    other = without_extensions(DOCUMENT)
    for item in other["paths"].values():
        for operation in item.values():
            operation["operationId"] = camel_case(operation["operationId"])
    assert [] == compare(DOCUMENT, other)
    assert [] == compare(BASE, BASE)


def test_the_order_of_schemas_that_would_be_one_class_is_no_change() -> None:
    """What is stated is that of the schema which has the class, in whatever order they stand."""
    field = {"$ref": "#/components/schemas/job"}
    schemas = {"Job": {"properties": {"a": field}}, "job": {"properties": {}, "deprecated": True}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", **body}}}}},
    }
    turned = dict(reversed(schemas.items()))
    versions = [{**document, "components": {"schemas": each}} for each in (schemas, turned)]
    assert [] == compare(*versions)


def test_what_has_another_form_than_openapi_ends_no_comparison() -> None:
    """It is told where the package is made."""
    strange = {"allOf": [{"type": {"a": 1}, "required": [{}]}, {"type": "string", "required": []}]}
    places = ("components", "schemas", "Strange"), ("paths", "/empty")
    other = document({places[0]: strange, places[1]: {"get": {}}})
    assert "operation-added" in {each.kind for each in compare(BASE, other)}


def test_what_is_described_inside_is_told() -> None:
    """Objects and enums without a name of their own are told by that of their class."""
    place = ("components", "schemas", "Thing", "properties", "size")
    text = {"type": "string"}
    inner = {"type": "object", "properties": {"a": text, "e": {"enum": ["x", "y"]}, "f": text}}
    other = {
        "type": "object",
        "properties": {"b": text, "e": {"enum": ["y", "z"]}, "f": text | {"deprecated": True}},
    }
    told = compare(document({place: inner}), document({place: other}))
    where = "(GET /groups/{group}/things/{id}, GET /thing-pages, GET /things)"
    assert [
        f"BREAKING enum ThingSizeE: member X: removed {where}",
        f"BREAKING model ThingSize: field a: removed {where}",
        f"         enum ThingSizeE: member Z: added {where}",
        f"         model ThingSize: field b: added {where}",
        f"         model ThingSize: field f: deprecated {where}",
    ] == list(map(str, told))


def test_a_class_of_other_requests_is_no_other_name() -> None:
    """One that happens to have the same fields is another class."""
    schemas = ("components", "schemas")
    part = {"type": "object", "properties": {"only": {"type": "integer"}}}

    def with_part(name: str, path: str) -> dict[str, Any]:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        read = {"tags": ["parts"], "responses": {"200": {"description": "", "content": content}}}
        return document({(*schemas, name): part, ("paths", path): {"get": read}})

    told = compare(with_part("Left", "/left"), with_part("Right", "/right"))
    assert [
        "BREAKING client.parts.get_left (GET /left): removed",
        "BREAKING model Left: removed (GET /left)",
        "         client.parts.get_right (GET /right): added",
        "         model Right: added (GET /right)",
    ] == list(map(str, told))


def jobs(*, later: bool) -> dict[str, Any]:
    """The example of the documentation, before and after."""
    text = {"type": "string"}
    size = {"name": "page_size" if later else "size", "in": "query", "schema": {"type": "integer"}}
    body = {
        "type": "object",
        "required": ["name", "owner"] if later else ["name"],
        "properties": {"name": text, **({"owner": text} if later else {})},
    }
    items = {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}
    states = ["done", "failed", *(["paused"] if later else [])]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jobs", "version": "2" if later else "1"},
        "paths": {
            "/jobs": {
                "get": {
                    "operationId": "listJobs",
                    "tags": ["jobs"],
                    "deprecated": later,
                    "parameters": [size],
                    "responses": {
                        "200": {"description": "", "content": {"application/json": {"schema": items}}}
                    },
                },
                "post": {
                    "operationId": "createJob",
                    "tags": ["jobs"],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": body}},
                    },
                    "responses": {"204": {"description": ""}},
                },
            }
        },
        "components": {
            "schemas": {
                "Job": {
                    "type": "object",
                    "required": [] if later else ["state"],
                    "properties": {"state": {"$ref": "#/components/schemas/JobState"}},
                },
                "JobState": {"type": "string", "enum": states},
            }
        },
    }  # fmt: skip


Compare = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Compare:
    """The command on the two files of the example; gives the exit code, stdout and stderr."""
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file, later in zip(files, (False, True), strict=True):
        file.write_text(json.dumps(jobs(later=later)), encoding="utf-8")

    def compared(*arguments: str) -> tuple[int, str, str]:
        code = main(
            [str(tmp_path / each) if each.endswith(".json") else each for each in arguments]
        )
        told = capsys.readouterr()
        return code, told.out, told.err

    return compared


def test_the_command_says_what_is_documented(run: Compare, tmp_path: Path) -> None:
    """Its lines and its exit code; nothing is written."""
    before = sorted(tmp_path.rglob("*"))
    documented = BLOCKS[1]
    assert (1, documented, "") == run("--spec", "one.json", "--diff", "two.json")
    assert before == sorted(tmp_path.rglob("*"))


def test_json_is_what_is_documented(run: Compare) -> None:
    """The whole object, of which the documentation shows the first change."""
    documented = json.loads(BLOCKS[2])
    code, out, err = run("--spec", "one.json", "--diff", "two.json", "--json")
    told = json.loads(out)
    assert (1, "") == (code, err)
    assert documented == told | {"changes": told["changes"][:1]}
    assert 5 == len(told["changes"])


def test_what_breaks_nothing_is_a_success(run: Compare) -> None:
    """So that a pipeline goes on."""
    assert (0, "nothing changes for users of the package\n", "") == run(
        "--spec", "one.json", "--diff", "one.json"
    )
    code, out, _ = run("--spec", "one.json", "--diff", "one.json", "--json")
    assert (0, {"breaking": 0, "changes": []}) == (code, json.loads(out))


def test_less_that_is_required_is_a_success(run: Compare, tmp_path: Path) -> None:
    """One change that breaks nothing is counted as one."""
    document = jobs(later=False)
    document["paths"]["/jobs"]["get"]["summary"] = "Other words"
    document["paths"]["/jobs"]["get"]["deprecated"] = True
    (tmp_path / "three.json").write_text(json.dumps(document), encoding="utf-8")
    expected = (
        "         client.jobs.list (GET /jobs): deprecated\n1 change, none of them breaking\n"
    )
    assert (0, expected, "") == run("--spec", "one.json", "--diff", "three.json")


def test_an_overlay_counts_for_both_files(run: Compare, tmp_path: Path) -> None:
    """What a user wants otherwise is no change of the vendor's."""
    overlay = {
        "overlay": "1.0.0",
        "actions": [{"target": "$.paths['/jobs'].get", "update": {"x-method": "all"}}],
    }
    (tmp_path / "overlay.json").write_text(json.dumps(overlay), encoding="utf-8")
    _, out, _ = run("--spec", "one.json", "--diff", "two.json", "--overlay", "overlay.json")
    assert "client.jobs.all (GET /jobs): query size: renamed" in out
    assert "was client" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--diff", "two.json"], "two files are compared with --spec OLD --diff NEW"),
        (["--json"], "two files are compared with --spec OLD --diff NEW"),
        (
            ["--spec", "one.json", "--diff", "two.json", "--check"],
            "--diff writes nothing: it goes with --spec, --overlay and --json only",
        ),
        (
            ["--spec", "one.json", "--diff", "two.json", "--output", "x"],
            "--diff writes nothing: it goes with --spec, --overlay and --json only",
        ),
        (["--spec", "none.json", "--diff", "two.json"], "FOLDER/none.json: No such file or directory"),
        (["--spec", "one.json", "--diff", "none.json"], "FOLDER/none.json: No such file or directory"),
        (["--spec", "one.json", "--diff", "bad.json"], "FOLDER/bad.json:1: it is not JSON: Expecting value"),
        (["--spec", "old.json", "--diff", "two.json"], "FOLDER/old.json: it is Swagger 2.0; OpenAPI 3.0 or 3.1 is"),
        (["--spec", "one.json", "--diff", "deep.json"], "FOLDER/deep.json: it is nested too deeply"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_told(
    arguments: list[str], told: str, run: Compare, tmp_path: Path
) -> None:
    """In one line, with an exit code that no comparison has."""
    (tmp_path / "bad.json").write_text('{"openapi": ', encoding="utf-8")
    (tmp_path / "old.json").write_text('{"swagger": "2.0"}', encoding="utf-8")
    (tmp_path / "deep.json").write_text('{"a":' * 20_000, encoding="utf-8")
    code, out, err = run(*arguments)
    expected = f"scripts/generate: {told.replace('FOLDER', str(tmp_path))}"
    assert (2, "", 1) == (code, out, err.count("\n"))
    assert expected == err[: len(expected)]

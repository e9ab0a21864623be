"""How a file is read: its encoding, its YAML, other versions than are known, and files beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.documents import load_document
from scripts._generation.reading.files import with_files
from scripts._generation.reading.parts import with_parts
from scripts._generation.reading.places import Places

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def read(tmp_path: Path, content: str | bytes, name: str = "spec.yaml") -> dict[str, Any]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_document(path)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("off", "off"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-03-01", "2026-03-01"),
        ("true", True),
        ("~", None),
        ("", None),
        ("12", 12),
        ("0x1f", 31),
        ("-1.5e3", -1500.0),
        ("1.0", 1.0),
    ],
)
def test_a_plain_value_of_yaml(tmp_path: Path, written: str, value: Any) -> None:
    """What JSON has is that, as in YAML 1.2; all else is the text that stands there."""
    found = read(tmp_path, f"a: {written}\n")["a"]
    assert (value, type(value)) == (found, type(found))


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf{"a": {"b": 1}}',
        '{"a": {"b": 1}}'.encode("utf-16"),
        b'{\n\t"a":\t{"b": 1}\n}',
        b"\xef\xbb\xbfa: {b: 1}\n",
    ],
)
@pytest.mark.parametrize("name", ["spec.json", "spec.yaml", "spec"])
def test_whatever_the_file_is_called(tmp_path: Path, content: bytes, name: str) -> None:
    """With a byte order mark, with tabs, JSON as YAML and YAML as JSON."""
    assert {"a": {"b": 1}} == read(tmp_path, content, name)


def test_mappings_that_are_merged_twice(tmp_path: Path) -> None:
    """A key that a merge brings is not there twice, however often it is merged on."""
    text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, y: 3}\nd: {<<: [*b, *a]}\n"
    found = read(tmp_path, text)
    assert ({"x": 1, "y": 3}, {"x": 1, "y": 2}) == (found["c"], found["d"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("swagger: '2.0'\n", "it is Swagger 2.0; OpenAPI 3.0 or 3.1 is needed: convert it"),
        ("openapi: 3.2.0\n", "it is OpenAPI 3.2.0; 3.0 or 3.1 is needed"),
        ("openapi: 3\n", "it is OpenAPI 3; 3.0 or 3.1 is needed"),
        ("asyncapi: 3.0.0\n", "it is not OpenAPI, but asyncapi"),
        ("a: 1\n", "it is not OpenAPI: it has no key 'openapi'"),
        ("openapi: 3.1.0\npaths: []\n", "its paths are no mapping"),
        ("a: [\n", ""),
        ("a: 1\nb: !!set {c}\n", ":2: JSON has nothing like the tag !!set"),
        ("a: !!binary aGk=\n", ":1: JSON has nothing like the tag !!binary"),
        ('{"a": NaN}', "JSON has no NaN"),
    ],
)
def test_what_is_no_spec_is_told_in_one_line(
    tmp_path: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it is, rather than what is missing in it."""
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    assert 1 == main(["--spec", str(path), "--output", str(tmp_path / "made")])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"scripts/generate: {path}")
    assert told in line


@pytest.mark.parametrize(
    ("content", "told"), [(None, "No such file"), (b"\xff\xfe\x00", "is not text in UTF-8")]
)
def test_a_file_that_is_not_there_or_no_text(
    tmp_path: Path, content: bytes | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, too."""
    path = tmp_path / "spec.yaml"
    if content is not None:
        path.write_bytes(content)
    assert 1 == main(["--spec", str(path), "--output", str(tmp_path / "made")])
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_key_twice_in_a_file_of_someone_else(tmp_path: Path) -> None:
    """It is told, and the last one counts, as for most who read the file."""
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    told: list[str] = []
    assert {"a": 3, "b": {"c": 2}} == load_document(path, told)
    assert ["line 3: the key 'a' is there twice", "line 2: the key 'c' is there twice"] == told
    path.write_text('{"a": {"c": 1, "c": 2}}')
    told.clear()
    assert {"a": {"c": 2}} == load_document(path, told)
    assert ["the key 'c' is there twice, beside 'c'"] == told


def test_a_large_file_is_announced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before it is read, so that nobody waits without knowing for what."""
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"openapi": "3.2.0", "x": "a" * 1_000_000}))
    assert 1 == main(["--spec", str(path), "--output", str(tmp_path / "made")])
    first, second = capsys.readouterr().err.splitlines()
    assert f"scripts/generate: reading {path} (1.0 MB) …" == first
    assert "it is OpenAPI 3.2.0" in second


PATHS = """\
paths:
  /a: {$ref: 'paths/a.yaml'}
  /b: {get: {operationId: getB, responses: {"200": {$ref: 'answers.json#/One'}}}}
  /c: {get: {operationId: getC, responses: {"200": {description: x, content: {application/json: {schema: {$ref: 'nope.yaml'}}}}}}}
  /d: {get: {operationId: getD, responses: {"200": {$ref: 'https://example.com/x.yaml'}}}}
"""


def test_files_beside_the_spec(tmp_path: Path) -> None:
    """Path items, responses and schemas from other files, which refer to each other, and back; what is wrong in one is
    told with its line."""
    (tmp_path / "paths").mkdir()
    (tmp_path / "spec.yaml").write_text(f"{HEAD}{PATHS}")
    (tmp_path / "paths" / "a.yaml").write_text(
        "get:\n  operationId: getA\n  parameters:\n    - {name: s, in: cookie, schema: {type: object}}\n"
        "  responses: {'200': {$ref: '../answers.json#/One'}}\n"
    )
    content = {"application/json": {"schema": {"$ref": "#/Schemas/Job"}}}
    job = {"type": "object", "properties": {"next": {"$ref": "#/Schemas/Job"}}}
    answers = {"One": {"description": "", "content": content}, "Schemas": {"Job": job}}
    (tmp_path / "answers.json").write_text(json.dumps(answers))
    path = tmp_path / "spec.yaml"
    findings = Findings()
    prepared = prepare(with_files(load_document(path), path), findings)
    reference = {"$ref": "#/components/schemas/Job"}
    for name in ("/a", "/b"):
        response = prepared["paths"][name]["get"]["responses"]["200"]
        assert reference == response["content"]["application/json"]["schema"]
    places = Places([path])
    cookie = "(cookie) is a list or an object in a cookie, for which servers have no common form: it is left out"
    network = "https://example.com/x.yaml leads to the network, from which nothing is read"
    file = "nope.yaml leads to a file that is not there or cannot be read: it is read as any value"
    assert {
        f"{tmp_path}/paths/a.yaml:4: GET /a: the parameter 's' {cookie}",
        f"{path}:7: GET /d: left out: its response 200 cannot be read, since the reference {network}",
        f"{path}:6: the reference {file}",
    } == {f"{places.located(each.place)}{each}" for each in findings}


def test_parts_that_are_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All paths, all schemas, and all components may be in files of their own."""
    (tmp_path / "spec.yaml").write_text(
        HEAD
        + "paths: {$ref: parts/paths.yaml}\ncomponents: {schemas: {$ref: parts/schemas.yaml}}\n"
    )
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "paths.yaml").write_text("/a: {$ref: a.yaml}\n")
    answer = "{schema: {$ref: ../spec.yaml#/components/schemas/Thing}}"
    (parts / "a.yaml").write_text(
        "get: {operationId: getA, responses: {'200': {description: A., "
        f"content: {{application/json: {answer}}}}}}}}}\n"
    )
    (parts / "schemas.yaml").write_text(
        "Thing: {type: object, properties: {name: {type: string}}}\n"
    )
    output = tmp_path / "made"
    assert 0 == main(["--spec", str(tmp_path / "spec.yaml"), "--output", str(output)])
    told = capsys.readouterr()
    assert ("1 operation(s) generated, 0 left out", "") == (told.out.splitlines()[0], told.err)
    assert (output / "matillion_api" / "models" / "thing.py").is_file()


def test_parts_of_operations_that_are_elsewhere() -> None:
    """The content of a response, and a media type, where OpenAPI has no references; one that leads nowhere stays."""
    document = {
        "paths": {"/a": {"get": {"responses": {"200": {"content": {"$ref": "#/x-media/a"}}}}}},
        "x-media": {"a": {"application/json": {"$ref": "#/x-media/b"}}, "b": {"schema": {"$ref": "#/c"}}},
        "components": {"responses": {"R": {"content": {"$ref": "#/nowhere"}}}},
    }  # fmt: skip
    made = with_parts(document)
    content = made["paths"]["/a"]["get"]["responses"]["200"]["content"]
    assert {"application/json": {"schema": {"$ref": "#/c"}}} == content
    assert document["components"] == made["components"]
    for around in ({"content": {"$ref": "#/around"}}, {"content": {"a/b": {"$ref": "#/around"}}}):
        assert '{"$ref": "#/around"}' in json.dumps(with_parts({"around": around}))


def test_what_is_beside_the_reference_of_a_path() -> None:
    """OpenAPI has operations and parameters there as well: none is lost, and what is beside counts first."""
    x, y = {"$ref": "#/components/pathItems/X"}, {"$ref": "#/components/pathItems/Y"}
    items = {
        "X": {**y, "post": {"operationId": "x"}},
        "Y": {"get": {"operationId": "y"}, "post": {}},
    }
    circle = {"get": {}, "$ref": "#/paths/~1circle"}
    nowhere = {"get": {}, "$ref": "#/nowhere"}
    paths = {"/a": {**x, "parameters": []}, "/b": x, "/c": y, "/circle": circle, "/d": nowhere}
    made = with_parts({"paths": paths, "components": {"pathItems": items}})["paths"]
    both = {"get": {"operationId": "y"}, "post": {"operationId": "x"}}
    assert {
        "/a": {**both, "parameters": []},
        "/b": both,
        "/c": y,
        "/circle": circle,
        "/d": nowhere,
    } == made

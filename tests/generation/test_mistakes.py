"""What scripts/generate says of a mistake in the spec: one message, with the file and the line where there is one."""

from __future__ import annotations

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from scripts._generation import __main__ as generate
from scripts._generation.findings import Findings, SpecError
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.documents import load_document
from scripts._generation.reading.rules import check
from scripts._generation.reading.validation import validate, validated

ROOT = Path(__file__).resolve().parents[2]

LISTING: dict[str, Any] = {
    "operationId": "list_widgets",
    "tags": ["widgets"],
    "summary": "List widgets",
    "description": "Lists them.",
    "x-method": "list",
    "x-idempotent": True,
    "x-source": ["REF"],
    "x-confidence": "HIGH",
    "x-paging": {
        "style": "page",
        "items": "results",
        "page": "page",
        "size": "size",
        "total": "total",
        "max_size": 100,
    },
    "parameters": [
        {"name": "page", "in": "query", "schema": {"type": "integer"}},
        {"name": "size", "in": "query", "schema": {"type": "integer"}},
    ],
    "responses": {
        "200": {
            "description": "Widgets.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/WidgetPage"}}
            },
        }
    },
}
CREATION: dict[str, Any] = {
    "operationId": "create_widget",
    "tags": ["widgets"],
    "summary": "Create a widget",
    "description": "Creates one.",
    "x-method": "create",
    "x-idempotent": False,
    "x-source": ["REF"],
    "x-confidence": "HIGH",
    "requestBody": {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}
    },
    "responses": {"204": {"description": "Created."}},
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Widgets", "version": "1"},
    "tags": [{"name": "widgets", "description": "Widgets."}],
    "x-sources": {"REF": "the reference"},
    "paths": {"/v1/widgets": {"get": LISTING, "post": CREATION}},
    "components": {
        "schemas": {
            "Widget": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "made_at": {"type": "string", "format": "date-time"},
                },
            },
            "WidgetPage": {
                "type": "object",
                "required": ["results"],
                "properties": {
                    "total": {"type": "integer"},
                    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}},
                },
            },
        }
    },
}
GET, POST = ("paths", "/v1/widgets", "get"), ("paths", "/v1/widgets", "post")
SCHEMAS = ("components", "schemas")
FIELDS = (*SCHEMAS, "Widget", "properties")
TEXT = {"type": "string"}
OBJECT = {"type": "object", "properties": {"id": TEXT}}
GONE = object()


def changed(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The document with another value at a place, or without one."""
    document = copy.deepcopy(DOCUMENT)
    node: Any = document
    for key in place[:-1]:
        node = node[key]
    if value is GONE:
        del node[place[-1]]
    elif isinstance(node, list):
        node.append(value)
    else:
        node[place[-1]] = copy.deepcopy(value)
    return document


def refused(document: dict[str, Any]) -> SpecError:
    """Why there is nothing to generate from it."""
    with pytest.raises(SpecError) as caught:  # noqa: PT012 - any of the three
        validate(document)
        check(document)
        prepare(document)
    return caught.value


def parameter(name: str, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "schema": TEXT}


def test_the_document_has_no_mistake() -> None:
    """What the others change is accepted as it is."""
    validate(DOCUMENT)
    check(DOCUMENT)
    prepare(DOCUMENT)


NOWHERE = {"$ref": "#/components/schemas/Nope"}
REFERENCES: list[tuple[tuple[Any, ...], Any, str]] = [
    ((*FIELDS, "x"), NOWHERE, "leads nowhere"),
    ((*FIELDS, "example"), NOWHERE, "leads nowhere"),
    ((*GET, "parameters", 2), {"$ref": "#/components/parameters/Nope"}, "leads nowhere"),
    ((*GET, "responses", "default"), {"$ref": "#/components/responses/Nope"}, "leads nowhere"),
    ((*FIELDS, "x"), {"$ref": "other.yaml#/Widget"}, "leads out of the document"),
    ((*SCHEMAS, "A"), {"$ref": "#/components/schemas/A"}, "leads to itself"),
]
INVALID: list[tuple[tuple[Any, ...], Any, str]] = [
    ((*POST, "operationId"), "list_widgets", "'list_widgets' for 'post' in '/v1/widgets' is not"),
    ((*GET, "parameters", 2), parameter("size"), "the parameter 'size' is there twice"),
    ((*FIELDS, "x"), {"type": "strng"}, "at components/schemas/Widget/properties/x/type: 'strng'"),
    ((*FIELDS, "x"), {"type": "integer", "default": "zero"}, "properties/x/default: 'zero' is not"),
    (("paths", "/v1/{id"), {"get": LISTING}, "a brace has no counterpart"),
    (("paths", "/v1/{id}"), {"get": LISTING | {"operationId": "a"}}, "'id' for 'get' operation in"),
]
RULES: list[tuple[tuple[Any, ...], Any, str]] = [
    *(
        ((*GET, key), GONE, f"GET /v1/widgets: {key} is missing")
        for key in ("operationId", "tags", "summary", "description", "x-source", "x-confidence")
    ),
    *(((*GET, key), GONE, f"{key} is missing") for key in ("x-method", "x-idempotent")),
    ((*GET, "x-source"), "REF", "x-source must be a list of strings, not 'REF'"),
    ((*GET, "x-source"), ["GUIDE"], "x-sources does not explain GUIDE"),
    ((*GET, "x-cli"), "widgets list", "x-cli must be a list of strings"),
    ((*GET, "x-confidence"), "LOW", "x-confidence must be HIGH or MEDIUM"),
    ((*GET, "x-idempotent"), "yes", "x-idempotent must be true or false, not 'yes'"),
    ((*GET, "x-generate"), "false", "x-generate must be true or false"),
    ((*GET, "x-unwrap"), ["result"], "x-unwrap must be the name of a field"),
    ((*GET, "x-metod"), "list", "x-metod is none of x-method, "),
    ((*GET, "tags"), ["wigdets"], "no tag is called 'wigdets'"),
    *(
        ((*GET, "x-method"), name, "x-method must be a name")
        for name in ("import", "list all", "str", "datetime", "_session", "__init__", "List", 3)
    ),
]
BY_LAST = {"style": "token", "items": "results", "token": "page", "limit": "size", "max_limit": 9}
PAGING: list[tuple[tuple[Any, ...], Any, str]] = [
    ((*GET, "x-paging"), ["page"], "x-paging must be a mapping"),
    ((*GET, "x-paging", "style"), "pages", "x-paging needs a style: page, token, index"),
    (
        (*GET, "x-paging", "style"),
        "token",
        "of the style token lacks limit, max_limit, token: it has the keys items, limit, ",
    ),
    (
        (*GET, "x-paging", "size"),
        GONE,
        "lacks size: it has the keys items, max_size, page, size, style, and may have first, ",
    ),
    (
        (*GET, "x-paging", "count"),
        "size",
        "of the style page knows no count: it has the keys items, ",
    ),
    ((*GET, "x-paging", "page"), "pages", "there is no query parameter 'pages'"),
    ((*GET, "x-paging", "size"), "sizes", "there is no query parameter 'sizes'"),
    ((*GET, "x-paging", "items"), "items", "a page has no field 'items'"),
    ((*GET, "x-paging", "items"), GONE, "of the style page lacks items: "),
    ((*GET, "x-paging", "first"), 2, "first must be 0 or 1"),
    ((*GET, "x-paging", "total"), "count", "a page has no field 'count'"),
    ((*GET, "x-paging", "max_size"), "100", "max_size must be a number"),
    (
        (*GET, "x-paging"),
        BY_LAST,
        "in next, a field of the page before, or in last, a field of the last item",
    ),
    ((*GET, "x-paging"), {**BY_LAST, "next": "total", "last": "id"}, "one of both is needed"),
    ((*GET, "x-paging"), {**BY_LAST, "last": "name"}, "an item has no field 'name'"),
    (
        (*GET, "x-paging"),
        {**BY_LAST, "last": "made_at"},
        "'made_at' and the parameter 'page' need one format, date ",
    ),
    ((*GET, "x-paging"), {**BY_LAST, "last": "id", "more": "more"}, "a page has no field 'more'"),
    ((*POST, "x-paging"), LISTING["x-paging"], "only GET has pages"),
]
NAMES: list[tuple[tuple[Any, ...], Any, str]] = [
    (
        (*POST, "x-method"),
        "list",
        "client.widgets.list would be POST /v1/widgets as well",
    ),
    (
        (*GET, "parameters", 2),
        {**parameter("a", "cookie"), "schema": {"type": "array", "items": TEXT}},
        "is a list or an object in a cookie, for which servers have no common form: it is left",
    ),
    (
        (*GET, "parameters", 2),
        parameter("a b", "header"),
        "has a name that no header has: it is left",
    ),
    ((*GET, "responses"), {"400": {"description": ""}}, "documents no successful response"),
]


@pytest.mark.parametrize(
    ("place", "value", "told"), [*REFERENCES, *INVALID, *RULES, *PAGING, *NAMES]
)
def test_a_mistake_is_named_with_its_place(place: tuple[Any, ...], value: Any, told: str) -> None:
    """The message says what is wrong, and its place leads to it."""
    error = refused(changed(place, value))
    assert told in str(error)
    assert place[: len(error.place)][:2] == error.place[:2]


def test_a_listing_of_what_has_no_name() -> None:
    """Items of a listing are a schema with a name, which is that of their class."""
    error = refused(changed((*SCHEMAS, "WidgetPage", "properties", "results", "items"), TEXT))
    assert "GET /v1/widgets: left out: a listing needs items that are a named schema" == str(error)
    assert GET == error.place


def test_nothing_to_generate() -> None:
    """A spec without an operation is refused."""
    assert "there is no operation" in str(refused(changed(("paths",), {})))


@pytest.mark.parametrize("key", ["x-source", "x-method", "x-idempotent", "x-confidence", "summary"])
def test_a_file_that_is_not_ours_may_say_less(key: str) -> None:
    """It needs none of our keys, and may have others; what has the name of one of ours and another form is ignored."""
    document = changed((*GET, key), GONE)
    operation = document["paths"]["/v1/widgets"]["get"]
    operation["x-internal"] = True
    prepare(document)
    operation["x-paging"] = "yes"
    findings = Findings()
    assert "/v1/widgets" in prepare(document, findings)["paths"]
    told = "GET /v1/widgets: x-paging must be a mapping, not 'yes': it is ignored"
    assert [told] == list(map(str, findings))


@pytest.mark.parametrize("wrapper", [["result"], {"a": 1}, 5, None])
def test_a_schema_that_comes_inside_of_what_is_no_field(wrapper: Any) -> None:
    """It is read as if that were not said."""
    findings = Findings()
    schemas = prepare(changed((*SCHEMAS, "Widget", "x-unwrap"), wrapper), findings)["components"][
        "schemas"
    ]
    assert ["x-unwrap must be the name of a field: it is ignored"] == list(map(str, findings))
    assert "x-unwrap" not in schemas["Widget"]


def test_an_example_may_look_like_a_reference() -> None:
    """What stands in an example is not part of the description."""
    validate(changed((*FIELDS, "x"), {"examples": [NOWHERE], "const": NOWHERE}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: [\n", ":3: "),  # and a reason, in words of PyYAML or of libyaml
        ("a: 1\nb: 2\na: 3\n", ":3: the key 'a' is there twice"),
        ("a:\n  true: 1\n", ":2: the key True is not a string: put it in quotes"),
        ("- a\n", ": expected a mapping, found list"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, told: str) -> None:
    """The file and the line are named; a key that is there twice would replace what it was before."""
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    with pytest.raises(SpecError, match=f"^{re.escape(f'{path}{told}')}"):
        load_document(path)


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n", "---\n"])
def test_a_file_that_is_empty(tmp_path: Path, text: str) -> None:
    """It is said so, and not what Python calls it."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError, match=r"a\.yaml: it is empty$"):
        load_document(path)


@pytest.mark.parametrize("option", ["--spec", "--overlay", "--diff"])
def test_a_url_in_place_of_a_file(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is to be downloaded; what is in it may be secret."""
    spec = str(Path(__file__).with_name("jobs.yaml"))
    given = [] if option == "--spec" else ["--spec", spec]
    assert 0 != generate.main([*given, option, "https://example.com/a.json?key=abc"])
    told = "a URL is not read: download it first, and give the name of the file"
    assert f"scripts/generate: {told}\n" == capsys.readouterr().err


@pytest.mark.parametrize("output", ["a", "a/b/c", "folder"])
def test_a_file_in_place_of_the_output(
    output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is refused before anything is generated, and stays as it is."""
    (tmp_path / "folder").mkdir()
    files = [tmp_path / "a", tmp_path / "folder" / "matillion_api"]
    for file in files:
        file.write_text("mine", encoding="utf-8")
    spec = str(Path(__file__).with_name("jobs.yaml"))
    assert 1 == generate.main(["--spec", spec, "--output", str(tmp_path / output)])
    told = f"{files[output == 'folder']}: it is a file, and --output needs a folder"
    assert f"scripts/generate: {told}\n" == capsys.readouterr().err
    assert ["mine", "mine"] == [file.read_text(encoding="utf-8") for file in files]


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, without the number of the error."""
    spec = str(Path(__file__).with_name("jobs.yaml"))
    output = tmp_path / ("a" * 300)
    assert 1 == generate.main(["--spec", spec, "--output", str(output)])
    told = rf"scripts/generate: {output}(/matillion_api)?: File name too long\n"
    assert re.fullmatch(told, capsys.readouterr().err)


def test_a_key_twice_in_json(tmp_path: Path) -> None:
    """JSON is read as strictly."""
    path = tmp_path / "spec.json"
    path.write_text('{"a": 1, "b": {"c": 1, "c": 2}}')
    with pytest.raises(SpecError, match=r"spec\.json: the key 'c' is there twice"):
        load_document(path)


def test_a_status_needs_no_quotes(tmp_path: Path) -> None:
    """A number as a key is text, as in JSON; dates and merged mappings are as they are written."""
    path = tmp_path / "spec.yaml"
    path.write_text("x: &x {b: 1, c: 2}\na: {<<: *x, 200: 2026-03-01, b: 3}\n")
    assert {"b": 3, "c": 2, "200": "2026-03-01"} == load_document(path)["a"]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (
            "      x-confidence: HIGH\n",
            "",
            "    get:",
            "GET /v1/projects: x-confidence is missing",
        ),
        (
            "schemas/ProjectPage",
            "schemas/Nope",
            "schemas/Nope",
            "the reference #/components/schemas/Nope leads nowhere",
        ),
        (
            "page: page, size: size",
            "page: page, size: sizes",
            "      x-paging:",
            "GET /v1/projects: left out: x-paging: there is no query parameter 'sizes'",
        ),
    ],
)
def test_the_file_and_the_line_are_told(
    old: str,
    new: str,
    line: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A mistake in one of many files is found by its line; nothing is written."""
    settings = tmp_path / "openapi"
    shutil.copytree(ROOT / "openapi", settings, ignore=shutil.ignore_patterns("[!p]*s.yaml"))
    path = settings / "groups" / "projects.yaml"
    text = path.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(generate, "SETTINGS", settings)
    assert 1 == generate.main(["--output", str(tmp_path / "generated")])
    number = next(n for n, each in enumerate(text.splitlines(), 1) if line in each)
    assert f"scripts/generate: {path}:{number}: {told}\n" == capsys.readouterr().err
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("indent", [2, "\t"])
def test_the_line_in_a_file_of_json(
    indent: int | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However it is indented, with lists and whatever text it has."""
    document = copy.deepcopy(DOCUMENT)
    document["info"]["title"] = "Ä \t \U0001f600"
    document["components"]["schemas"]["Widget"]["properties"]["x"] = NOWHERE
    path = tmp_path / "spec.json"
    text = json.dumps(document, indent=indent)
    path.write_text(text, encoding="utf-8")
    arguments = ["--strict", "--spec", str(path), "--output", str(tmp_path / "made")]
    assert 1 == generate.main(arguments)
    number = next(n for n, each in enumerate(text.splitlines(), 1) if "Nope" in each)
    assert f"scripts/generate: {path}:{number}: the reference " in capsys.readouterr().err


class OtherError(Exception):
    """Something went wrong in what was made of a document."""


def made(document: dict[str, Any], raised: type[Exception] | None) -> None:
    """Make something of a document while it is validated."""
    with validated(document):
        if raised:
            raise raised


@pytest.mark.parametrize("raised", [None, OtherError])
def test_validated_while_it_is_generated_from(raised: type[Exception] | None) -> None:
    """What is wrong with a document is told, also where something else went wrong because of it."""
    with pytest.raises(SpecError, match=r"not valid OpenAPI 3\.1 at info"):
        made(copy.deepcopy(DOCUMENT) | {"info": 1}, raised)


def test_what_went_wrong_with_a_valid_document() -> None:
    """It is not the document."""
    document = copy.deepcopy(DOCUMENT) | {"x-new": True}
    with pytest.raises(OtherError):
        made(document, OtherError)
    made(document, None)

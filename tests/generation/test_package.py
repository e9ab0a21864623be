"""scripts/generate: what it writes, refuses and reports."""

from __future__ import annotations

import contextlib
import copy
import errno
import importlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import SpecError
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import join, operations
from scripts._generation.reading.documents import load_document
from scripts._generation.reading.validation import validate
from scripts._generation.writing.package import PINNED, build, differences, replace, tidy
from tests.generation.spec import DOCUMENT, ROOT
from tests.generation.test_mistakes import CREATION
from tests.generation.test_mistakes import DOCUMENT as SMALL

THROW_AWAY: dict[str, Any] = {
    "operationId": "list_widgets",
    "tags": ["widgets"],
    "summary": "List widgets",
    "description": "Lists widgets of one colour.",
    "x-method": "list",
    "x-idempotent": True,
    "x-source": ["REF"],
    "x-paging": {
        "style": "token",
        "items": "results",
        "token": "paginationToken",
        "next": "more",
        "limit": "limit",
        "max_limit": 100,
    },
    "parameters": [
        {"name": "colour", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "paginationToken", "in": "query", "schema": {"type": "string"}},
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 25},
        },
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
WIDGET_SCHEMAS: dict[str, Any] = {
    "Widget": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
    "WidgetPage": {
        "type": "object",
        "required": ["results"],
        "properties": {
            "more": {"type": "string"},
            "results": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}},
        },
    },
}


@pytest.fixture
def document() -> dict[str, Any]:
    """The spec with a throw-away endpoint in place of its own, which take four seconds to generate."""
    spec = copy.deepcopy(DOCUMENT)
    spec["paths"] = {"/v1/widgets/{colour}": {"get": copy.deepcopy(THROW_AWAY)}}
    spec["components"] = {
        "schemas": copy.deepcopy(WIDGET_SCHEMAS),
        "securitySchemes": spec["components"]["securitySchemes"],
    }
    return spec


class OneShotSession:
    """The least a resource class needs: it carries out operations over a mock."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        self.sent.append(operation.get_kwargs(**arguments))
        return operation.decode(httpx.Response(200, json={"results": [{"id": "w1"}]}))

    def listing(self, operation: Any, item: type, /, **arguments: Any) -> Any:
        return self.call(operation, **arguments)


async def test_a_new_endpoint_needs_no_hand_written_line(
    document: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    separate_import: None,
) -> None:
    """An endpoint added to the spec can be called as a method and as a plain function."""
    build(document, ROOT / "openapi", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    api = importlib.import_module("matillion_api.api")
    session = OneShotSession()

    page = await api.Resources(session).widgets.list("light blue", limit=7)

    assert page.results[0].id == "w1"
    assert session.sent[0]["url"] == "/v1/widgets/light%20blue"
    assert session.sent[0]["params"] == {"limit": 7}

    plain = importlib.import_module("matillion_api.api.widgets.list_widgets")
    client = importlib.import_module("matillion_api").Client("https://api.example.com/dpc")
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"results": []}))
    client.set_async_httpx_client(httpx.AsyncClient(base_url="https://x/dpc", transport=transport))
    assert [] == (await plain.asyncio("blue", client=client)).results
    await client.aclose()


async def test_a_field_whose_name_the_model_uses_itself(
    document: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    separate_import: None,
) -> None:
    """It has an underscore after its name, in the model, in the arguments that become it, and in what pages a listing."""
    text, number = {"type": "string"}, {"type": "integer"}
    widget = document["components"]["schemas"]["Widget"]
    widget["properties"] |= dict.fromkeys(("extra", "cls", "d", "toDict", "count"), text)
    page = document["components"]["schemas"]["WidgetPage"]
    page["properties"] |= {"index": number, "count": number}
    listing = document["paths"]["/v1/widgets/{colour}"]["get"]
    listing["parameters"] += [{"name": "page", "in": "query", "schema": number}]
    listing["parameters"] += [{"name": "size", "in": "query", "schema": number}]
    listing["x-paging"] = {"style": "page", "items": "results", "page": "page", "size": "size"}
    listing["x-paging"] |= {"total": "count", "max_size": 50}
    document["paths"]["/v1/widgets"] = {
        "post": {
            "operationId": "create_widget",
            "tags": ["widgets"],
            "x-method": "create",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}
                },
            },
            "responses": {"204": {"description": "Made."}},
        }
    }
    build(document, ROOT / "openapi", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    models = importlib.import_module("matillion_api.models")
    values = {name: name.upper() for name in ("id", "extra", "cls", "d", "toDict", "count")}

    made = models.Widget.from_dict(values | {"unknown": 1})
    assert ("EXTRA", "CLS", "D", "TODICT") == (made.extra_, made.cls_, made.d_, made.to_dict_)
    assert ("COUNT", {"unknown": 1}) == (made.count, made.extra)
    assert values | {"unknown": 1} == made.to_dict()

    found = models.WidgetPage.from_dict({"results": [values], "index": 3, "count": 7})
    assert (3, 7, 1) == (found.index_, found.count_, found.count(found[0]))
    paging = importlib.import_module("matillion_api.api.widgets.list_widgets").OPERATION.paging
    assert ("count_", "count") == (paging.total, paging.total_key)

    session = OneShotSession()
    widgets = importlib.import_module("matillion_api.api").Resources(session).widgets
    await widgets.create(id="a", extra_="b")
    assert {"id": "a", "extra": "b"} == session.sent[0]["json"]


PEOPLE: dict[str, Any] = {
    "get": {
        "operationId": "list_people",
        "tags": ["people"],
        "x-method": "list",
        "x-paging": {
            "style": "index",
            "items": "Resources",
            "index": "startIndex",
            "count": "count",
            "total": "totalResults",
            "max_count": 50,
        },
        "x-may-be-empty": True,
        "parameters": [
            {"name": "startIndex", "in": "query", "schema": {"type": "integer"}},
            {"name": "count", "in": "query", "schema": {"type": "integer"}},
        ],
        "responses": {
            "200": {
                "description": "People.",
                "content": {
                    "application/scim+json": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "Resources": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/Widget"},
                                },
                                "totalResults": {"type": "integer"},
                            },
                        }
                    }
                },
            }
        },
    },
    "post": {
        "operationId": "create_person",
        "tags": ["people"],
        "x-method": "create",
        "requestBody": {"$ref": "#/components/requestBodies/Person"},
        "responses": {"201": {"description": "Created."}},
    },
}
PERSON: dict[str, Any] = {
    "schema": {
        "type": "object",
        "properties": {
            "schemas": {"type": "array", "items": {"type": "string"}, "default": ["urn:person"]}
        },
    }
}


def test_facts_of_a_scim_group(document: dict[str, Any]) -> None:
    """Paging by index, lists with a default, the first of several media types, and bodies that may be empty."""
    document["paths"]["/v1/people"] = copy.deepcopy(PEOPLE)
    content = {"application/json": PERSON, "application/scim+json": PERSON}
    document["components"].setdefault("requestBodies", {})["Person"] = {"content": content}

    whole = prepare(document)
    prepared = whole["paths"]["/v1/people"]

    listing = prepared["get"]["responses"]["200"]["x-operation"]
    assert {
        "style": "index",
        "items": "resources",
        "size": "count",
        "max_size": 50,
        "cursor": "start_index",
        "total": "total_results",
        "items_key": "Resources",
        "cursor_key": "startIndex",
        "total_key": "totalResults",
        "fields": ["Resources", "totalResults"],
        "item_fields": [],
        "alone": [],
        "missing_is_empty": False,
    } == listing["paging"]
    assert listing["may_be_empty"]
    body = {"schema": {"$ref": "#/components/schemas/CreatePersonBody"}}
    assert {"application/json": body} == prepared["post"]["requestBody"]["content"]
    assert PERSON["schema"] == whole["components"]["schemas"]["CreatePersonBody"]
    created = prepared["post"]["responses"]["201"]["x-operation"]
    assert {"schemas": ["urn:person"]} == created["defaults"]


@pytest.mark.long
def test_the_tree_is_what_the_spec_says(capsys: pytest.CaptureFixture[str]) -> None:
    """generated/ is up to date."""
    assert main(["--check"]) == 0
    assert "is what openapi/ says" in capsys.readouterr().out


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A small spec, the folder of the package made from it, and what the command said: to be copied, not changed."""
    folder = tmp_path_factory.mktemp("small")
    spec, output = folder / "spec.json", folder / "made"
    spec.write_text(json.dumps(SMALL))
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert 0 == main(["--spec", str(spec), "--output", str(output)])
    return spec, output, told.getvalue()


def test_a_first_package_is_no_change(
    small: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing was, nothing is said to be new; the files are counted, and the command says what they are."""
    spec, output, told = small
    expected = r"2 operation\(s\) generated, 0 left out\n\d+ file\(s\) changed in matillion_api\n"
    assert re.fullmatch(expected, told)
    assert 0 == main(["--check", "--spec", str(spec), "--output", str(output)])
    assert "made/ is what spec.json says\n" == capsys.readouterr().out


def test_check_names_what_differs_and_changes_nothing(
    small: tuple[Path, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check with another spec fails, lists files and what it means for users, and writes nothing."""
    _, output, _ = small
    spec = tmp_path / "spec.json"
    document = copy.deepcopy(SMALL)
    replacement = CREATION | {"operationId": "replace_widgets", "x-method": "replace"}
    document["paths"]["/v1/widgets"]["put"] = replacement
    spec.write_text(json.dumps(document))
    before = sorted((path, path.stat().st_mtime_ns) for path in output.rglob("*"))

    code = main(["--check", "--spec", str(spec), "--output", str(output)])

    assert code == 1
    told = capsys.readouterr().err
    assert "missing: api/widgets/replace_widgets.py" in told
    assert "client.widgets.replace (PUT /v1/widgets): added" in told
    assert before == sorted((path, path.stat().st_mtime_ns) for path in output.rglob("*"))


def test_nothing_stale_is_left(
    small: tuple[Path, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no longer in the spec disappears, and so does a file the generator never wrote."""
    package = tmp_path / "matillion_api"
    shutil.copytree(small[1] / package.name, package)
    assert (package / "api" / "widgets" / "create_widget.py").exists()
    (package / "leftover.py").write_text("")
    document = copy.deepcopy(SMALL)
    del document["paths"]["/v1/widgets"]["post"]
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document))

    assert main(["--spec", str(spec), "--output", str(tmp_path)]) == 0

    assert not (package / "api" / "widgets" / "create_widget.py").exists()
    assert not (package / "leftover.py").exists()
    assert "BREAKING client.widgets.create (POST /v1/widgets): removed" in capsys.readouterr().out


def test_a_package_that_cannot_be_compared_is_replaced(
    small: tuple[Path, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a merge that left its marks in generated/ everything is written anew."""
    package = tmp_path / "generated" / "matillion_api"
    package.mkdir(parents=True)
    (package / "openapi.json").write_text("<<<<<<< ours\n")
    (package / "client.py").write_text("<<<<<<< ours\n")
    assert 0 == main(["--spec", str(small[0]), "--output", str(tmp_path / "generated")])
    assert "cannot be compared" in capsys.readouterr().out
    assert [] == differences(package, small[1] / package.name)
    assert [package] == list(package.parent.iterdir())


def test_every_difference_is_found(tmp_path: Path) -> None:
    """A file that is missing, is there without being generated, or says something else; compiled ones do not count."""
    there, made = tmp_path / "there", tmp_path / "made"
    for folder in (there, made):
        (folder / "api" / "__pycache__").mkdir(parents=True)
        for name in ("same.py", "api/other.py", "api/__pycache__/a.pyc"):
            (folder / name).write_text("" if name == "same.py" else folder.name)
    (there / "api" / "stale.py").write_text("")
    (made / "new.py").write_text("")
    expected = ["differs: api/other.py", "missing: new.py", "only in the tree: api/stale.py"]
    assert expected == differences(there, made)


def test_another_generator_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates are written for one version; another would write other code without a word."""
    monkeypatch.setitem(PINNED, "ruff", "0.0.1")
    with pytest.raises(
        SpecError, match=r"ruff 0\.0\.1 is needed, .* is installed: run it as scrip"
    ):
        build(SMALL, ROOT / "openapi", tmp_path)


def test_code_that_ruff_cannot_read_is_told(tmp_path: Path) -> None:
    """Where the templates and the spec make no Python of each other, the file is named."""
    (tmp_path / "broken.py").write_text("def\n")
    with pytest.raises(SpecError, match=r"ruff refused what was generated: .*broken\.py"):
        tidy(tmp_path)


class Interrupted:
    """Stands for a function that is interrupted from a certain call on."""

    def __init__(self, function: Callable[..., Any], calls: int) -> None:
        self._function = function
        self._left = calls

    def __get__(self, instance: Any, owner: type) -> Callable[..., Any]:
        return lambda *arguments: self(instance, *arguments)

    def __call__(self, *arguments: Any) -> Any:
        self._left -= 1
        if self._left == -1:
            raise KeyboardInterrupt
        return self._function(*arguments)


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_an_interrupted_run_leaves_what_was_there(
    calls: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted at any of the three moves, the old package is whole, and nothing is left beside it."""
    old, new = tmp_path / "there" / "package", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "file").write_text(folder.name)
    monkeypatch.setattr(Path, "rename", Interrupted(Path.rename, calls))
    with pytest.raises(KeyboardInterrupt):
        replace(old, new)
    assert "package" == (old / "file").read_text()
    assert [old] == list(old.parent.iterdir())


def on_another_disk(*_: Any) -> None:
    """As a move between file systems fails."""
    raise OSError(errno.EXDEV, "cross-device link")


def test_a_copy_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, found while the new package is copied from another one, costs nothing."""
    old = tmp_path / "there" / "package"
    old.mkdir(parents=True)
    monkeypatch.setattr(Path, "rename", on_another_disk)
    monkeypatch.setattr(shutil, "copytree", Interrupted(shutil.copytree, 0))
    with pytest.raises(KeyboardInterrupt):
        replace(old, tmp_path)
    assert [old] == list(old.parent.iterdir())


def test_what_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of the folder is named."""
    (tmp_path / "file").write_text("")
    (tmp_path / "spec.json").write_text(json.dumps(SMALL))
    assert 1 == main(["--spec", str(tmp_path / "spec.json"), "--output", str(tmp_path / "file")])
    told = capsys.readouterr().err
    assert told.startswith("scripts/generate: ")
    assert str(tmp_path / "file") in told


@pytest.mark.parametrize("option", ["--spec", "--overlay"])
def test_another_package_does_not_take_the_place_of_ours(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    option: str,
) -> None:
    """A folder that was forgotten is asked for, and generated/ is not what is written over."""
    overlay = {"overlay": "1.0.0", "info": {"title": "a", "version": "1"}, "actions": []}
    (tmp_path / "a.json").write_text(json.dumps(SMALL if option == "--spec" else overlay))
    monkeypatch.setattr("scripts._generation.__main__.replace", None)
    assert 1 == main([option, str(tmp_path / "a.json")])
    assert (
        "scripts/generate: generated/ is the package of openapi/: "
        "say with --output into which folder another one is written\n"
    ) == capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--output", "made"], ["--diff", "b.json"]])
def test_a_reader_that_goes_away_is_no_mistake(tmp_path: Path, arguments: list[str]) -> None:
    """As in ``| head``: what is to be written is there all the same."""
    (tmp_path / "a.json").write_text(json.dumps(SMALL))
    (tmp_path / "b.json").write_text(json.dumps(SMALL))
    with subprocess.Popen(
        [ROOT / "scripts" / "generate", "--spec", "a.json", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (141, "") == (process.returncode, told)
    assert (tmp_path / "made").exists() == ("made" in arguments)


@pytest.mark.parametrize("arguments", [["--spec", "a.json"], ["--spec=a.json"]])
def test_files_are_named_from_where_it_is_typed(tmp_path: Path, arguments: list[str]) -> None:
    """Also with an equals sign, and where a module of Python's lies about."""
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "json.py").write_text("raise ImportError")
    done = subprocess.run(
        [ROOT / "scripts" / "generate", *arguments, "--output", "made"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (1, "scripts/generate: a.json: expected a mapping, found list\n") == (
        done.returncode,
        done.stderr,
    )


def test_an_invalid_spec_is_refused(document: dict[str, Any]) -> None:
    """The validator's first finding is named with its place."""
    document["paths"]["/v1/widgets/{colour}"]["get"]["responses"] = []
    with pytest.raises(SpecError, match=r"not valid OpenAPI 3\.1 at paths"):
        validate(document)


def test_an_operation_id_is_used_once(document: dict[str, Any]) -> None:
    """Two operations of one id are refused with both places."""
    document["paths"]["/v1/other"] = {"get": THROW_AWAY}
    with pytest.raises(SpecError, match="list_widgets"):
        validate(document)


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    """Joining never lets one file silently win over another."""
    shutil.copytree(ROOT / "openapi", tmp_path / "openapi")
    groups = tmp_path / "openapi" / "groups"
    shutil.copy(groups / "projects.yaml", groups / "zz.yaml")
    with pytest.raises(SpecError, match=r"zz\.yaml: .*is already defined in another file"):
        join(tmp_path / "openapi")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """A YAML error says in which file it is."""
    path = tmp_path / "broken.yaml"
    path.write_text("a: [")
    with pytest.raises(SpecError, match=r"broken\.yaml"):
        load_document(path)


def test_every_operation_states_what_is_known_of_it() -> None:
    """Method name, idempotence, source, confidence, summary and description are there for each operation."""
    for path, method, operation in operations(DOCUMENT):
        for key in ("summary", "description", "x-source", "x-confidence"):
            assert operation.get(key), f"{method} {path} lacks {key}"
        if operation.get("x-generate") is not False:
            assert isinstance(operation.get("x-idempotent"), bool), f"{method} {path}"
            assert operation.get("x-method"), f"{method} {path}"

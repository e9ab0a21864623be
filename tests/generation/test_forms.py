"""Forms: how their fields are written where the encoding says it, and files in them."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from tests.generation.small import (
    FILES,
    FORM,
    NUMBER,
    TEXT,
    body,
    document,
    fields,
    imported,
    made,
    models,
    named,
)

BINARY = {"type": "string", "format": "binary"}
LIST = {"type": "array", "items": TEXT}
AS_JSON = {"contentType": "application/json"}
ENCODINGS: dict[str, tuple[Any, dict[str, Any], Any, str]] = {
    "plain": (LIST, {}, ["a", "b"], "f=a&f=b"),
    "commas": (LIST, {"explode": False}, ["a", "b"], "f=a,b"),
    "fields of commas": (fields(x=NUMBER), {"style": "form", "explode": False}, {"x": 1}, "f=x,1"),
    "pipes": (LIST, {"style": "pipeDelimited"}, ["a", "b"], "f=a|b"),
    "spaces": (LIST, {"style": "spaceDelimited", "explode": False}, ["a", "b"], "f=a b"),
    "one of a list": ({"anyOf": [TEXT, LIST]}, {"explode": False}, "a", "f=a"),
    "fields": (fields(x=NUMBER, y=LIST), {"style": "form"}, {"x": 1, "y": ["a", "b"]}, "x=1&y=a&y=b"),
    "fields by explode": (fields(x=NUMBER), {"explode": True}, {"x": 1}, "x=1"),
    "a list by explode": (LIST, {"style": "form", "explode": True}, ["a", "b"], "f=a&f=b"),
    "deep": (fields(x=fields(y=NUMBER)), {"style": "deepObject"}, {"x": {"y": 1}}, "f[x][y]=1"),
    "an object": (fields(x=NUMBER), AS_JSON, {"x": 1}, 'f={"x":1}'),
    "a list in JSON": (LIST, AS_JSON, ["a", "b"], 'f=["a","b"]'),
    "a style before JSON": (LIST, {**AS_JSON, "explode": False}, ["a", "b"], "f=a,b"),
    "moments": ({"type": "array", "items": {"type": "string", "format": "date"}}, {"explode": False}, [date(2026, 1, 2)], "f=2026-01-02"),
}  # fmt: skip
PARTS = fields(
    "file",
    file=BINARY,
    csv=TEXT,
    lines=LIST,
    meta=fields(x=NUMBER, at={"type": "string", "format": "date-time"}),
    image=BINARY,
    either={"oneOf": [BINARY, TEXT]},
    more={"type": "array", "items": BINARY},
)
MEDIA_TYPES = {
    "file": {"contentType": "application/x-log"},
    "csv": {"contentType": "text/csv"},
    "lines": {"contentType": "text/markdown; charset=utf-8"},
    "meta": {"contentType": "application/vnd.meta+json"},
    "image": {"contentType": "image/png, image/jpeg"},
}
DOCUMENT = document(
    {
        f"POST /{index}": {
            "operationId": f"send {name}",
            **body(fields(f=schema), FORM, encoding={"f": encoding}),
        }
        for index, (name, (schema, encoding, _, _)) in enumerate(ENCODINGS.items())
    }
    | {
        "POST /parts": {
            "operationId": "parts",
            **body(named("Parts"), FILES, encoding=MEDIA_TYPES),
        },
        "POST /map": {
            "operationId": "map",
            **body({"type": "object", "additionalProperties": named("Meta")}),
        },
    },
    Parts=PARTS,
    Meta=PARTS["properties"]["meta"],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(DOCUMENT, tmp_path_factory.mktemp("forms"), "--strict")


@pytest.fixture
def api(folder: Path, separate_import: None) -> Iterator[Any]:
    with imported(folder) as found:
        yield found


@pytest.mark.parametrize("name", ENCODINGS)
async def test_fields_of_a_form(api: Any, name: str) -> None:
    """As the style of the field says, or else its media type."""
    _, _, value, expected = ENCODINGS[name]
    await getattr(api.default, f"send_{name.lower().replace(' ', '_')}")(body={"f": value})
    assert expected == unquote_plus(api._session.sent["content"].decode())


async def test_parts_of_a_form(api: Any) -> None:
    """Each has the media type that is stated of it; what a file says of itself counts before."""
    file = _file()
    model = models().Parts(
        file("f"), csv="a;b", lines=["x"], meta=models().PartsMeta(x=1), image=file("i"), either=file("e", "a/b")
    )  # fmt: skip
    await api.default.parts(body=model)
    assert {
        "file": "application/x-log",
        "csv": "text/csv",
        "lines": "text/markdown; charset=utf-8",
        "meta": "application/vnd.meta+json",
        "image": None,
        "either": "a/b",
    } == {name: part[2] for name, part in api._session.sent["files"]}
    await api.default.parts(body=models().Parts(file("f", "c/d"), either="text"))
    sent = dict(api._session.sent["files"])
    assert ("c/d", "text/plain") == (sent["file"][2], sent["either"][2])


async def test_files_and_models_in_a_mapping(api: Any) -> None:
    """A mapping that stands for a model may have in it what the model has."""
    file = _file()
    meta = models().PartsMeta(x=1, at=datetime(2026, 1, 2, tzinfo=UTC))
    await api.default.parts(
        body={"file": file("f"), "more": [file("m"), b"n"], "meta": meta, "either": file("e")}
    )
    sent = api._session.sent["files"]
    assert ["file", "meta", "either", "more", "more"] == [name for name, _ in sent]
    assert ["f", None, "e", "m", None] == [part[0] for _, part in sent]
    await api.default.map(body={"k": models().Meta(x=2), "l": {"x": 3}})
    assert {"k": {"x": 2}, "l": {"x": 3}} == api._session.sent["json"]


def _file() -> Any:
    kind = importlib.import_module("matillion_api.types").File
    return lambda name, media=None: kind(io.BytesIO(name.encode()), name, media)


@pytest.mark.parametrize(
    ("media", "encoding", "reason"),
    [
        (FORM, {"style": "pipeDelimited", "explode": True}, "a style that is not sent"),
        (FORM, {"style": "matrix"}, "a style that is not sent"),
        (FILES, {"style": "pipeDelimited"}, "the part 'f' of its form has a style"),
        ("image/*", {}, "which is no one media type"),
    ],
)
def test_what_is_left_out(media: str, encoding: Any, reason: str) -> None:
    """What has no form is told; OpenAPI 3.0 has no styles of parts."""
    found = document({"POST /a": body(fields(f=LIST), media, encoding={"f": encoding})})
    findings = Findings()
    assert {} == prepare(found, findings)["paths"]
    assert [True] == [reason in each.reason for each in findings]
    if media == FILES:
        assert prepare({**found, "openapi": "3.0.3"}, Findings())["paths"]

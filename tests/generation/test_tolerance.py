"""Answers that differ from what the spec expects, for every operation: what a server may send is read, and all else is a
typed error."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import matillion_api.api
import pytest
from matillion_api.errors import Unreadable
from matillion_api.models import ArtifactPage, ConsumptionDay, PipelineExecution
from matillion_api.reading import as_integer, as_number
from matillion_api.types import UNSET, Operation

from matillion_async import (
    MatillionError,
    PagingError,
    Response,
    ResponseDecodingError,
    UnreadableRowsError,
)
from matillion_async._calls.responses import decode
from scripts._generation.reading.bundle import operations, resolve
from tests.generation.spec import DOCUMENT

NEW = "of a version to come"
Place = tuple[str | int, ...]


def _generated() -> dict[str, Operation[Any]]:
    found = {}
    for group in pkgutil.iter_modules(matillion_api.api.__path__):
        package = importlib.import_module(f"matillion_api.api.{group.name}")
        for module in pkgutil.iter_modules(package.__path__):
            operation = importlib.import_module(f"{package.__name__}.{module.name}").OPERATION
            found[operation.id] = operation
    return found


def _answers() -> Iterator[tuple[Operation[Any], dict[str, Any], Any]]:
    """Each operation with the schema and the examples of its answer."""
    generated = _generated()
    for _, _, stated in operations(DOCUMENT):
        operation = generated.get(f"{stated['tags'][0]}.{stated['x-method']}")
        for status, response in stated["responses"].items():
            contents = list(resolve(DOCUMENT, response).get("content", {}).values())
            if operation is not None and status.startswith("2") and contents:
                for example in contents[0]["examples"].values():
                    yield operation, contents[0]["schema"], example["value"]


ANSWERS = list(_answers())
every_answer = pytest.mark.parametrize(
    ("operation", "schema", "answer"), ANSWERS, ids=[answer[0].id for answer in ANSWERS]
)


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without references, and without null beside it."""
    schema = resolve(DOCUMENT, schema)
    choices = schema.get("anyOf") or schema.get("oneOf") or []
    found = [choice for choice in choices if choice.get("type") != "null"]
    return _plain(found[0]) if found else schema


def _fields(
    schema: dict[str, Any], value: Any, at: Place = ()
) -> Iterator[tuple[Place, Any, bool]]:
    """Every field that the schema names: its place in the answer, its schema, and whether it must be there; one with a default need not."""
    schema = _plain(schema)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(schema.get("items", {}), item, (*at, index))
    elif isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            if name in value:
                yield (
                    (*at, name),
                    _plain(field),
                    name in schema.get("required", ()) and "default" not in field,
                )
                yield from _fields(field, value[name], (*at, name))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _objects(item)


def _parent(answer: Any, place: Place) -> Any:
    for step in place[:-1]:
        answer = answer[step]
    return answer


def _sent_back(result: Any) -> str:
    items = result if isinstance(result, list) else [result]
    return json.dumps([item.to_dict() for item in items])


@every_answer
def test_a_field_that_is_not_known_is_kept(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """An object may have more fields than are listed."""
    answer = copy.deepcopy(answer)
    named = [
        resolve_at(answer, place)
        for place, field, _ in _fields(schema, answer)
        if "properties" in field
    ]
    tops = answer if isinstance(answer, list) else [answer]
    for index, found in enumerate(item for item in [*named, *tops] if isinstance(item, dict)):
        found["zzNew"] = {"kept": f"{NEW} {index}"}
    expected = [found["zzNew"]["kept"] for found in _objects(answer) if "zzNew" in found]
    sent_back = _sent_back(operation.parse(answer))
    assert expected
    assert [] == [text for text in expected if text not in sent_back]


def resolve_at(answer: Any, place: Place) -> Any:
    """What is at a place of an answer."""
    return _parent(answer, place)[place[-1]]


@every_answer
def test_a_value_that_is_not_known_is_kept(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """An enum may have more values than are listed."""
    answer = copy.deepcopy(answer)
    places = [place for place, field, _ in _fields(schema, answer) if "enum" in field]
    for place in places:
        _parent(answer, place)[place[-1]] = NEW
    assert len(places) == _sent_back(operation.parse(answer)).count(NEW)


@every_answer
def test_a_field_may_be_missing_or_null(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """Unless nothing works without it, or nothing else is there."""
    for place, _, is_required in _fields(schema, answer):
        changed = copy.deepcopy(answer)
        if is_required or (len(place) == 1 and len(changed) == 1):
            continue
        if isinstance(changed, dict) and place == ("Resources",):
            changed["totalResults"] = 0  # some items and no items contradict each other
        _parent(changed, place)[place[-1]] = None
        operation.parse(copy.deepcopy(changed))
        del _parent(changed, place)[place[-1]]
        operation.parse(changed)


def _changed(answer: Any, place: Place, value: Any) -> Any:
    answer = copy.deepcopy(answer)
    _parent(answer, place)[place[-1]] = value
    return answer


ANOTHER_TYPE: dict[str, list[tuple[Any, str]]] = {
    "string": [(20260301, '"20260301"'), (20260301.5, '"20260301.5"')],
    "integer": [("20260301", "20260301"), (20260301.0, "20260301")],
    "number": [("20260301.5", "20260301.5"), ("20260301", "20260301")],
}
"""By the type of a field: what comes in its place, and as which JSON it is sent back."""


def _type(field: dict[str, Any]) -> str:
    """The one type of a field, beside null; empty where it has several or none."""
    types = field.get("type", [])
    given = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    return given[0] if len(given) == 1 and "enum" not in field else ""


@every_answer
def test_a_value_of_another_type_is_converted_where_nothing_is_lost(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """A number where a text is declared, a text that is a number where a number is: the type is the one declared."""
    for place, field, _ in _fields(schema, answer):
        if "format" in field and "date" in field["format"]:
            continue
        if operation.paging is not None and place == (operation.paging.next_key,):
            continue
        for value, sent_back in ANOTHER_TYPE.get(_type(field), ()):
            found = _sent_back(operation.parse(_changed(answer, place, value)))
            assert sent_back in found.replace(": ", " ").replace(",", " ").replace("}", " ").split()


@every_answer
def test_a_truth_value_as_text_is_one(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """In any case; and where a text is declared, a truth value is text."""
    for place, field, _ in _fields(schema, answer):
        if _type(field) == "boolean":
            found = {
                _sent_back(operation.parse(_changed(answer, place, v))) for v in (True, "True")
            }
            assert 1 == len(found)


@every_answer
def test_a_value_of_an_enum_in_another_case_is_the_same(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """The API's own pages write some in lower case and some in capitals."""
    for place, field, _ in _fields(schema, answer):
        if "enum" in field:
            value = resolve_at(answer, place)
            assert _sent_back(operation.parse(answer)) == _sent_back(
                operation.parse(_changed(answer, place, value.swapcase()))
            )


MOMENT = datetime(2026, 3, 1, 10, 39, 2, tzinfo=UTC)
MOMENTS: dict[Any, Any] = {
    "2026-03-01T10:39:02Z": MOMENT,
    "2026-03-01T12:39:02+02:00": MOMENT,
    "2026-03-01T12:39:02+0200": MOMENT,
    "2026-03-01T10:39:02": MOMENT,
    "2026-03-01 10:39:02": MOMENT,
    "2026-03-01 10:39:02 UTC": MOMENT,
    "2026-03-01 12:39:02 +0200": MOMENT,
    "2026-03-01t10:39:02z": MOMENT,
    "2026-03-01T10:39:02Z[UTC]": MOMENT,
    "2026-03-01T12:39:02+02:00[Europe/Paris]": MOMENT,
    "2026-03-01T10:39:02.5Z": MOMENT.replace(microsecond=500_000),
    "2026-03-01T10:39:02.182Z": MOMENT.replace(microsecond=182_000),
    "2026-03-01T10:39:02.182534Z": MOMENT.replace(microsecond=182_534),
    "2026-03-01T10:39:02.182534999Z": MOMENT.replace(microsecond=182_534),
    "2026-03-01T10:39Z": MOMENT.replace(second=0),
    "2026-03-01": MOMENT.replace(hour=0, minute=0, second=0),
    1772361542: MOMENT,
    1772361542.182: MOMENT.replace(microsecond=182_000),
    1772361542182: MOMENT.replace(microsecond=182_000),
    "": None,
    " ": None,
}
"""Moments in time as servers write them."""
NO_MOMENTS: list[Any] = ["yesterday", "2026-13-01", "01/03/2026", 1e300, True, {}, [2026, 3, 1]]


@every_answer
def test_a_date_in_any_form(operation: Operation[Any], schema: dict[str, Any], answer: Any) -> None:
    """Each is read, always with a time zone; an empty string is not a date, and what is none is an error with its place."""
    for place, field, is_required in _fields(schema, answer):
        if field.get("format") != "date-time":
            continue
        assert not is_required
        for form, moment in MOMENTS.items():
            found = _sent_back(operation.parse(_changed(answer, place, form)))
            zones = (UTC, timezone(timedelta(hours=2)))
            assert moment is None or any(
                moment.astimezone(zone).isoformat() in found for zone in zones
            )
        for form in NO_MOMENTS:
            with pytest.raises(Unreadable, match="is not a moment in time") as caught:
                operation.parse(_changed(answer, place, form))
            assert list(place) == caught.value.path


def test_a_moment_has_a_time_zone() -> None:
    """UTC unless it comes with another."""
    execution = PipelineExecution.from_dict({"startedAt": "2026-03-01T10:39:02", "finishedAt": ""})
    assert (MOMENT, None) == (execution.started_at, execution.finished_at)
    assert UNSET is ConsumptionDay.from_dict({"consumedFrom": ""}).consumed_from


ANYTHING: list[Any] = [
    *(None, True, 0, -1, 1.5, 10**30, "", "x", "\ud800", [], [None], ["x"], [[]], [{}], {}),
    *({"x": 1}, {"": None}, [{"id": None}], {"id": {}, "name": []}),
]


@every_answer
def test_whatever_comes_is_read_or_a_typed_error(
    operation: Operation[Any], schema: dict[str, Any], answer: Any
) -> None:
    """In the place of each field, and of the answer as a whole; what is read can be sent back."""
    places = [place for place, _, _ in _fields(schema, answer)]
    bodies = [_changed(answer, place, value) for place in places for value in ANYTHING]
    read = 0
    for body in [*bodies, *ANYTHING, {"data": answer}, [answer], [[answer]]]:
        response = Response(200, {}, json.dumps(body).encode())
        try:
            found = decode(operation, response)
        except MatillionError as error:
            assert len(str(error)) < 1000  # noqa: PT017 - whether it is raised depends on the field
        else:
            read += 1
            for item in found if isinstance(found, list) else [found]:
                assert item is None or isinstance(item.to_dict(), dict)
    assert read


OBJECTS = [
    (operation, answer)
    for operation, _, answer in ANSWERS
    if isinstance(answer, dict) and operation.paging is None
]


@pytest.mark.parametrize(
    ("operation", "answer"), OBJECTS, ids=[operation.id for operation, _ in OBJECTS]
)
def test_an_answer_in_an_unknown_wrapper_is_none(operation: Operation[Any], answer: Any) -> None:
    """It has none of the documented fields, and must not become an object without any; the error lists what it has."""
    for body in ({"zzWrapper": answer}, {"zzWrapper": [answer], "other": 1}):
        with pytest.raises(ResponseDecodingError, match=r"'zzWrapper'|lacks the field"):
            decode(operation, Response(200, {}, json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("operation", "answer"), OBJECTS, ids=[operation.id for operation, _ in OBJECTS]
)
def test_an_answer_without_a_body(operation: Operation[Any], answer: Any) -> None:
    """It is a success where only the status is needed, and an error where the caller needs what is in the body."""
    for content in (b"", b" \n", b"null", b"{}"):
        response = Response(200, {}, content)
        if operation.may_be_empty:
            assert decode(operation, response) is None
        else:
            with pytest.raises(ResponseDecodingError):
                decode(operation, response)


def test_a_change_may_be_answered_with_nothing() -> None:
    """Whoever changes something knows already what: every PUT and PATCH, but no read and no creation."""
    found = {operation.id: operation for operation, _ in OBJECTS}
    changes = {name for name, each in found.items() if each.method in ("PUT", "PATCH")}
    others = {
        *("artifacts.promote", "artifacts.upload", "shared_pipeline_artifacts.upload"),
        *("ai_agent_tasks.decide", "ai_agent_tasks.send_message", "connections.create_override"),
    }
    assert changes | others == {name for name, each in found.items() if each.may_be_empty}


LISTINGS = [(operation, answer) for operation, _, answer in ANSWERS if operation.paging is not None]
every_listing = pytest.mark.parametrize(
    ("operation", "page"), LISTINGS, ids=[operation.id for operation, _ in LISTINGS]
)


def _items(operation: Operation[Any], body: Any) -> list[Any]:
    assert operation.paging is not None
    found = decode(operation, Response(200, {}, json.dumps(body).encode()))
    return list(getattr(found, operation.paging.items))


@every_listing
def test_a_page_without_items_is_empty(operation: Operation[Any], page: dict[str, Any]) -> None:
    """Null, or left out, where the total is 0 or not told; also an object with nothing in it."""
    paging = operation.paging
    assert paging is not None
    told: dict[str, Any] = {paging.total_key: 0} if paging.total_key else {}
    for body in ({}, told, {paging.items_key: None}, {paging.items_key: None, **told}):
        assert [] == _items(operation, body)


@every_listing
def test_a_page_without_items_but_with_a_total_is_a_contradiction(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """On the first page; one after the last has none."""
    paging = operation.paging
    assert paging is not None
    if not paging.total_key:
        return
    for nothing in ({}, {paging.items_key: None}):
        with pytest.raises(PagingError, match="but the total is 7"):
            _items(operation, {paging.total_key: 7, **nothing})
        assert [] == _items(operation, {paging.total_key: 7, paging.cursor_key: 8, **nothing})


@every_listing
def test_a_token_that_is_no_text_is_a_contradiction(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """A number may be anything, such as how many there are."""
    paging = operation.paging
    assert paging is not None
    if paging.next_key:
        for token in ({"token": "x"}, ["x"], 7, True, False):
            with pytest.raises(PagingError, match="is not a token of a page"):
                _items(operation, {**page, paging.next_key: token})


@every_listing
def test_an_array_in_place_of_a_page_is_its_items(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """It can be nothing else."""
    assert operation.paging is not None
    items = page[operation.paging.items_key]
    assert _items(operation, page) == _items(operation, items)


@every_listing
def test_items_in_an_unknown_field_are_not_overlooked(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """A list that is not where it should be makes no empty page: it is read where no source shows the listing, and an
    error otherwise."""
    paging = operation.paging
    assert paging is not None
    items = page[paging.items_key]
    moved = {key: value for key, value in page.items() if key != paging.items_key}
    for body in ({"zzItems": items}, {**moved, "zzItems": items}):
        if paging.alone:
            assert _items(operation, page) == _items(operation, body)
        else:
            with pytest.raises(ResponseDecodingError, match="'zzItems'"):
                _items(operation, body)
    with pytest.raises(ResponseDecodingError, match="'zzWrapper'"):
        _items(operation, {"zzWrapper": page})


@every_listing
def test_an_item_that_comes_alone(operation: Operation[Any], page: dict[str, Any]) -> None:
    """It is read where no source shows the listing; elsewhere it is something else, such as an error with status 200."""
    paging = operation.paging
    assert paging is not None
    for item in page[paging.items_key]:
        if paging.alone:
            assert _items(operation, [item]) == _items(operation, item)
        else:
            with pytest.raises(ResponseDecodingError):
                _items(operation, {**item, "items": []})


@every_listing
def test_a_row_in_an_unknown_wrapper_is_none(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """Unless nothing is known of the rows, one without any documented field is not that row."""
    paging = operation.paging
    assert paging is not None
    for item in page[paging.items_key]:
        body = {**page, paging.items_key: [item, {"zzWrapper": item}]}
        if paging.alone:
            assert 2 == len(_items(operation, body))
            continue
        with pytest.raises(UnreadableRowsError, match=r"'zzWrapper'|lacks the field") as caught:
            _items(operation, body)
        assert [1] == [row.index for row in caught.value.rows]


UNCONFIRMED = [
    "artifacts.list",
    "connections.list",
    "connections.list_overrides",
    "project_variables.list_overrides",
    "secret_references.list",
    "shared_pipeline_artifacts.list",
    "shared_pipelines.list",
]


def test_listings_that_no_source_shows() -> None:
    """These are read in any of the three forms."""
    assert UNCONFIRMED == sorted(
        {each.id for each, _ in LISTINGS if each.paging is not None and each.paging.alone}
    )


@pytest.mark.parametrize("name", ["overrides", "environmentOverrides"])
def test_overrides_inside_of_their_variable(name: str) -> None:
    """The guide answers with the variable that has them."""
    overrides = [{"environmentName": "Test", "value": "a"}, {"environmentName": "Live", "value": 1}]
    variable = {"id": "v1", "name": "target", "type": "TEXT", "value": "b", name: overrides}
    found = _items(_generated()["project_variables.list_overrides"], variable)
    assert overrides == [override.to_dict() for override in found]
    empty = _items(_generated()["project_variables.list_overrides"], {**variable, name: []})
    assert [] == empty


@every_listing
def test_a_row_that_cannot_be_read_takes_no_other_with_it(
    operation: Operation[Any], page: dict[str, Any]
) -> None:
    """The error names the row, and has the page with all others; read in slices as well as at once."""
    paging = operation.paging
    assert paging is not None
    good = page[paging.items_key]
    if not good:
        return
    rows = [*good, None, *good, "x"]
    response = Response(200, {}, json.dumps({**page, paging.items_key: rows}).encode())
    with pytest.raises(UnreadableRowsError) as caught:
        decode(operation, response)
    error = caught.value
    assert [len(good), 2 * len(good) + 1] == [row.index for row in error.rows]
    assert _items(operation, [*good, *good]) == getattr(error.page, paging.items)
    assert f"2 of {len(rows)} rows cannot be read, the first being row {len(good)}: " in str(error)
    assert operation.secret == (error.rows[1].data is None)


GUESSED = [
    "artifacts.list",
    "connections.list_overrides",
    "connectors.list_custom",
    "connectors.list_flex",
    "pipeline_executions.status",
    "project_variables.list_overrides",
    "secret_references.list",
    "shared_pipeline_artifacts.list",
    "shared_pipelines.list",
]
"""Operations whose answer no source shows."""


@pytest.mark.parametrize("name", GUESSED)
def test_a_guess_asks_for_nothing(name: str) -> None:
    """Of an answer that no source shows, only that it is a page is taken for granted."""
    needed = {
        place[-1]
        for operation, schema, answer in ANSWERS
        for place, _, is_required in _fields(schema, answer)
        if operation.id == name and is_required
    }
    assert needed <= {"results"}


def test_details_of_an_execution_in_any_form() -> None:
    """Flat, under ``result``, with its ids beside that, or without an id: older servers are known to differ."""
    parse = _generated()["pipeline_executions.get"].parse
    ids = {"pipelineExecutionId": "e1", "projectId": "p1"}
    state = {"status": "SUCCESS", "message": "done"}
    for answer in ({**ids, **state}, {"result": {**ids, **state}}, {**ids, "result": state}):
        found = parse(answer)
        assert ("e1", "p1", "SUCCESS") == (
            found.pipeline_execution_id,
            found.project_id,
            found.status,
        )
    assert ("", "SUCCESS") == (
        parse({"result": state}).pipeline_execution_id,
        parse({"result": state}).status,
    )


@pytest.mark.parametrize("nested", [False, True])
def test_a_listed_artifact_like_its_details(nested: bool) -> None:
    """A row may be the version itself, or have it under ``details`` as the details do."""
    version = {"versionName": "1.4.0", "enabled": True}
    row = {"details": version, "assets": ["a.orch.yaml"]} if nested else version
    (artifact,) = ArtifactPage.from_dict({"results": [row]}).results
    assert ("1.4.0", True) == (artifact.version_name, artifact.enabled)
    assert not nested or ["a.orch.yaml"] == artifact.extra["assets"]


@pytest.mark.parametrize("text", ["1" + "0" * 400, "-1" + "0" * 400, "[" * 100_000, "1e999"])
def test_a_text_that_is_hardly_a_number(text: str) -> None:
    """A whole number may be longer than any float; what is none stays a text, which is told as any other."""
    expected = int(text) if text.strip("-").isdigit() else text
    assert expected == as_integer(text)
    assert expected == as_number(text)

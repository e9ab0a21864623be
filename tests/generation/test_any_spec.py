"""A file with all that OpenAPI allows: what its operations send, and what they read."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import httpx
import pytest

from scripts._generation.__main__ import main
from tests.generation.typed import mistyped

SPEC = Path(__file__).parent / "any_spec.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The folder of the package, and what the command says: on stdout and on stderr."""
    output = tmp_path_factory.mktemp("any")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert 0 == main(["--spec", str(SPEC), "--output", str(output)])
    return output, out.getvalue(), err.getvalue()


class Session:
    """Keeps what an operation sends, and reads an answer as it does."""

    def __init__(self) -> None:
        self.sent: dict[str, Any] = {}
        self.answer = httpx.Response(204)

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        self.sent = operation.get_kwargs(**arguments)
        return operation.decode(self.answer)


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def api(made: tuple[Path, str, str], session: Session, separate_import: None) -> Iterator[Any]:
    """The groups of the package, over the session."""
    sys.path.insert(0, str(made[0]))
    yield importlib.import_module("matillion_api.api").Resources(session)
    sys.path.remove(str(made[0]))


def models() -> Any:
    return importlib.import_module("matillion_api.models")


def test_what_cannot_be_sent_is_told(made: tuple[Path, str, str]) -> None:
    """All of it in one run, each in a line with file, line, operation and reason; the rest is generated."""
    _, out, err = made
    lines = SPEC.read_text(encoding="utf-8").splitlines()

    def line(text: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if text in line)

    cookie = "(cookie) is a list or an object in a cookie, for which servers have no common form"
    server = "https://upload.example.com: it needs a client with that address"
    style = "is written in a style that is not sent"
    form = "(query) is a list of the style deepObject, for which OpenAPI knows no form"
    expected = [
        ("name: list, in: cookie", f"GET /jobs: the parameter 'list' {cookie}: it is left out"),
        ("name: sid", f"GET /unsendable: left out: the parameter 'sid' {cookie}"),
        ("postUns", f"POST /unsendable: its server is another one, {server}"),
        ("a: {style", f"PATCH /unsendable: left out: the field 'a' of its form {style}"),
        ("name: at, in", f"PUT /unsendable: left out: the parameter 'at' {form}"),
    ]
    assert [
        f"scripts/generate: {SPEC}:{line(text)}: {told}" for text, told in expected
    ] == err.splitlines()
    assert [
        "server: https://{region}.example.com (region is eu unless given)",
        "webhooks: jobDone: no part of the package, as the API calls them",
        "callbacks: done: no part of the package, as the API calls them",
        "22 operation(s) generated, 3 left out",
    ] == out.splitlines()[:4]


@pytest.mark.long
def test_what_is_made_is_typed(made: tuple[Path, str, str], mypy_cache: Path) -> None:
    """mypy has nothing to say of it, as strict as it can be."""
    assert [] == mistyped(made[0], mypy_cache, made[0] / "matillion_api")


async def test_parameters_of_every_style(api: Any, session: Session) -> None:
    """Each is sent as its style says, under the API's own name, whatever it is called in Python."""
    session.answer = httpx.Response(200, json=[])
    await api.job.get_jobs(
        filter_={"name": "a", "size": 3},
        tags=["a", "b"],
        words=["c", "d"],
        ids=[1, 2],
        where={"id": "j"},
        more={"x": "1"},
        errors_query="e",
        headers_query="h",
        self_="s",
        client_query="c",
        class_="k",
        id="q",
        id_header=7,
        x_list=["u", "v"],
    )
    assert {
        "filter[name]": "a",
        "filter[size]": "3",
        "tags": "a|b",
        "words": "c d",
        "ids": "1,2",
        "where": '{"id":"j"}',
        "x": "1",
        "errors": "e",
        "headers": "h",
        "self": "s",
        "client": "c",
        "class": "k",
        "id": "q",
    } == session.sent["params"]
    assert {"id": "7", "X-List": "u,v"} == session.sent["headers"]
    await api.job.get_jobs()
    assert ({}, {}) == (session.sent["params"], session.sent["headers"])


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("a1-_.~", "a1-_.~"),
        ("s%3Aa+b/c==", "s%3Aa+b/c=="),
        ('a; b,"\\ü', "a%3B%20b%2C%22%5C%C3%BC"),
        ("a\r\nb", "a%0D%0Ab"),
    ],
)
async def test_cookies(api: Any, session: Session, value: str, sent: str) -> None:
    """All in one header; of a value as it came from a server nothing is changed, and none ends the cookie."""
    session.answer = httpx.Response(200, json=[])
    await api.job.get_jobs(session=value, page=3)
    assert {"Cookie": f"session={sent}; page=3"} == session.sent["headers"]


async def test_plain_functions_of_deprecated_operations(
    made: tuple[Path, str, str], api: Any
) -> None:
    """They warn as the methods do, of the line that calls them, and once."""
    module = importlib.import_module("matillion_api.api.job.get_job")
    types = importlib.import_module("matillion_api.client")
    answer = httpx.Response(200, json={"id": "a", "state": "NO"})
    transport = httpx.MockTransport(lambda _: answer)
    client = types.Client(base_url="https://a.example", httpx_args={"transport": transport})
    for function in (module.asyncio, module.asyncio_detailed):
        with pytest.warns(DeprecationWarning, match=r"api\.job\.get_job is deprecated") as caught:
            await function("1", "b", ["c"], "d", client=client)
        assert [__file__] == [each.filename for each in caught]
    await client.aclose()


async def test_parameters_of_the_path(api: Any, session: Session) -> None:
    """Text, lists, and those of RFC 6570; a deprecated operation warns."""
    session.answer = httpx.Response(200, json={"id": "a", "state": "NO"})
    with pytest.warns(DeprecationWarning, match=r"client\.job\.get is deprecated by the API"):
        await api.job.get("1", "b c", ["d", "e/f"], "g")
    assert "/jobs/1/b%20c/d,e%2Ff/a;matrix=g" == session.sent["url"]
    assert "Deprecated by the API." in api.job.get.__doc__


async def test_a_path_with_a_fragment(api: Any, session: Session) -> None:
    """It tells apart two operations of one path, and is not sent; a list that may be null is a list."""
    await api.default.list_kept_pets(sort=["a", "b"])
    assert ("/pets", {"sort": "a,b"}) == (session.sent["url"], session.sent["params"])


async def test_a_path_with_a_query(api: Any, session: Session) -> None:
    """It is sent along with each request."""
    await api.default.count_kept_pets(q="a")
    assert "/pets" == session.sent["url"]
    assert {"kept": "true", "by": "", "q": "a"} == session.sent["params"]


async def test_objects_in_parameters(api: Any, session: Session) -> None:
    """As RFC 6570 writes objects and lists, in the path; as OpenAPI writes them elsewhere."""
    point = {"x": 1, "y": 2}
    await api.default.get_styles(
        point, ["a", "b"], point, [3, 4], point, form=point, pipes_query=point,
        x_object=point, x_pairs=point, x_json=["ü"],
    )  # fmt: skip
    assert "/styles/x,1,y,2/.a,b/.x=1.y=2/;matrix=3;matrix=4/;object=x,1,y,2" == session.sent["url"]
    assert {"form": "x,1,y,2", "pipes": "x|1|y|2"} == session.sent["params"]
    assert {
        "X-Object": "x,1,y,2",
        "X-Pairs": "x=1,y=2",
        "X-JSON": '["\\u00fc"]',
    } == session.sent["headers"]
    errors = importlib.import_module("matillion_api.errors")
    with pytest.raises(errors.InvalidArgument, match="label must not be empty"):
        await api.default.get_styles(point, [], point, [3], point)


@pytest.mark.parametrize("as_models", [True, False])
async def test_a_body_that_is_a_list(api: Any, session: Session, as_models: bool) -> None:
    """Of models or of mappings, as one argument; and the answer is read by its status."""
    body: list[Any] = [{"id": "a", "state": "NO"}]
    if as_models:
        body = [models().Job.from_dict(body[0])]
    session.answer = httpx.Response(200, json={"id": "a", "state": "DE"})
    assert "a" == (await api.job.create_jobs(body=body)).id
    assert [{"id": "a", "state": "NO"}] == session.sent["json"]
    session.answer = httpx.Response(202, json={"ticket": "t"})
    later = await api.job.create_jobs(body=body)
    assert ("CreateJobsResponse202", "t") == (type(later).__name__, later.ticket)
    session.answer = httpx.Response(203, text="soon")
    assert "soon" == await api.job.create_jobs(body=body)


async def test_bodies_of_any_kind(api: Any, session: Session) -> None:
    """Plain values, unions of models and lists, and whatever JSON has."""
    job = models().Job.from_dict({"id": "a", "state": "NO"})
    await api.default.send_any(body={"deep": [job, None]})
    assert {"deep": [{"id": "a", "state": "NO"}, None]} == session.sent["json"]
    await api.default.send_text(body="t")
    assert "t" == session.sent["json"]
    for body, sent in (([1], [1]), (job, {"id": "a", "state": "NO"}), ({"id": "b"}, {"id": "b"})):
        await api.default.send_union(body=body)
        assert sent == session.sent["json"]


async def test_bodies_of_other_media_types(api: Any, session: Session) -> None:
    """Each is sent with the media type that it has in the file."""
    await api.job.update("1", "b", "c", "d", state="NO", name=None)
    assert {"state": "NO", "name": None} == session.sent["json"]
    assert "application/merge-patch+json" == session.sent["headers"]["Content-Type"]
    await api.default.send_csv(body="a;b")
    assert (b"a;b", "text/csv") == (
        session.sent["content"],
        session.sent["headers"]["Content-Type"],
    )
    session.answer = httpx.Response(200, content=b"zip")
    assert b"zip" == await api.default.send_bytes(body=b"x")
    assert (b"x", "application/zip") == (
        session.sent["content"],
        session.sent["headers"]["Content-Type"],
    )
    assert b"zip" == await api.default.send_bytes()
    assert ("content" in session.sent, session.sent["headers"]) == (False, {})
    session.answer = httpx.Response(204)
    at: dict[str, Any] = {"x": 1}
    await api.default.send_form(body={"name": "a b", "tags": ["x", "y"], "at": at, "deep": at})
    expected = 'name=a b&tags=x&tags=y&at={"x":1}&deep[x]=1'
    assert expected == unquote_plus(session.sent["content"].decode())
    assert "application/x-www-form-urlencoded" == session.sent["headers"]["Content-Type"]


async def test_several_files_in_a_form(api: Any, session: Session) -> None:
    """Files of OpenAPI 3.1, which has no format for them, in a list."""
    file = importlib.import_module("matillion_api.types").File
    body = models().UploadBody(
        [file(io.BytesIO(b"a"), "a.bin"), file(io.BytesIO(b"b"), "b.bin")], "n"
    )
    await api.default.upload(body=body)
    assert ["files", "files", "note"] == [name for name, _ in session.sent["files"]]
    assert ["a.bin", "b.bin", None] == [part[0] for _, part in session.sent["files"]]
    for anything, content, media_type in (
        ({"a": [1]}, '{"a":[1]}', "application/json"),
        (True, "true", "text/plain"),
        (b"x", b"x", "application/octet-stream"),
        (file(io.BytesIO(b"c"), "c"), None, None),
    ):
        await api.default.upload(body=models().UploadBody([], "n", anything))
        part = session.sent["files"][-1]
        assert "anything" == part[0]
        assert media_type == part[1][2]
        assert content is None or content == part[1][1]


async def test_what_no_form_can_be_made_of(api: Any) -> None:
    """A path in place of a file, a field that lacks: it is refused as for a body of JSON, by the name of the model."""
    refused = importlib.import_module("matillion_api.errors").InvalidArgument
    for body in ({"files": [Path("a.bin")], "note": "n"}, {"note": "n"}, "a.bin"):
        with pytest.raises(refused, match=r"^UploadBody "):
            await api.default.upload(body=body)


async def test_an_answer_that_is_not_documented(api: Any, session: Session) -> None:
    """It is given as it came."""
    session.answer = httpx.Response(200, content=b"whatever")
    assert b"whatever" == await api.default.send_nothing()


async def test_lists_with_a_default(api: Any, session: Session) -> None:
    """Of enums and of models, they are what they would be if they were given; a field has the name of its model."""
    session.answer = httpx.Response(200, json={"plan": 7, "sizes": ["large"]})
    plan = await api.default.plan_pets(sizes=["small"])
    assert {"sizes": ["small"], "squares": [{"side": 1}]} == session.sent["json"]
    assert (7, ["large"]) == (plan.plan, plan.sizes)
    session.answer = httpx.Response(200, json="large")
    assert models().Size.LARGE is await api.default.get_size()


async def test_a_choice_by_discriminator(api: Any, session: Session) -> None:
    """By its mapping, or by the name of the schema; what is none of them stays as it came."""
    pets = [
        {"kind": "feline", "lives": 7},
        {"kind": "Dog", "lives": 1},
        {"kind": "Fish", "lives": 1},
    ]
    session.answer = httpx.Response(200, json=pets)
    cat, dog, fish = await api.default.list_pets()
    assert ["Cat", "Dog", "dict"] == [type(each).__name__ for each in (cat, dog, fish)]
    assert (7, {"kind": "Fish", "lives": 1}) == (cat.lives, fish)


async def test_a_choice_without_discriminator(api: Any, session: Session) -> None:
    """By the type of the value and by the fields that are there; a guess is none."""
    errors = importlib.import_module("matillion_api.errors")
    for answer, name in (
        ({"radius": 1}, "Circle"),
        ({"side": 2}, "Square"),
        ("2026-01-01T00:00:00Z", "datetime"),
    ):
        session.answer = httpx.Response(200, json=answer)
        assert name == type(await api.default.get_shape()).__name__
    session.answer = httpx.Response(200, content=b"null")
    assert await api.default.get_shape() is None
    for wrong in ({"angle": 3}, [1], 4):
        session.answer = httpx.Response(200, json=wrong)
        with pytest.raises(errors.Unreadable, match="is none of"):
            await api.default.get_shape()


async def test_an_object_in_all_its_parts(api: Any, session: Session) -> None:
    """Of ``allOf``, with fields of the same title, recursion, maps, tuples, and values of any kind."""
    answer: dict[str, Any] = {
        "id": "t",
        "size": 3,
        "file": {"name": "f"},
        "owner": {"name": "o"},
        "left": {"a": "l"},
        "right": {"b": "r"},
        "pair": ["x", 1],
        "labels": {"k": "v"},
        "moments": {"m": "2026-01-01T00:00:00+00:00"},
        "ids": ["3f2b8c1e-5d0e-4a57-9a53-b6cf6ad0c1d2"],
        "anything": [None],
        "tree": [[], [[]]],
        "maybe": None,
        "new": True,
    }
    session.answer = httpx.Response(200, json=answer)
    thing = await api.default.get_thing("a")
    assert "/things/a" == session.sent["url"]
    assert ("FileModel", "ClientModel") == (type(thing.file).__name__, type(thing.owner).__name__)
    assert ("ThingLeft", "ThingRight") == (type(thing.left).__name__, type(thing.right).__name__)
    assert (["x", 1], "v", [None], None) == (
        thing.pair,
        thing.labels.extra["k"],
        thing.anything,
        thing.maybe,
    )
    assert (2026, "UUID") == (thing.moments.extra["m"].year, type(thing.ids[0]).__name__)
    assert answer == thing.to_dict()


def test_values_that_are_not_known(api: Any) -> None:
    """Of enums of text and of numbers, and of constants: what a server adds later is kept; YAML's ``NO`` is text."""
    job = models().Job.from_dict({"id": "a", "state": "NEW", "level": 9, "version": "v2"})
    assert ("NEW", 9, "v2") == (job.state, job.level, job.version)
    known = set(models().JobState)
    assert {"NO", "DE", "on", "ON", "010"} == {each.value for each in known}
    assert {"id": "a", "state": "NEW", "level": 9, "version": "v2"} == job.to_dict()


def test_names_of_fields(api: Any) -> None:
    """Those that are taken, and those that would be one, have another; in JSON they are as they were."""
    values = {
        "id": "a", "state": "NO", "reading": [{"text": "n"}], "types": "t", "fooBar": "1", "foo_bar": "2", "$ref": "r",
    }  # fmt: skip
    job = models().Job.from_dict(values)
    assert ("n", "t", "1", "2", "r") == (
        job.reading_[0].text,
        job.types_,
        job.foo_bar,
        job.foo_bar_2,
        job.ref,
    )
    assert "JobNote" == type(job.reading_[0]).__name__
    assert values == json.loads(json.dumps(job.to_dict()))


def test_what_is_not_given_is_not_sent(api: Any) -> None:
    """A default is the server's affair, and a field that is only read need not be given."""
    assert {"state": "NO"} == models().Job(state=models().JobState("NO")).to_dict()


async def test_the_package_alone(api: Any) -> None:
    """It needs nothing but httpx: each operation is a function as well, which is given a client."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202, json={"ticket": "t"})

    plain = importlib.import_module("matillion_api.api.job.create_jobs")
    http = httpx.AsyncClient(
        base_url="https://a.example.com", transport=httpx.MockTransport(answer)
    )
    async with importlib.import_module("matillion_api").Client("https://a.example.com") as client:
        client.set_async_httpx_client(http)
        assert "t" == (await plain.asyncio(client=client, body=[{"id": "a"}])).ticket
    assert (b'[{"id":"a"}]', "/jobs") == (seen[0].content, seen[0].url.path)

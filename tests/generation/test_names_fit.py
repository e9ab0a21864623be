"""Names that are made to fit: what they are, and that they stay what they are when something is added."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from matillion_async import MatillionClient
from scripts._generation.findings import Findings
from scripts._generation.preparing.names import ON_A_CLIENT, python_name
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.bundle import operations

TEXT = {"type": "string"}
OBJECT = {"type": "object", "properties": {"a": TEXT}}


def spec(
    *requests: tuple[str, str, dict[str, Any]], schemas: dict[str, Any] | None = None
) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for method, path, operation in requests:
        paths.setdefault(path, {})[method] = {"tags": ["jobs"], **operation}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas or {}},
    }


def facts(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is worked out of each operation, by its request."""
    return {
        f"{method.upper()} {path}": next(iter(operation["responses"].values()))["x-operation"]
        for path, method, operation in operations(prepare(document, Findings()))
    }


def ids(document: dict[str, Any]) -> dict[str, str]:
    return {request: each["id"] for request, each in facts(document).items()}


JOBS = [
    ("get", "/jobs/{id}", {"operationId": "getJob"}),
    ("get", "/jobs", {"operationId": "getJobs"}),
    ("post", "/jobs", {"operationId": "createJob"}),
    ("post", "/jobs/many", {"operationId": "createJobs"}),
    ("get", "/jobs/list", {"operationId": "listJobs"}),
    ("get", "/jobs/{id}/status", {"operationId": "getJobStatus"}),
    ("get", "/status", {"operationId": "getStatus"}),
    ("delete", "/jobs/{id}", {}),
]


@pytest.mark.parametrize("count", range(1, len(JOBS)))
def test_an_operation_keeps_its_name(count: int) -> None:
    """Whichever others there are: each name is made of its own operation."""
    whole = ids(spec(*JOBS))
    assert len(JOBS) == len(set(whole.values()))
    for some in itertools.combinations(JOBS, count):
        found = ids(spec(*some))
        assert found == {request: whole[request] for request in found}


COLLISIONS = {
    "one name, and another with the group": [
        ("get", "/a", {"operationId": "get"}),
        ("get", "/b", {"operationId": "getJob"}),
    ],
    "one operationId": [
        ("get", "/a", {"operationId": "same"}),
        ("get", "/b", {"operationId": "same"}),
        ("post", "/b", {"operationId": "same"}),
    ],
    "one operationId, written otherwise": [
        ("get", "/a", {"operationId": "getAb"}),
        ("get", "/b", {"operationId": "get_ab"}),
    ],
    "paths, without operationId": [("get", "/a-b", {}), ("get", "/a_b", {}), ("get", "/A/b", {})],
    "paths of two versions": [("get", "/v1/a", {}), ("get", "/v2/a", {})],
    "a parameter as another path has a word": [("get", "/a/{id}", {}), ("get", "/a/id", {})],
    "an operationId as another's path": [
        ("get", "/a", {}),
        ("post", "/b", {"operationId": "getA"}),
    ],
    "the longer name of one as the name of another": [
        ("get", "/a", {"operationId": "get"}),
        ("get", "/b", {"operationId": "getJob"}),
        ("get", "/job", {}),
        ("get", "/c", {"operationId": "getA"}),
    ],
    "one x-method": [
        ("get", "/a", {"operationId": "one", "x-method": "fetch"}),
        ("get", "/b", {"operationId": "two", "x-method": "fetch"}),
    ],
}


def names(requests: list[Any]) -> dict[str, tuple[str, str]]:
    """Method and module of each operation, by its request."""
    found = operations(prepare(spec(*requests), Findings()))
    return {
        each["x-operation"]["request"]: (each["x-operation"]["id"], operation["operationId"])
        for _, _, operation in found
        for each in operation["responses"].values()
    }


@pytest.mark.parametrize("requests", COLLISIONS.values(), ids=COLLISIONS.keys())
def test_names_do_not_depend_on_the_order(requests: list[Any]) -> None:
    """Wherever in the file operations of one name are, and whatever stands between them, each has a name of its own."""
    whole = names([*JOBS, *requests])
    assert len(whole) == len({method for method, _ in whole.values()})
    assert len(whole) == len({python_name(module) for _, module in whole.values()})
    for some in itertools.permutations(requests):
        assert whole == names([*some, *JOBS]) == names([some[0], *JOBS, *some[1:]])


@pytest.mark.parametrize("requests", COLLISIONS.values(), ids=COLLISIONS.keys())
def test_a_name_never_means_another_operation(requests: list[Any]) -> None:
    """What an operation is called while it is alone is nobody's as soon as another one would have the name as well."""
    together = {method: request for request, (method, _) in names(requests).items()}
    modules = {module: request for request, (_, module) in names(requests).items()}
    for each in requests:
        ((request, (method, module)),) = names([each]).items()
        assert together.get(method, request) == request
        assert modules.get(module, request) == request


def test_classes_do_not_depend_on_the_order() -> None:
    """Of schemas that would be one class the one that is written like it has it, wherever in the file it is."""
    names = ["fooBar", "FooBar", "foo_bar", "File", "FileModel"]
    fields = {each: {"$ref": f"#/components/schemas/{each}"} for each in names}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": fields}}}}
    found = set()
    for some in itertools.permutations(names):
        schemas = {each: {"type": "object", "title": each} for each in some}
        document = spec(("post", "/a", {"requestBody": body}), schemas=schemas)
        sent = prepare(document, Findings())["components"]["schemas"]["PostABody"]["properties"]
        found.add(tuple(sorted((each, field["$ref"]) for each, field in sent.items())))
    ((*pairs,),) = found
    classes = {each: reference.rpartition("/")[2] for each, reference in pairs}
    assert {
        "FooBar": "FooBar",
        "fooBar": "FooBar2",
        "foo_bar": "FooBar3",
    }.items() <= classes.items()
    assert 5 == len(set(classes.values()))


def test_what_a_file_calls_a_method_is_its_name() -> None:
    """It is asked for by name, so that what another one would be called by itself does not matter."""
    stated = ("post", "/b", {"operationId": "start", "x-method": "get"})
    found = ids(spec(("get", "/a", {"operationId": "getJob"}), stated))
    assert {"GET /a": "jobs.get_job", "POST /b": "jobs.get"} == found


def test_a_longer_name_is_told() -> None:
    """Of both, with the other one; it is no fault of the file that anything would be left out for."""
    findings = Findings()
    prepare(
        spec(("get", "/a", {"operationId": "get"}), ("get", "/b", {"operationId": "getJob"})),
        findings,
    )
    assert all(each.is_note for each in findings)
    assert [
        "GET /a: its method is client.jobs.get_a: client.jobs.get would be GET /b as well",
        "GET /b: its method is client.jobs.get_job: client.jobs.get would be GET /a as well",
    ] == [str(each) for each in findings]


@pytest.mark.parametrize("stated", ["delete all", "import", "", 3, None])
def test_a_method_that_is_no_name(stated: Any) -> None:
    """A key of the vendor's with the name of ours is no name of a method."""
    get = ("get", "/a", {"operationId": "getJob", "x-method": stated})
    assert ["jobs.get"] == list(ids(spec(get)).values())
    get[2]["x-method"] = "fetch"
    assert ["jobs.fetch"] == list(ids(spec(get)).values())


def test_a_parameter_of_the_path_may_be_called_anything() -> None:
    """What stands in braces is its name, and begins no query and no fragment."""
    (found,) = facts(spec(("get", "/a/{b#c}/{d?e}?f=1#g", {}))).values()
    assert ("/a/{b#c}/{d?e}", {"f": "1"}) == (found["path"], found["query"])


def test_a_group_is_named_as_a_schema() -> None:
    """The schema keeps its name, and so does the group on the client; the class behind it has another one."""
    get = ("get", "/a", {"operationId": "getA", "tags": ["Job"]})
    without, with_schema = spec(get), spec(get, schemas={"Job": OBJECT})
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}
    with_schema["paths"]["/a"]["get"]["responses"] = {"200": {"description": "", "content": answer}}
    (first,), (second,) = facts(without).values(), facts(with_schema).values()
    assert ("job.get_a", "Job") == (first["id"], first["group_class"])
    assert ("job.get_a", "JobGroup") == (second["id"], second["group_class"])


def test_schemas_that_the_generated_code_has_itself() -> None:
    """Each has a class of its own, and references lead to it."""
    names = [
        "File",
        "Client",
        "Response",
        "Session",
        "UNSET",
        "Any",
        "ValueError",
        "Foo",
        "foo",
        "a/b",
        "WareÜ",
    ]
    schemas = {name: {"type": "object", "properties": {"a": TEXT, "n": name}} for name in names}
    for name in names:
        schemas[name]["properties"] = {"x": {"$ref": "#/components/schemas/Foo"}}
    pointers = [name.replace("/", "~1") for name in names]
    choice = {
        "type": "object",
        "properties": {p: {"$ref": f"#/components/schemas/{p}"} for p in pointers},
    }
    get = (
        "get",
        "/a",
        {
            "responses": {
                "200": {"description": "", "content": {"application/json": {"schema": choice}}}
            }
        },
    )
    made = prepare(spec(get, schemas=schemas))["components"]["schemas"]
    expected = [
        "FileModel", "ClientModel", "ResponseModel", "SessionModel", "UNSETModel", "AnyModel", "ValueError",
        "Foo", "Foo2", "Ab", "WareÜ",
    ]  # fmt: skip
    assert expected == list(made)[: len(expected)]
    for name in expected:
        assert {"$ref": "#/components/schemas/Foo"} == made[name]["properties"]["x"]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        (["errors"], {"errors_query": "errors"}),
        (["headers", "params", "response", "detailed", "client", "url"], {
            f"{name}_query": name
            for name in ("headers", "params", "response", "detailed", "client", "url")
        }),
        (["fooBar", "foo_bar", "FooBar"], {"foo_bar_query": "foo_bar", "foo_bar_query_2": "FooBar"}),
        (["self", "class", "filter", "list"], {}),
        (["body"], {}),
    ],
)  # fmt: skip
def test_names_of_parameters(parameters: list[str], names: dict[str, str]) -> None:
    """One that is taken has its place after it; it is sent under its own."""
    stated = [{"name": name, "in": "query", "schema": TEXT} for name in parameters]
    (found,) = facts(spec(("get", "/a", {"parameters": stated}))).values()
    assert names == found["wire"]


def test_a_parameter_keeps_its_name() -> None:
    """That of the path does, whatever is added; a body takes only ``body``."""
    path = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    query, body = (
        {"name": "id", "in": "query", "schema": TEXT},
        {"name": "body", "in": "query", "schema": TEXT},
    )
    content = {"requestBody": {"content": {"application/json": {"schema": TEXT}}}}
    operation = {"parameters": [query, body, path], **content}
    (found,) = facts(spec(("post", "/a/{id}", operation))).values()
    assert {"id_query": "id", "body_query": "body"} == found["wire"]


def test_names_in_a_path() -> None:
    """One that is no name is one where the generator sees it."""
    parameter = {"name": "job id", "in": "path", "required": True, "schema": TEXT}
    prepared = prepare(spec(("get", "/a/{job id}.json", {"parameters": [parameter]})))
    (path,) = prepared["paths"]
    assert "/a/{job_id}.json" == path


def test_what_is_described_inside_is_named_after_its_place() -> None:
    """Not after a title, which may be there twice; one whose class is taken has a number."""
    inner = {"title": "Thing", **OBJECT}
    schemas = {
        "Job": {
            "type": "object",
            "properties": {"a": inner, "b": inner, "items": {"type": "array", "items": inner}},
        },
        "JobA": OBJECT,
    }
    content = {
        "application/json": {
            "schema": {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in schemas]}
        }
    }
    get = ("get", "/a", {"responses": {"200": {"description": "", "content": content}}})
    made = prepare(spec(get, schemas=schemas))["components"]["schemas"]
    assert ["Job", "JobA", "JobA2", "JobB", "JobItemsItem"] == list(made)
    assert {"$ref": "#/components/schemas/JobA2"} == made["Job"]["properties"]["a"]


def test_a_group_is_none_of_what_a_client_has() -> None:
    """It would stand in the way of the group on the client; the description of its tag stays."""
    on_a_client = {name for name in vars(MatillionClient) if not name.startswith("_")}
    assert ON_A_CLIENT == on_a_client
    document = spec(("get", "/rules", {"operationId": "listRules", "tags": ["API"]}))
    document["tags"] = [{"name": "API", "description": "Rules."}]
    (found,) = facts(document).values()
    assert ("api_group.list_rules", "Rules.") == (found["id"], found["group"])


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/a b", "/a%20b"),
        ("/ü%C3%BC", "/%C3%BC%C3%BC"),
        ('/100%/"x"', "/100%25/%22x%22"),
        ("/a(b=':@!$,;*+&')~-._", "/a(b=':@!$,;*+&')~-._"),
        ("/a c#d?e", "/a%20c#d?e"),
    ],
)
def test_a_path_as_it_is_sent(path: str, sent: str) -> None:
    """A request line has no space, and nothing but ASCII; a caller of the client sees the path as the file has it."""
    [(made, operation)] = prepare(spec(("get", path, {})), Findings())["paths"].items()
    assert sent == made
    facts = next(iter(operation["get"]["responses"].values()))["x-operation"]
    assert path.partition("#")[0] == facts["path"]

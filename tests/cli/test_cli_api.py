"""matillion api."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from matillion_async.cli._failures import Failure
from matillion_async.cli._raw import pages_of
from tests.cli.command_line import Invoke, Start, environment, on_terminal
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = '{"name": "Übung", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}'
USERS = "/v1/directory-integration/scim/v2/Users"


def test_the_body_is_written_as_it_came(invoke: Invoke) -> None:
    """Byte for byte, with query parameters from the path and from --query."""
    result = invoke("--sandbox", "api", "get", "/v1/projects?page=1", "-q", "size=2")
    assert (0, "") == (result.exit_code, result.stderr)
    assert result.stdout.startswith('{"page": 1, "size": 2, "total": 3, "results": [{"id": ')
    assert result.stdout.endswith('"Finance, made by the sandbox"}]}')


def test_on_a_terminal_it_is_indented() -> None:
    """So that people can read it."""
    code, shown = on_terminal("--sandbox", "api", "GET", "/v1/projects", env=environment())
    assert (0, ["{", '  "page": 0,', '  "size": 25,']) == (code, shown.split("\r\n")[:3])


@pytest.mark.parametrize("how", ["text", "file", "stdin"])
def test_a_body_is_sent(invoke: Invoke, served: Start, how: str, tmp_path: Path) -> None:
    """Given as it is, in a file, or on stdin."""
    server = served()
    path = tmp_path / "project.json"
    path.write_text(PROJECT, encoding="utf-8")
    data = {"text": PROJECT, "file": f"@{path}", "stdin": "-"}[how]
    options: dict[str, Any] = {"input": PROJECT} if how == "stdin" else {}
    result = invoke(
        "api", "POST", "/v1/projects", "--data", data, env=environment(server), **options
    )
    assert result.exit_code == 0, result.stderr
    listed = json.loads(invoke("projects", "list", env=environment(server)).stdout)
    assert [(json.loads(result.stdout)["projectId"], "Übung")] == [
        (row["id"], row["name"]) for row in listed
    ]


def test_an_answer_without_a_body(invoke: Invoke, served: Start) -> None:
    """stdout stays empty, and stderr says what the answer was."""
    server = served(projects=1)
    project_id = json.loads(invoke("projects", "list", env=environment(server)).stdout)[0]["id"]
    result = invoke("api", "DELETE", f"/v1/projects/{project_id}", env=environment(server))
    assert (0, "", "204 No Content, without a body.\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )


@pytest.mark.parametrize("method", ["DELETE", "PUT", "POST"])
def test_only_a_get_is_repeated(invoke: Invoke, served: Start, method: str) -> None:
    """Nothing is known of the call, so what may have changed something is sent once."""
    server = served(faults=[f"{method} {USERS}/*:503"])
    result = invoke("api", method, f"{USERS}/x", env=environment(server))
    assert (4, 1) == (result.exit_code, server.sandbox.stats.arrived)
    assert "503" in result.stderr
    assert "it was not repeated: check whether it took effect" in result.stderr


def test_an_error_is_one_line(invoke: Invoke) -> None:
    """As for any command, and with the body on demand."""
    result = invoke("--sandbox", "api", "GET", "/v1/nothing", "-v")
    assert (1, "") == (result.exit_code, result.stdout)
    assert "matillion: GET /v1/nothing: 404 Not Found: There is no such path" in result.stderr
    assert "  body: {" in result.stderr


@pytest.mark.parametrize(
    ("path", "query", "count", "calls"),
    [
        ("/v1/projects", ("size=100",), 250, 3),
        ("/v1/projects", ("size=100", "page=1"), 150, 2),
        ("/v1/projects", (), 250, 11),
        (USERS, ("count=1",), 2, 3),
        (USERS, (), 2, 2),
        ("/v1/custom-connectors", (), 2, 1),
        ("/v1/consumption", ("consumedFrom=2026-01-01", "consumedBefore=2026-01-11"), 10, 1),
    ],
)
def test_all_pages(
    invoke: Invoke, served: Start, path: str, query: tuple[str, ...], count: int, calls: int
) -> None:
    """--paginate writes the items of all pages, each once, however the listing is paged; a full page may not be the last."""
    server = served(projects=250)
    options = [part for pair in query for part in ("-q", pair)]
    result = invoke("api", "GET", path, *options, "--paginate", env=environment(server))
    assert (0, "") == (result.exit_code, result.stderr)
    items = json.loads(result.stdout)
    assert (count, calls) == (len(items), server.sandbox.stats.arrived)
    assert len({json.dumps(item) for item in items}) == count


def test_what_is_no_listing_cannot_be_paged(invoke: Invoke) -> None:
    """Exit code 1, and what to do."""
    path = "/v1/consumption/etl-users?consumedFrom=2026-01-01T00:00:00Z&consumedBefore=2026-01-02T00:00:00Z"
    result = invoke("--sandbox", "api", "GET", path, "--paginate")
    assert (1, "") == (result.exit_code, result.stdout)
    assert "is no listing; leave --paginate out" in result.stderr


async def test_pages_by_token() -> None:
    """A page names the next; other parameters are kept, repeated ones too."""
    script = Script(
        httpx.Response(200, json={"results": [1, 2], "more": "t1"}),
        httpx.Response(200, json={"results": [3], "more": None}),
    )
    query = [("status", "A"), ("status", "B"), ("limit", "2")]
    async with scripted_client(script) as client:
        found = [item async for items in pages_of(client, "/v1/runs", query) for item in items]
    assert [1, 2, 3] == found
    assert ["status=A&status=B&limit=2", "status=A&status=B&paginationToken=t1&limit=2"] == [
        request.url.query.decode() for request in script.requests
    ]


@pytest.mark.parametrize("content", [b"<html>", b"5", b'{"results": {}}'])
async def test_an_answer_that_is_no_listing(content: bytes) -> None:
    """Whatever comes, it is a clear error."""
    async with scripted_client(Script(httpx.Response(200, content=content))) as client:
        with pytest.raises(Failure, match="is no listing"):
            await anext(pages_of(client, "/v1/x", []))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("GET", "https://example.com/v1/projects"), "must begin with /v1/, without a host"),
        (("GET", "//example.com/v1/projects"), "must begin with /v1/"),
        (("GET", "v1/projects"), "must begin with /v1/"),
        (("GET", "/v2/projects"), "must begin with /v1/"),
        (("GET", "/v1/../../oauth"), "must not have '.', '..'"),
        (("GET", "/v1/%2e%2E/%2e%2e/oauth"), "must not have '.', '..'"),
        (("GET", "/v1//example.com"), "nothing between two slashes"),
        (("GET", "/v1/a\\..\\b"), "backslash"),
        (("GET", "/v1/a#b"), "must not have '#'"),
        (("GET", "/v1/a\nb"), "control characters"),
        (("FETCH", "/v1/projects"), "'FETCH' is not one of"),
        (("GET", "/v1/projects", "-q", "size"), "'size' is not NAME=VALUE"),
        (("GET", "/v1/projects", "--data", "{}"), "GET takes no --data"),
        (("POST", "/v1/projects", "--data", "{"), "--data is not JSON"),
        (("POST", "/v1/projects", "--data", "@/no/such/file"), "No such file"),
        (("POST", "/v1/projects", "--paginate"), "--paginate goes with GET only"),
    ],
)
def test_bad_input_is_refused(
    invoke: Invoke, served: Start, arguments: tuple[str, ...], reason: str
) -> None:
    """One line, exit code 2, and nothing was sent."""
    server = served()
    result = invoke("api", *arguments, env=environment(server))
    assert (2, 0) == (result.exit_code, server.sandbox.stats.arrived)
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\xfa", "it is not UTF-8"),
        (PROJECT.encode("utf-16"), "it is not UTF-8"),
        (PROJECT.encode("utf-8-sig"), "Unexpected UTF-8 BOM"),
    ],
)
def test_a_body_in_another_encoding_is_refused(
    invoke: Invoke, tmp_path: Path, content: bytes, reason: str
) -> None:
    """JSON is sent as it is given, so it must be UTF-8 without a mark of its order of bytes."""
    path = tmp_path / "binary"
    path.write_bytes(content)
    result = invoke("--sandbox", "api", "POST", "/v1/projects", "--data", f"@{path}")
    assert (2, True) == (result.exit_code, f"--data is not JSON: {reason}" in result.stderr)


def test_names_with_spaces_and_slashes_reach_their_place(invoke: Invoke, served: Start) -> None:
    """What is percent-encoded stays so, and a space is encoded."""
    server = served()
    invoke("api", "GET", "/v1/a b/c%2Fd/ü", env=environment(server))
    assert "/dpc/v1/a%20b/c%2Fd/%C3%BC" == server.sandbox.requests[-1].path

"""matillion api."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Invoke, Start, environment, on_terminal

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


def test_a_response_without_a_body(invoke: Invoke, served: Start) -> None:
    """stdout stays empty, and stderr says what the response was."""
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

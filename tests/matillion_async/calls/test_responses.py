"""What an error says of a response that cannot be read."""

from __future__ import annotations

import json
import traceback
from typing import Any

import pytest
from attrs import evolve
from matillion_api.api.agents.get_agent import OPERATION as GET_AGENT
from matillion_api.api.agents.get_agent_credentials import OPERATION as GET_CREDENTIALS
from matillion_api.api.ai_agent_tasks.get_agent_task import OPERATION as GET_TASK
from matillion_api.api.connections.list_connections import OPERATION as LIST_CONNECTIONS
from matillion_api.api.streaming_pipelines.get_streaming_pipeline import OPERATION as GET_STREAMING
from matillion_api.types import Operation

from matillion_async import (
    NotFoundError,
    Problem,
    Response,
    ResponseDecodingError,
    UnreadableRowsError,
)
from matillion_async._calls.request_id import request_id
from matillion_async._calls.responses import decode, error_from_response, is_large

SECRET = "s3cret-value"


def response(status: int, text: str) -> Response:
    """A response with a body."""
    return Response(status, {}, text.encode())


@pytest.mark.parametrize(
    ("operation", "content"),
    [
        (GET_CREDENTIALS, f'{{"clientId": "a", "secret": "{SECRET}"}}'),
        (GET_CREDENTIALS, f'{{"clientSecret": "{SECRET}"'),
        (GET_CREDENTIALS, f'["{SECRET}"]'),
        (
            GET_STREAMING,
            f'{{"streamingPipelineId": "a", "streamingSource": {{"type": ["{SECRET}"]}}}}',
        ),
    ],
)
def test_a_response_that_may_hold_a_secret_is_not_repeated(
    operation: Operation[Any], content: str
) -> None:
    """Secrets in a response that cannot be read are in no message, body or traceback."""
    with pytest.raises(ResponseDecodingError) as caught:
        decode(operation, response(200, content))
    assert "it may hold a secret" in caught.value.body
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_any_other_response_is_repeated() -> None:
    """The beginning of a response without secrets helps to find out what happened."""
    with pytest.raises(ResponseDecodingError) as caught:
        decode(GET_AGENT, response(200, '{"agentId": "a"}'))
    assert '{"agentId": "a"}' == caught.value.body


def test_a_response_in_no_encoding_is_not_json() -> None:
    """It says so, and not that a field has another shape."""
    with pytest.raises(ResponseDecodingError, match=r"is not JSON \(its bytes are not utf-8\)"):
        decode(GET_AGENT, Response(200, {}, b'{"\xff'))


def test_what_cannot_be_read_is_not_repeated_without_end() -> None:
    """A value of any length that has another form makes no message of that length."""
    content = f'{{"taskId": "t", "createdAt": "{"x" * 5000}"}}'
    with pytest.raises(ResponseDecodingError, match=r"another shape .*…") as caught:
        decode(GET_TASK, response(200, content))
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe\xff", b"{", b'"a"', b""])
def test_an_error_whose_body_is_no_problem_is_that_error(content: bytes) -> None:
    """Whatever it is, brackets nested thousands deep included."""
    error = error_from_response(Response(404, {}, content))
    assert isinstance(error, NotFoundError)
    assert Problem() == error.problem


def test_the_message_of_an_error_is_one_line() -> None:
    """Line ends and control sequences of the server's texts do not reach a log; its texts are cut where they are long."""
    problem = {
        "title": "Bad\nRequest",
        "detail": "a\r\nb \x1b[31m",
        "violations": ["c\u2028d.", "e" * 600],
    }
    error = error_from_response(response(400, json.dumps(problem)))
    assert f"400 Bad Request: a b [31m; c d; {'e' * 500}…" == str(error)
    assert "a\r\nb \x1b[31m" == error.problem.detail


def test_the_message_of_an_error_without_a_problem_is_the_beginning_of_its_body() -> None:
    """As of a gateway's page."""
    error = error_from_response(response(520, "<html>\n <p>No</p>" + "." * 600))
    assert f"520 error: <html> <p>No</p>{'.' * 184}…" == str(error)


def test_a_row_that_may_hold_a_secret_is_not_repeated() -> None:
    """Neither the row nor the value that cannot be read; where it is, is told."""
    row = {"name": "jira", "connectionDetails": {"connectionProperties": SECRET}}
    content = json.dumps({"results": [row, {"name": "main"}]})
    with pytest.raises(UnreadableRowsError, match=r"row 0 \(name 'jira'\)") as caught:
        decode(LIST_CONNECTIONS, response(200, content))
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(vars(error))
    assert "connectionDetails.connectionProperties is not an object" in told
    assert SECRET not in told
    assert ["main"] == [connection.name for connection in error.page.results]


def test_an_id_of_a_request_is_one_line_of_text() -> None:
    """It is written to logs, which it must not forge, or break by what is not Unicode."""
    response = Response(500, {"X-Request-Id": "a\x1b[31m\nINFO b\udcff" + "c" * 1000})
    found = request_id(response)
    assert found is not None
    assert found.startswith("a [31m INFO b c")
    assert len(found) < 250
    assert request_id(Response(200, {"X-Request-Id": "\n", "Request-Id": "r-1"})) == "r-1"


def test_an_answer_that_is_read_by_its_status() -> None:
    """Each by its own; a large one at once, since only listings of one form are read in slices."""
    plain = Operation[Any](
        id="jobs.create", method="POST", path="/jobs", idempotent=False, get_kwargs=dict, parse=list
    )
    by_status = evolve(plain, by_status={"200": ("json", list), "2XX": ("text", str.upper)})
    large = Response(200, {}, b"[" + b" " * 1_000_000 + b"1]")
    assert is_large(plain, large)
    assert not is_large(by_status, large)
    assert [1] == decode(by_status, large)
    assert "SOON" == decode(by_status, Response(202, {}, b"soon"))

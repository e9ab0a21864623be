# Generated from openapi/ by scripts/generate. Do not edit.
"""Run tests."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.start_test_execution_request import StartTestExecutionRequest
from ...models.started_test_execution import StartedTestExecution
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: StartTestExecutionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/test-executions".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "testExecutionId",
    ]
)


def _parse(data: Any) -> StartedTestExecution:
    return StartedTestExecution.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[StartedTestExecution] = Operation(
    id="test_executions.start",
    method="POST",
    path="/v1/projects/{projectId}/test-executions",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: StartTestExecutionRequest,
) -> Response[StartedTestExecution]:
    """Run tests.

    Starts tests of a project in an environment: named tests, the tests of named pipelines, or
    all. A request whose response was lost must not be repeated blindly: the tests may be
    running.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StartTestExecutionRequest): The tests to run.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: StartTestExecutionRequest,
) -> StartedTestExecution:
    """Run tests.

    Starts tests of a project in an environment: named tests, the tests of named pipelines, or
    all. A request whose response was lost must not be repeated blindly: the tests may be
    running.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StartTestExecutionRequest): The tests to run.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed

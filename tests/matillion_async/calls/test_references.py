"""What an operation that must not be repeated has created has an id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import httpx
import pytest

from matillion_async import MatillionClient, ResponseDecodingError
from matillion_async._calls.references import check_created
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
CREATES: dict[str, tuple[str, Callable[[MatillionClient], Awaitable[Any]]]] = {
    "projects.create": (
        "projectId",
        lambda client: client.projects.create(
            name="Sales", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
        ),
    ),
    "schedules.create": (
        "scheduleId",
        lambda client: client.schedules.create(
            PROJECT,
            pipeline={"pipelineName": "load", "environmentName": "prod"},
            schedule={"name": "Nightly", "cronExpression": "0 0 2 ? * MON-FRI"},
        ),
    ),
    "pipeline_executions.start": (
        "pipelineExecutionId",
        lambda client: client.pipeline_executions.start(
            PROJECT, pipeline_name="load", environment_name="prod"
        ),
    ),
    "test_executions.start": (
        "testExecutionId",
        lambda client: client.test_executions.start(
            PROJECT, environment_name="prod", scope="PROJECT"
        ),
    ),
    "directory_integration.create_group": (
        "id",
        lambda client: client.directory_integration.create_group(display_name="All"),
    ),
}


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, "absent"])
@pytest.mark.parametrize("operation", CREATES)
async def test_a_create_must_name_what_it_created(operation: str, value: object) -> None:
    """Otherwise the response cannot be read, and something may have been created; it is not sent again."""
    field, create = CREATES[operation]
    body = {} if value == "absent" else {field: value}
    script = Script(httpx.Response(201, json=body))
    async with scripted_client(script) as client:
        with pytest.raises(
            ResponseDecodingError, match=r"_id is|'\w*[iI]d'|its id is|no fields at all"
        ) as caught:
            await create(client)
    assert (operation, 201, True) == (
        caught.value.operation,
        caught.value.status_code,
        caught.value.may_have_been_processed,
    )
    assert 1 == len(script.requests)


@pytest.mark.parametrize("operation", CREATES)
async def test_a_create_that_does(operation: str) -> None:
    """Its response is what the operation returns."""
    field, create = CREATES[operation]
    async with scripted_client(Script(httpx.Response(201, json={field: "x1"}))) as client:
        assert "x1" in (await create(client)).to_dict().values()


def test_numbers_are_no_ids() -> None:
    """Where nothing has turned them into text."""
    from matillion_api.api.pipeline_executions import start_pipeline_execution
    from matillion_api.models.pipeline_execution_reference import PipelineExecutionReference

    response = PipelineExecutionReference(7)  # type: ignore[arg-type]  # what from_dict makes of a number
    with pytest.raises(ValueError, match="its pipeline_execution_id is not a string"):
        check_created(start_pipeline_execution.OPERATION, response)


def test_what_was_asked_for_again_need_not() -> None:
    """A response to a cancellation creates nothing."""
    from matillion_api.api.pipeline_executions import cancel_pipeline_execution
    from matillion_api.models.pipeline_execution_reference import PipelineExecutionReference

    check_created(cancel_pipeline_execution.OPERATION, PipelineExecutionReference(""))


@attrs.define
class Made:
    """What an API with other ids than ours has."""

    id: int
    parent_id: str | None


def test_ids_of_another_kind() -> None:
    """A number is an id where the file says so, and null is right where it may be."""
    from matillion_api.api.pipeline_executions import start_pipeline_execution

    check_created(start_pipeline_execution.OPERATION, Made(7, None))

# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``test_executions``."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...models.start_test_execution_request import StartTestExecutionRequest
from ...models.started_test_execution import StartedTestExecution
from ...models.test_scope import TestScope
from ...models.test_to_run import TestToRun
from ...models.tested_pipeline import TestedPipeline
from ...types import UNSET, Session, Unset, as_model
from . import (
    start_test_execution as _start_test_execution,
)


class TestExecutions:
    """Run the tests of a project."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def start(
        self,
        project: str,
        *,
        environment_name: str,
        scope: TestScope | str,
        pipelines: Sequence[TestedPipeline | Mapping[str, Any]] | Unset = UNSET,
        tests: Sequence[TestToRun | Mapping[str, Any]] | Unset = UNSET,
        agent_id: str | Unset = UNSET,
        execution_tag: str | Unset = UNSET,
        version_name: str | Unset = UNSET,
    ) -> StartedTestExecution:
        """Run tests.

        Starts tests of a project in an environment: named tests, the tests of named pipelines, or
        all. A request whose response was lost must not be repeated blindly: the tests may be
        running.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment.
            scope (TestScope): Which tests to run: TEST for named tests, PIPELINE for those of
                named pipelines, PROJECT for all.
            pipelines (list[TestedPipeline] | Unset): The pipelines, with scope PIPELINE, each
                an object whose fields are not documented.
            tests (list[TestToRun] | Unset): The tests, with scope TEST, each an object whose
                fields are not documented.
            agent_id (str | Unset): Id of the agent to use in place of the environment's own
                (a UUID).
            execution_tag (str | Unset): A tag of your own for this run.
            version_name (str | Unset): The published version to test; otherwise the latest.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _start_test_execution.OPERATION,
            project_id=project,
            body=StartTestExecutionRequest(
                environment_name=environment_name,
                scope=TestScope(scope),
                pipelines=pipelines
                if isinstance(pipelines, Unset)
                else [as_model(TestedPipeline, item) for item in pipelines],
                tests=tests
                if isinstance(tests, Unset)
                else [as_model(TestToRun, item) for item in tests],
                agent_id=agent_id,
                execution_tag=execution_tag,
                version_name=version_name,
            ),
        )

# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``pipeline_executions``."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from ...models.cancel_pipeline_execution_request import CancelPipelineExecutionRequest
from ...models.grid_variables import GridVariables
from ...models.pipeline_execution import PipelineExecution
from ...models.pipeline_execution_page import PipelineExecutionPage
from ...models.pipeline_execution_reference import PipelineExecutionReference
from ...models.pipeline_execution_status_filter import PipelineExecutionStatusFilter
from ...models.pipeline_execution_status_only import PipelineExecutionStatusOnly
from ...models.pipeline_execution_step import PipelineExecutionStep
from ...models.pipeline_execution_step_page import PipelineExecutionStepPage
from ...models.scalar_variables import ScalarVariables
from ...models.start_pipeline_execution_request import StartPipelineExecutionRequest
from ...types import UNSET, Listing, Session, Unset, as_members, as_model
from . import (
    cancel_pipeline_execution as _cancel_pipeline_execution,
)
from . import (
    get_pipeline_execution as _get_pipeline_execution,
)
from . import (
    get_pipeline_execution_status as _get_pipeline_execution_status,
)
from . import (
    list_pipeline_execution_steps as _list_pipeline_execution_steps,
)
from . import (
    list_pipeline_executions as _list_pipeline_executions,
)
from . import (
    start_pipeline_execution as _start_pipeline_execution,
)


class PipelineExecutions:
    """Start pipelines, follow their executions, cancel them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def start(
        self,
        project: str,
        *,
        pipeline_name: str,
        environment_name: str,
        agent_id: str | Unset = UNSET,
        execution_tag: str | Unset = UNSET,
        version_name: str | Unset = UNSET,
        scalar_variables: ScalarVariables | Mapping[str, Any] | Unset = UNSET,
        grid_variables: GridVariables | Mapping[str, Any] | Unset = UNSET,
    ) -> PipelineExecutionReference:
        """Start a pipeline.

        Starts a published pipeline in an environment and returns the id of its execution at once,
        while it runs. With an execution tag at most one execution of that tag runs in an
        environment: a second start gives 409. A version that was disabled gives 410. A start
        whose response was lost must not be repeated blindly, because the pipeline may run.

        Args:
            project (str): Id or exact name of the project.
            pipeline_name (str): Name of the published pipeline, such as
                `ingest/orders.orch.yaml`.
            environment_name (str): Name of the environment to run it in.
            agent_id (str | Unset): Id of the agent that runs it (a UUID); the environment's
                default agent unless given.
            execution_tag (str | Unset): At most one execution of a tag runs in an
                environment; a second start gives 409.
            version_name (str | Unset): Version of the artifact to run; the latest unless
                given.
            scalar_variables (ScalarVariables | Unset): Values of scalar variables, by name.
            grid_variables (GridVariables | Unset): Values of grid variables, by name. A value
                is a list of rows, and a row a list of strings.

        Source: API reference, guides, older guides, Paradime CLI, ChatBotKit, queue trigger script. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _start_pipeline_execution.OPERATION,
            project_id=project,
            body=StartPipelineExecutionRequest(
                pipeline_name=pipeline_name,
                environment_name=environment_name,
                agent_id=agent_id,
                execution_tag=execution_tag,
                version_name=version_name,
                scalar_variables=scalar_variables
                if isinstance(scalar_variables, Unset)
                else as_model(ScalarVariables, scalar_variables),
                grid_variables=grid_variables
                if isinstance(grid_variables, Unset)
                else as_model(GridVariables, grid_variables),
            ),
        )

    async def get(
        self,
        project: str,
        pipeline_execution_id: str,
    ) -> PipelineExecution:
        """Get a pipeline execution.

        Returns what is known of an execution, its status included.

        Args:
            project (str): Id or exact name of the project.
            pipeline_execution_id (str): Id of the execution (a UUID).

        Source: API reference, Monte Carlo, Paradime CLI. Idempotent.
        """

        return await self._session.call(
            _get_pipeline_execution.OPERATION,
            project_id=project,
            pipeline_execution_id=pipeline_execution_id,
        )

    async def cancel(
        self,
        project: str,
        pipeline_execution_id: str,
        *,
        force_update: bool = False,
    ) -> PipelineExecutionReference | None:
        """Cancel a pipeline execution.

        Asks for the end of an execution. It is over only when its status says so: until then the
        status is `CANCELLING`, and an execution that ends first keeps the outcome it had.

        Args:
            project (str): Id or exact name of the project.
            pipeline_execution_id (str): Id of the execution (a UUID).
            force_update (bool): Whether to force the cancellation. What it forces is not
                documented. Default: False.

        Source: API reference, guides, ChatBotKit. Idempotent.
        """

        return await self._session.call(
            _cancel_pipeline_execution.OPERATION,
            project_id=project,
            pipeline_execution_id=pipeline_execution_id,
            body=CancelPipelineExecutionRequest(
                status="CANCELLED",
                force_update=force_update,
            ),
        )

    async def status(
        self,
        project: str,
        pipeline_execution_id: str,
    ) -> PipelineExecutionStatusOnly:
        """Get the status of a pipeline execution.

        Returns the status alone: the light call that the vendor recommends for polling. `wait`
        and `watch` use it where it is there, and the details otherwise.

        Args:
            project (str): Id or exact name of the project.
            pipeline_execution_id (str): Id of the execution (a UUID).

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_pipeline_execution_status.OPERATION,
            project_id=project,
            pipeline_execution_id=pipeline_execution_id,
        )

    def steps(
        self,
        project: str,
        pipeline_execution_id: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[PipelineExecutionStep, PipelineExecutionStepPage]:
        """List the steps of a pipeline execution.

        Lists the components of the pipeline that have run or are running, one page at a time,
        with the outcome of each. A step that started another pipeline says so in `childPipeline`.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            pipeline_execution_id (str): Id of the execution (a UUID).
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, DataHub, Monte Carlo. Idempotent.
        """

        return self._session.listing(
            _list_pipeline_execution_steps.OPERATION,
            PipelineExecutionStep,
            project_id=project,
            pipeline_execution_id=pipeline_execution_id,
            page=page,
            size=size,
        )

    def list(
        self,
        *,
        project: str | Unset = UNSET,
        environment_name: str | Unset = UNSET,
        pipeline_name: str | Unset = UNSET,
        status: Sequence[PipelineExecutionStatusFilter | str] | Unset = UNSET,
        started_after: datetime.datetime | Unset = UNSET,
        started_before: datetime.datetime | Unset = UNSET,
        time_frame: str | Unset = UNSET,
        schedule_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        pagination_token: str | Unset = UNSET,
    ) -> Listing[PipelineExecution, PipelineExecutionPage]:
        """List pipeline executions.

        Lists executions of all projects that the credentials may see, newest first, one page at a
        time. Every filter is optional; together they narrow the list.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str | Unset): Id or exact name of the project.
            environment_name (str | Unset): Only executions in the environment of this name.
            pipeline_name (str | Unset): Only executions of pipelines whose name contains this
                string, in any case.
            status (list[PipelineExecutionStatusFilter] | Unset): Only executions with one of
                these statuses.
            started_after (datetime.datetime | Unset): Only executions that started then or
                later.
            started_before (datetime.datetime | Unset): Only executions that started then or
                earlier.
            time_frame (str | Unset): A time frame by name. Its values are not documented.
            schedule_id (str | Unset): Only executions that this schedule started (a UUID).
            limit (int | Unset): Number of items per page; 100 at most are returned.
            pagination_token (str | Unset): Token of the page to return, the `more` of the
                page before it; the first page without one.

        Source: API reference, DataHub, Monte Carlo, ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_pipeline_executions.OPERATION,
            PipelineExecution,
            project_id=project,
            environment_name=environment_name,
            pipeline_name=pipeline_name,
            status=status
            if isinstance(status, Unset)
            else as_members(PipelineExecutionStatusFilter, status),
            started_after=started_after,
            started_before=started_before,
            time_frame=time_frame,
            schedule_id=schedule_id,
            limit=limit,
            pagination_token=pagination_token,
        )

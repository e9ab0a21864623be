"""Start a pipeline once: look up what became of a lost start, or attach to what runs under its tag."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from matillion_async._backoff import LOOKS
from matillion_async._errors import ConflictError, MatillionError, is_of_the_caller
from matillion_async._runs.look_up import CALL, UncertainError, look_up, query
from matillion_async._runs.lost_start import LostStart
from matillion_async._runs.recording import recorded
from matillion_async._runs.starts import Start, Starts
from matillion_async._runs.tags import Refusal

if TYPE_CHECKING:
    from matillion_api.api.pipeline_executions import PipelineExecutions
    from matillion_api.models.pipeline_execution_reference import PipelineExecutionReference

    from matillion_async._calls.server_clock import ServerClock


ATTACH = "with attach=True the run that goes on under the tag is given"
"""What to do about a tag in use."""


class Starting:
    """One start of a pipeline.

    Args:
        send: sends it, and is called again only after a response that says that nothing was started.
        executions: where it is looked up.
        start: what is started; its time is that of each sending.
        starts: what else the client has started, and knows.
        clock: the server's.
    """

    def __init__(
        self,
        send: Callable[[], Coroutine[Any, Any, PipelineExecutionReference]],
        executions: PipelineExecutions,
        start: Start,
        starts: Starts,
        clock: ServerClock,
    ) -> None:
        self._send = send
        self._executions = executions
        self._start = start
        self._starts = starts
        self._clock = clock
        self._attaches = False

    async def execution_id(self) -> str:
        """The id of the execution that it has started.

        Raises:
            MatillionError: it has started none, or nobody knows.
        """
        start = self._start
        start.sent_at = asyncio.get_running_loop().time()
        try:
            started = await recorded(self._send(), start, self._starts)
        except MatillionError as error:
            if isinstance(error, ConflictError) and start.tag is not None and not self._attaches:
                error.advice.append(ATTACH)
            if is_of_the_caller(error) or not error.may_have_been_processed:
                raise
            return await self._recovered(error)
        return started.pipeline_execution_id

    async def execution_id_of_tag(self, deadline: float | None) -> tuple[str, bool]:
        """The id of the execution under the tag of the start, and whether that was running already.

        A start that is refused has done nothing, so it is sent again when what had refused it cannot be found: it has
        ended, or is not listed yet.

        Args:
            deadline: the moment from which nothing is sent any more.

        Raises:
            ConflictError: something runs under the tag, and what it is is not certain.
            MatillionError: it has started none, or nobody knows.
        """
        loop = asyncio.get_running_loop()
        self._attaches = True
        conflict: ConflictError | None = None
        failure: MatillionError | None = None
        doubt = ""
        for pause in LOOKS:
            if conflict is not None and deadline is not None and loop.time() + pause >= deadline:
                break
            await asyncio.sleep(pause)
            try:
                return await self.execution_id(), False
            except ConflictError as error:
                if is_of_the_caller(error):
                    raise
                conflict = error
            sent_at = self._start.sent_at if conflict.timing is None else conflict.timing.sent_at
            refusal = Refusal(self._start, sent_at, loop.time())
            try:
                held = await refusal.held(self._executions, self._starts, self._clock)
            except MatillionError as error:
                if is_of_the_caller(error):
                    raise
                doubt, failure = f"what holds the tag could not be looked up ({error})", error
                if error.is_temporary:
                    continue
                break
            if held.execution_id is not None:
                self._starts.attached(self._start, held.execution_id)
                return held.execution_id, True
            doubt, failure = held.doubt, None
            if held.is_final:
                break
        assert conflict is not None
        conflict.advice += [doubt, f"see {self._listing()}"]
        raise conflict from failure

    async def _recovered(self, error: MatillionError) -> str:
        """The id of the execution whose start failed with ``error``, which is raised unless that is certain."""
        lost = LostStart(self._start, self._starts, self._clock)
        if self._start.tag is None:
            error.advice += [f"see {query(lost)}", "with an execution_tag it is looked up for you"]
            raise error
        try:
            execution_id = await look_up(self._executions, lost)
        except UncertainError as outcome:
            error.advice += [str(outcome), f"see {query(lost)}"]
            failure = outcome.failure
        else:
            self._starts.made(self._start, execution_id)
            return execution_id
        raise error from failure

    def _listing(self) -> str:
        """The call that shows what may hold the tag, as a user would write it."""
        start = self._start
        return (
            f"{CALL}project={start.project_id!r}, pipeline_name={start.pipeline_name!r}, "
            f"environment_name={start.environment_name!r})"
        )

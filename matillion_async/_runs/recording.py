"""Notes which executions a client starts, and which it is asked about, so that none is taken for a lost start's."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from matillion_api.api.pipeline_executions import start_pipeline_execution
from matillion_api.types import Listing, Operation
from matillion_api.types import Session as AnySession

from matillion_async._errors import MatillionError
from matillion_async._names.matching import is_id
from matillion_async._runs.starts import Start, Starts

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class RecordingSession:
    """Carries out operations over another session, and notes the executions in their arguments and responses.

    Args:
        session: what carries them out.
        starts: where they are noted.
    """

    def __init__(self, session: AnySession, starts: Starts) -> None:
        self._session = session
        self._starts = starts

    def call(self, operation: Operation[T], /, **arguments: Any) -> Coroutine[Any, Any, T]:
        """Carry out an operation and return its parsed response."""
        calling = self._session.call(operation, **arguments)
        self._know(arguments)
        if operation.id == start_pipeline_execution.OPERATION.id:
            project, body = arguments["project_id"], arguments["body"]
            start = Start(
                project if is_id(project) else None,
                body.pipeline_name,
                body.environment_name,
                asyncio.get_running_loop().time(),
                tag=body.execution_tag or None,
            )
            return recorded(calling, start, self._starts)
        return calling

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> Listing[ItemT, PageT]:
        """A listing whose pages ``operation`` returns."""
        self._know(arguments)
        return self._session.listing(operation, item, **arguments)

    def _know(self, arguments: dict[str, Any]) -> None:
        execution_id = arguments.get("pipeline_execution_id")
        if isinstance(execution_id, str):
            self._starts.know(execution_id)


async def recorded(calling: Coroutine[Any, Any, T], start: Start, starts: Starts) -> T:
    """Carry out a start, and note what became of it."""
    loop = asyncio.get_running_loop()
    starts.begin(start)
    try:
        response: Any = await calling
    except MatillionError as error:
        if error.may_have_been_processed and error.timing is not None:
            starts.lose(start, error.timing.sent_at, loop.time())
        else:
            starts.made_nothing(start)
        raise
    except BaseException:  # such as a cancellation
        starts.lose(start, start.sent_at, loop.time())
        raise
    starts.made(start, response.pipeline_execution_id)
    return response  # type: ignore[no-any-return]  # it is what the operation gives

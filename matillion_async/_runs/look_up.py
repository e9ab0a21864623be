"""Look for the execution of a start whose response was lost, without starting anything."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from matillion_api.api.pipeline_executions import PipelineExecutions

from matillion_async._backoff import LOOKS
from matillion_async._calls.server_clock import next_strike
from matillion_async._errors import MatillionError, is_of_the_caller
from matillion_async._runs.lost_start import LostStart, Verdict

_AFTER_STRIKE = 0.002
"""Seconds; a request that is sent just before would tell nothing."""
_TOLERANCE = timedelta(seconds=10)
"""By how much this machine's clock may be ahead of a server's that tells no time."""


class UncertainError(Exception):
    """No execution is certainly that of the start; the message says why.

    Args:
        doubt: why.
        failure: what kept it from being looked up, if something did.
    """

    def __init__(self, doubt: str, failure: MatillionError | None = None) -> None:
        super().__init__(doubt)
        self.failure = failure


def now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


async def look_up(executions: PipelineExecutions, lost: LostStart) -> str:
    """The id of the execution: looked for several times, until it is certain or cannot become so.

    A candidate that may have begun before the start was sent is looked at again at the moment when the server's clock
    would strike a second, had both been at once. If the response shows that it had not, the candidate came later.

    Raises:
        UncertainError: there is none, or there are several, or the server does not say what time it is.
    """
    loop = asyncio.get_running_loop()
    project = lost.start.project_id or ""
    verdict = Verdict()
    failure: MatillionError | None = None
    for pause in LOOKS:
        if verdict.ahead is not None:
            pause = next_strike(verdict.ahead, loop.time()) - loop.time() + _AFTER_STRIKE
        await asyncio.sleep(pause)
        try:
            if lost.since() is None:
                await executions.list(project=project, limit=1)
            since = lost.since()
            if since is None:
                raise UncertainError(
                    "and it cannot be looked up, since the server's responses do not say what time it is (Date)"
                )
            listed = await executions.list(
                project=project,
                pipeline_name=lost.start.pipeline_name,
                environment_name=lost.start.environment_name,
                started_after=since,
            ).all()
        except MatillionError as error:
            if is_of_the_caller(error):
                raise
            failure = error
            if error.is_temporary:
                continue
            break
        failure = None
        verdict = lost.judge(listed, loop.time())
        if verdict.execution_id is not None:
            return verdict.execution_id
        if verdict.is_final:
            break
    if failure is not None:
        raise UncertainError(f"and it could not be looked up ({failure})", failure)
    raise UncertainError(verdict.doubt)


CALL = "client.pipeline_executions.list("
"""How the call begins that :func:`query` gives."""


def query(lost: LostStart) -> str:
    """The call that shows what may be the execution, as a user would write it."""
    since = lost.since()
    if since is None:
        waited = asyncio.get_running_loop().time() - lost.start.sent_at
        since = now() - timedelta(seconds=waited) - _TOLERANCE
    start = lost.start
    return (
        f"{CALL}project={start.project_id!r}, "
        f"pipeline_name={start.pipeline_name!r}, environment_name={start.environment_name!r}, "
        f"started_after=datetime.fromisoformat({since.isoformat(timespec='seconds')!r}))"
    )

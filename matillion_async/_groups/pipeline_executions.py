"""Start pipelines and wait for them: what is written by hand on top of the operations."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from matillion_api.api import pipeline_executions as generated
from matillion_api.types import UNSET, not_text

from matillion_async._arguments import check, flag_fault
from matillion_async._calls.session import Session
from matillion_async._errors import InvalidRequestError
from matillion_async._names.matching import is_id
from matillion_async._names.naming import NamingSession
from matillion_async._runs.recording import RecordingSession
from matillion_async._runs.run_calls import RunCalls
from matillion_async._runs.runs import Run
from matillion_async._runs.starting import Starting
from matillion_async._runs.starts import Start, Starts
from matillion_async._runs.waiting import check_wait
from matillion_async._runs.watch import RunWatch


class PipelineExecutions(generated.PipelineExecutions):
    """Start pipelines, wait for them, cancel them.

    ``run``, ``attach`` and ``watch`` do whole jobs; the other methods are one operation each.
    """

    def __init__(self, session: NamingSession) -> None:
        self._naming_session = session
        self._connection = session.by_id.connection
        self._starts = self._connection.shared(Starts)
        super().__init__(RecordingSession(session, self._starts))
        self._calls = RunCalls(session)

    async def run(
        self,
        project: str,
        *,
        pipeline_name: str,
        environment_name: str,
        variables: Mapping[str, str] | None = None,
        grid_variables: Mapping[str, Sequence[Sequence[str]]] | None = None,
        execution_tag: str | None = None,
        attach: bool = False,
        version_name: str | None = None,
        agent_id: str | None = None,
    ) -> Run:
        """Start a pipeline, to be waited for.

        >>> run = await client.pipeline_executions.run(
        ...     project, pipeline_name="daily.orch.yaml", environment_name="Production"
        ... )
        >>> execution = await run.wait(timeout=3600)

        Nothing is ever started twice. When the response to the start is lost, nobody knows whether the pipeline runs.
        With an ``execution_tag`` the execution is then looked up: by pipeline, environment and time, for executions do
        not show their tag. If exactly one may be it, which certainly came after the start by the server's own clock and
        is not one that this client knows, that is the run; otherwise the error stands, and says what was found. The
        start is not repeated even so: an execution that has ended already would not stop a second one by its tag.
        Give a tag to no other pipeline, and the same to all who start this one.

        With ``attach`` there is no error where something runs under the tag, but its run, so that a job which crashed and
        is tried again waits for what it has started:

        >>> run = await client.pipeline_executions.run(
        ...     project, pipeline_name="daily.orch.yaml", environment_name="Production",
        ...     execution_tag="daily", attach=True,
        ... )
        >>> print(run.was_running, run.url)

        What runs is looked up by pipeline and environment, as executions do not show their tag, and taken if it is the only
        one that may hold it; so the rule above matters. One that ended since the start was refused is that, too. What had
        ended before holds nothing: then the pipeline is started.

        Args:
            project: id or exact name of the project.
            pipeline_name: name of the published pipeline, such as ``ingest/orders.orch.yaml``.
            environment_name: name of the environment to run it in.
            variables: values of scalar variables, by name.
            grid_variables: values of grid variables, by name; each a list of rows, a row a list of strings.
            execution_tag: at most one execution of a tag runs in an environment; a second start gives 409.
            attach: whether to give the run that goes on under the tag, in place of an error; its variables may be others.
            version_name: version of the artifact; the latest unless given.
            agent_id: id of the agent; the environment's default agent unless given.

        Raises:
            ResourceNameError: no project has the name that was given, or several have.
            InvalidRequestError: a name or a value of a variable is not a string; nothing was sent.
            ConflictError: the tag is in use; with ``attach``, by what is not certain, and the error says what was found.
            GoneError: the version is disabled.
            NotFoundError: there is no such project, environment or pipeline.
            MatillionError: with ``may_have_been_processed``, if the pipeline may run.
        """
        _check_names(
            pipeline_name=(pipeline_name, True),
            environment_name=(environment_name, True),
            execution_tag=(execution_tag, False),
            version_name=(version_name, False),
            agent_id=(agent_id, False),
        )
        check(InvalidRequestError, attach=flag_fault(attach))
        if attach and not execution_tag:
            raise InvalidRequestError("attach needs an execution_tag")
        _check_mapping("variables", variables)
        _check_mapping("grid_variables", grid_variables)
        grids = _lists(grid_variables or {})
        _check_texts(variables or {}, grids)

        async def start(session: Session, ids: dict[str, str]) -> Run:
            project_id = ids["project"]
            starting = Starting(
                lambda: generated.PipelineExecutions(session).start(
                    project_id,
                    pipeline_name=pipeline_name,
                    environment_name=environment_name,
                    scalar_variables=UNSET if variables is None else dict(variables),
                    grid_variables=UNSET if grid_variables is None else grids,
                    execution_tag=UNSET if execution_tag is None else execution_tag,
                    version_name=UNSET if version_name is None else version_name,
                    agent_id=UNSET if agent_id is None else agent_id,
                ),
                self._calls.executions,
                Start(project_id, pipeline_name, environment_name, 0.0, tag=execution_tag),
                self._starts,
                self._connection.clock,
            )
            was_running = False
            if attach:
                execution_id, was_running = await starting.execution_id_of_tag(session.deadline())
            else:
                execution_id = await starting.execution_id()
            return Run(
                self._calls,
                project_id,
                execution_id,
                pipeline_name=pipeline_name,
                environment_name=environment_name,
                was_running=was_running,
            )

        if is_id(project):
            return await start(self._naming_session.by_id.bounded(), {"project": project})
        return await self._naming_session.with_ids({"project": project}, start)

    def attach(self, project_id: str, execution_id: str) -> Run:
        """A run that was started before, perhaps by another process; nothing is sent.

        Raises:
            InvalidRequestError: an id is not a string.
        """
        _check_names(project_id=(project_id, True), execution_id=(execution_id, True))
        self._starts.know(execution_id)
        return Run(self._calls, project_id, execution_id, was_running=True)

    def watch(
        self,
        runs: Iterable[Run | tuple[str, str]] | AsyncIterable[Run | tuple[str, str]] = (),
        *,
        poll_interval: float | None = None,
    ) -> RunWatch:
        """Wait for many runs at once, and get each as it ends.

        >>> async for outcome in client.pipeline_executions.watch(runs):
        ...     print(outcome.run.id, outcome.status)

        Hundreds of runs take a few calls at a time: they are read from the listing, and singly only where that does
        not show them. A run that failed is an outcome like any other; so is one that cannot be found, or whose responses
        had no status five times in a row. Failures of the server, the network and the token endpoint are waited through.

        It takes more runs while it goes on, by :meth:`RunWatch.add`, or from an async iterable, and ends when all have ended:

        >>> watch = client.pipeline_executions.watch([first])
        >>> async for outcome in watch:
        ...     if outcome.succeeded and (run := await next_of(outcome.run)):
        ...         watch.add(run)

        Args:
            runs: runs, or pairs of project id and execution id; or an async iterable that gives them as they come.
            poll_interval: seconds between two questions about a run at least; otherwise as in :meth:`Run.wait`.

        Raises:
            InvalidRequestError: what is given is not a run; nothing was sent.
            AuthenticationError: the credentials are refused.
        """
        check_wait(poll_interval=poll_interval)
        if isinstance(runs, AsyncIterable):
            return RunWatch(self._calls, runs, self._as_run, poll_interval)
        if not isinstance(runs, Iterable):
            kind = type(runs).__name__
            raise InvalidRequestError(f"watch: runs must be an iterable of runs, not {kind}")
        given = [self._as_run(run) for run in runs]
        return RunWatch(self._calls, given, self._as_run, poll_interval)

    def _as_run(self, given: object) -> Run:
        if isinstance(given, Run):
            return given
        if not isinstance(given, tuple | list) or len(given) != 2:
            kind = type(given).__name__
            text = (
                f"watch: a run must be a Run, or a pair of project id and execution id, not {kind}"
            )
            raise InvalidRequestError(text)
        return self.attach(*given)


def _check_names(**given: tuple[object, bool]) -> None:
    """Refuse what is not a string; None stands for what is left out, where that may be."""
    for name, (value, is_needed) in given.items():
        if not isinstance(value, str) and (is_needed or value is not None):
            raise InvalidRequestError(not_text(name, value))


def _check_mapping(name: str, given: object) -> None:
    if given is None:
        return
    if not isinstance(given, Mapping):
        raise InvalidRequestError(
            f"{name} must be a mapping of names to values, not {type(given).__name__}"
        )
    for key in given:
        if not isinstance(key, str):
            raise InvalidRequestError(f"{name}: a name must be a string, not {type(key).__name__}")


def _lists(grids: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[list[str]]]:
    for name, rows in grids.items():
        if not _is_list(rows) or not all(_is_list(row) for row in rows):
            raise InvalidRequestError(
                f"grid_variables: {name!r} must be a list of rows, each a list of strings"
            )
    return {name: [list(row) for row in rows] for name, rows in grids.items()}


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _check_texts(scalars: Mapping[str, Any], grids: Mapping[str, list[list[Any]]]) -> None:
    for name, value in scalars.items():
        if not isinstance(value, str):
            raise _not_text("variables", name, value)
    for name, rows in grids.items():
        for value in chain.from_iterable(rows):
            if not isinstance(value, str):
                raise _not_text("grid_variables", name, value)


def _not_text(where: str, name: str, value: object) -> InvalidRequestError:
    return InvalidRequestError(
        f"{where}: the value of {name!r} must be a string, not {type(value).__name__}: the API takes no other"
    )

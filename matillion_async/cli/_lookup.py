"""Things with an id and a name: the client finds them; here is what only a command line needs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from matillion_api.types import Listing

from matillion_async._errors import MatillionError, NotFoundError, ResourceNameError
from matillion_async._names.matching import is_id
from matillion_async.cli._connection import CliClient
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import Page, show
from matillion_async.cli._output import Format

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


async def project_id(connection: CliClient, text: str) -> str:
    """The id of the project with this id, which is not looked up, or exact name: for what is shown or kept."""
    return text if is_id(text) else (await connection.client.projects.find(text)).id


async def agent_id(connection: CliClient, text: str) -> str:
    """The id of the agent with this id, which is not looked up, or exact name."""
    return text if is_id(text) else (await connection.client.agents.find(text)).agent_id


async def schedule_id(connection: CliClient, project: str, text: str) -> str:
    """The id of the schedule of a project with this id, which is not looked up, or exact name."""
    if is_id(text):
        return text
    return (await connection.client.schedules.find(project, text)).schedule_id


async def in_environment(
    connection: CliClient,
    project: str,
    names: Sequence[str | None],
    work: Callable[[], Coroutine[Any, Any, ResultT]],
    pipeline: str | None = None,
) -> ResultT:
    """The result of work in environments of a project; a 404 of it says which name there is not.

    Args:
        connection: what is asked over.
        project: id or exact name of the project.
        names: names of the environments; None stands for one that is not given.
        work: what is done.
        pipeline: the name of a pipeline that is to be published to the first of them.
    """
    try:
        return await work()
    except NotFoundError as error:
        client = connection.client
        given = [name for name in names if name is not None]
        try:
            for name in given:
                await client.environments.find(project, name)
            if pipeline is not None:
                await client.pipelines.find(project, pipeline, environment_name=given[0])
        except ResourceNameError as missing:
            raise Failure(f"{error}; {missing.explanation}") from None
        except MatillionError:
            raise error from None  # such as an unknown project, which the error says
        raise


async def show_of_project(
    connection: CliClient,
    project: str,
    listing_of: Callable[[str], Listing[ItemT, Page]],
    label: str,
    columns: Sequence[str],
    output: Format,
) -> None:
    """Write a listing of a project (id or exact name) to stdout; see :func:`show`."""
    if is_id(project):
        # Where no project has this id, the look-up finds it as a name, or says what is near.
        with suppress(NotFoundError):
            return await show(connection, listing_of(project), label, columns, output)
    found = await connection.client.projects.find(project)
    return await show(connection, listing_of(found.id), label, columns, output)

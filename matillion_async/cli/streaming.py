"""``matillion streaming``."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import click

from matillion_async._names.matching import is_id
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._lists import add_list
from matillion_async.cli._output import json_fields_option, write_fields
from matillion_async.cli._streams import put, say

COLUMNS = ("streamingPipelineId", "name", "agentId")


@click.group(name="streaming", cls=CommandGroup)
def command() -> None:
    """List, show, start and stop streaming pipelines."""


add_list(command, "streaming pipelines", COLUMNS, lambda client: client.streaming_pipelines.list)


@command.command(name="show")
@click.argument("project")
@click.argument("pipeline")
@json_fields_option
def show_streaming(project: str, pipeline: str, as_json: bool) -> None:
    """Show the streaming pipeline PIPELINE of PROJECT (ids or exact names).

    \b
    Example: matillion streaming show Sales orders
    """
    found = _call(project, pipeline, lambda group, *ids: group.get(*ids))
    write_fields(found.to_dict(), as_json=as_json)


@command.command(name="status")
@click.argument("project")
@click.argument("pipeline")
def show_status(project: str, pipeline: str) -> None:
    """Print the status of the streaming pipeline PIPELINE of PROJECT (ids or exact names).

    \b
    Example: matillion streaming status Sales orders
    """
    put(_call(project, pipeline, lambda group, *ids: group.status(*ids)).status)


def _add_order(name: str) -> None:
    """Add a command that tells a streaming pipeline what to do."""
    does = f"{name.capitalize()} the streaming pipeline PIPELINE of PROJECT (ids or exact names)."

    @command.command(
        name=name, help=f"{does}\n\n\b\nExample: matillion streaming {name} Sales orders"
    )
    @click.argument("project")
    @click.argument("pipeline")
    def tell(project: str, pipeline: str) -> None:
        _call(project, pipeline, lambda group, *ids: group.command(*ids, command=name.upper()))
        say(f"Sent {name.upper()} to streaming pipeline {pipeline!r}; its status follows.")


_add_order("start")
_add_order("stop")


def _call(project: str, pipeline: str, call: Callable[..., Coroutine[Any, Any, Any]]) -> Any:
    """Call the group with a project and the id of one of its streaming pipelines."""
    with connect() as connection:
        group = connection.client.streaming_pipelines
        if not is_id(pipeline):
            pipeline = connection.run(group.find(project, pipeline)).streaming_pipeline_id
        return connection.run(call(group, project, pipeline))

"""A sandbox with runs of any length, and servers that give one status after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from matillion_async import (
    MatillionClient,
    Run,
)
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from tests.sandbox.conformance import ConformingSandbox

PIPELINES = (
    Pipeline("short", seconds=3),
    Pipeline("hour", seconds=3600, queued=20),
    Pipeline("busy", seconds=30, queued=600),
    Pipeline("day", seconds=86_400),
    Pipeline("shift", seconds=21_600),
    Pipeline("fail", "FAILED", seconds=30, message="no such table"),
    Pipeline("skip", "SKIPPED", seconds=1),
    Pipeline("forbidden", "FORBIDDEN", seconds=1),
)
PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"


@asynccontextmanager
async def sandboxed(
    *faults: Fault | str, **options: Any
) -> AsyncIterator[tuple[Sandbox, MatillionClient, str]]:
    """A sandbox, a client of it, and the id of its project."""
    settings = {name: options.pop(name) for name in ("limits", "token_ttl") if name in options}
    sandbox = ConformingSandbox(projects=2, pipelines=PIPELINES, faults=faults, **settings)
    async with sandbox.client(**options) as client:
        yield sandbox, client, (await client.projects.list()).results[0].id


async def start(client: MatillionClient, project: str, name: str, **options: Any) -> Run:
    """Run a pipeline in the first environment."""
    return await client.pipeline_executions.run(
        project, pipeline_name=name, environment_name="Environment 1", **options
    )


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


def responses(*statuses: str | httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """A server that gives one status after the other, the last one for good; flat, and the details as well."""
    left = list(statuses)
    last: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/steps"):
            return httpx.Response(200, json={"results": []})
        if not request.url.path.endswith("/status"):
            body = {"pipelineExecutionId": "e1", "status": last[-1]}
            return httpx.Response(200, json=body)
        status = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(status, httpx.Response):
            return status
        last.append(status)
        return httpx.Response(200, json={"status": status})

    return respond

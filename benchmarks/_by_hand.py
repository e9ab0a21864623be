"""What people write in place of this package, as they first write it: each reads a page of projects and starts a pipeline."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Protocol

import httpx
import requests
from authlib.integrations.httpx_client import AsyncOAuth2Client
from matillion_api import Client
from matillion_api.api.pipeline_executions import start_pipeline_execution
from matillion_api.api.projects import list_projects
from matillion_api.models import StartPipelineExecutionRequest

from matillion_async import MatillionClient
from matillion_async.sandbox import Served

PIPELINE, ENVIRONMENT = "daily.orch.yaml", "Environment 1"


class Caller(Protocol):
    """One way to call the API."""

    async def read(self) -> None:
        """Read a page of projects; raises if there is none."""

    async def start(self, project_id: str, tag: str) -> str:
        """Start the pipeline; gives the id of the run."""
        ...


@contextlib.asynccontextmanager
async def plain_requests(served: Served, limit: str) -> AsyncIterator[Caller]:
    """A session of requests with a token; calls are made in threads."""
    settings = served.environment
    form = {
        "grant_type": "client_credentials",
        "client_id": settings["MATILLION_CLIENT_ID"],
        "client_secret": settings["MATILLION_CLIENT_SECRET"],
        "audience": settings["MATILLION_AUDIENCE"],
    }
    base = f"{settings['MATILLION_BASE_URL']}/v1"
    with requests.Session() as session:
        token = session.post(settings["MATILLION_TOKEN_URL"], data=form, timeout=60)
        token.raise_for_status()
        session.headers["Authorization"] = f"Bearer {token.json()['access_token']}"

        class Calls:
            async def read(self) -> None:
                page = await asyncio.to_thread(session.get, f"{base}/projects", timeout=60)
                page.raise_for_status()
                page.json()

            async def start(self, project_id: str, tag: str) -> str:
                url = f"{base}/projects/{project_id}/pipeline-executions"
                started = await asyncio.to_thread(session.post, url, json=_start(tag), timeout=60)
                started.raise_for_status()
                return str(started.json()["pipelineExecutionId"])

        yield Calls()


@contextlib.asynccontextmanager
async def generated(served: Served, limit: str) -> AsyncIterator[Caller]:
    """The functions that are generated from the spec, with a token in the headers."""
    settings = served.environment
    token = await _token(settings)
    client = Client(
        base_url=settings["MATILLION_BASE_URL"], headers={"Authorization": f"Bearer {token}"}
    )
    async with client:

        class Calls:
            async def read(self) -> None:
                found = await list_projects.asyncio_detailed(client=client)
                if found.status_code != 200:
                    raise RuntimeError(found.status_code)

            async def start(self, project_id: str, tag: str) -> str:
                body = StartPipelineExecutionRequest.from_dict(_start(tag))
                found = await start_pipeline_execution.asyncio(project_id, client=client, body=body)
                return str(found.pipeline_execution_id)

        yield Calls()


@contextlib.asynccontextmanager
async def with_authlib(served: Served, limit: str) -> AsyncIterator[Caller]:
    """Authlib's client, which renews tokens."""
    settings = served.environment
    base = f"{settings['MATILLION_BASE_URL']}/v1"
    async with AsyncOAuth2Client(
        client_id=settings["MATILLION_CLIENT_ID"],
        client_secret=settings["MATILLION_CLIENT_SECRET"],
        token_endpoint=settings["MATILLION_TOKEN_URL"],
        token_endpoint_auth_method="client_secret_post",
        grant_type="client_credentials",
    ) as client:
        await client.fetch_token(audience=settings["MATILLION_AUDIENCE"])

        class Calls:
            async def read(self) -> None:
                page = await client.get(f"{base}/projects")
                page.raise_for_status()
                page.json()

            async def start(self, project_id: str, tag: str) -> str:
                url = f"{base}/projects/{project_id}/pipeline-executions"
                started = await client.post(url, json=_start(tag))
                started.raise_for_status()
                return str(started.json()["pipelineExecutionId"])

        yield Calls()


@contextlib.asynccontextmanager
async def ours(served: Served, limit: str) -> AsyncIterator[Caller]:
    """MatillionClient, told the limit where there is one."""
    settings = served.environment
    async with MatillionClient(
        client_id=settings["MATILLION_CLIENT_ID"],
        client_secret=settings["MATILLION_CLIENT_SECRET"],
        base_url=settings["MATILLION_BASE_URL"],
        token_url=settings["MATILLION_TOKEN_URL"],
        audience=settings["MATILLION_AUDIENCE"],
        rate_limits=limit or "none",
    ) as client:

        class Calls:
            async def read(self) -> None:
                await client.projects.list()

            async def start(self, project_id: str, tag: str) -> str:
                run = await client.pipeline_executions.run(
                    project_id,
                    pipeline_name=PIPELINE,
                    environment_name=ENVIRONMENT,
                    execution_tag=tag,
                )
                return run.id

        yield Calls()


def _start(tag: str) -> dict[str, Any]:
    return {"pipelineName": PIPELINE, "environmentName": ENVIRONMENT, "executionTag": tag}


async def _token(settings: dict[str, str]) -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": settings["MATILLION_CLIENT_ID"],
        "client_secret": settings["MATILLION_CLIENT_SECRET"],
        "audience": settings["MATILLION_AUDIENCE"],
    }
    async with httpx.AsyncClient() as http:
        response = await http.post(settings["MATILLION_TOKEN_URL"], data=form)
        response.raise_for_status()
        return str(response.json()["access_token"])

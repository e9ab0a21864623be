"""A streaming pipeline that was read and is replaced."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from matillion_async import InvalidRequestError
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
PIPELINE: dict[str, Any] = {
    "streamingPipelineId": "s1",
    "projectId": PROJECT,
    "name": "orders",
    "description": "",
    "agentId": "a1",
    "streamingSource": {
        "type": "postgres",
        "connection": {"host": "db", "port": 5432, "sslMode": "require"},
        "tables": [{"schema": "public", "table": "orders", "primaryKey": ["id"]}],
    },
    "streamingTarget": {"type": "s3", "bucket": "raw", "prefix": "", "encryption": {"kms": None}},
    "advancedProperties": {"snapshot.mode": "initial", "max.batch": 5},
}


async def test_nothing_that_was_read_is_lost() -> None:
    """All but the ids, which the path has, is sent again; what is given is in its place."""
    script = Script(httpx.Response(200, json=PIPELINE))
    async with scripted_client(script) as client:
        pipelines = client.streaming_pipelines
        present = await pipelines.get(PROJECT, "s1")
        await pipelines.replace(PROJECT, "s1", present, name="all orders")
    kept = {name: value for name, value in PIPELINE.items() if not name.endswith("Id")}
    assert {**kept, "agentId": "a1", "name": "all orders"} == json.loads(script.requests[1].content)


async def test_what_is_needed_must_be_there() -> None:
    """It is given or was read; nothing is sent otherwise."""
    script = Script()
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match="agentId, streamingTarget must be given"):
            await client.streaming_pipelines.replace(
                PROJECT, "s1", name="x", streaming_source={"type": "postgres"}
            )
    assert [] == script.requests

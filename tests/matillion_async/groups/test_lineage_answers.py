"""Lineage as it comes, and as it is passed on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx

from tests.matillion_async.scripted import Script, scripted_client

EVENT: dict[str, Any] = {
    "eventType": None,
    "eventTime": "2026-03-01T02:00:07.514000000Z",
    "producer": None,
    "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    "job": {"namespace": "matillion://a.p", "name": "daily.orch.yaml", "facets": None},
    "run": {"runId": "no UUID", "facets": {"parent": None, "nominalTime": {"end": None}}},
    "inputs": [{"namespace": None, "name": "T", "facets": None, "inputFacets": None}],
    "outputs": None,
}
RANGE: dict[str, Any] = {
    "generated_from": datetime(2026, 1, 1, tzinfo=UTC),
    "generated_before": datetime(2026, 1, 9, tzinfo=UTC),
}


async def test_an_event_is_passed_on_as_it_came() -> None:
    """With its nulls and its dates, also where a part of it is null."""
    rows = [
        {"id": "1", "event": EVENT},
        {"id": None, "event": {**EVENT, "job": None, "run": None, "inputs": []}},
        {"id": "3", "event": None},
    ]
    async with scripted_client(Script(httpx.Response(200, json={"results": rows}))) as client:
        found = await client.lineage.list(**RANGE).all()
    assert rows == [event.to_dict() for event in found]


async def test_no_events_may_be_not_found() -> None:
    """404 is an empty listing there, whether it is awaited or walked."""
    async with scripted_client(Script(httpx.Response(404))) as client:
        assert [] == (await client.lineage.list(**RANGE)).results
        assert [] == await client.lineage.list(**RANGE).all()
        assert [] == await client.lineage.events(**RANGE).all()

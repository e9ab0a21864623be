"""Connectors in the sandbox."""

from __future__ import annotations

from tests.sandbox.conformance import ConformingSandbox


async def test_there_are_some_from_the_start() -> None:
    """Custom connectors have an id, Flex connectors an alternate one."""
    async with ConformingSandbox().client() as client:
        custom = await client.connectors.list_custom()
        flex = await client.connectors.list_flex()
    assert [
        "8d3b6f1a-4c72-4e95-a0b8-2f9e7c5d1a36",
        "3e7a1c9d-6b54-4f20-8d1e-9c5b7a2f4e68",
    ] == [connector.id for connector in custom]
    assert ["example-crm", "example-tickets"] == [connector.alternate_id for connector in flex]

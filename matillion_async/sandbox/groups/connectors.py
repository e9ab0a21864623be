"""Custom and Flex connectors: the API has no call to make one, so there are some from the start."""

from __future__ import annotations

from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._state import State

_CUSTOM = ("8d3b6f1a-4c72-4e95-a0b8-2f9e7c5d1a36", "3e7a1c9d-6b54-4f20-8d1e-9c5b7a2f4e68")
_FLEX = ("example-crm", "example-tickets")


def list_custom_connectors(state: State, call: Call) -> Response:
    """A bare array."""
    return Response(200, [{"id": connector} for connector in _CUSTOM])


def list_flex_connectors(state: State, call: Call) -> Response:
    """A bare array."""
    return Response(200, [{"alternateId": connector} for connector in _FLEX])

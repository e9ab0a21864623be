"""What the handler of an operation gets, and what it gives back.

A new operation needs its handler only: a function of ``state`` and ``call`` in the module of its group in ``groups``, whose
name is the operationId. What it keeps is a dataclass of that module, in ``of_project(state, call, Kind)`` or ``state.tables.of(Kind)``.
Routing, the checks of parameters and body, tokens, limits and faults come from the OpenAPI document and need nothing.
A handler runs at once, without waiting, so that no other request sees its changes half done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._state import State, Table

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was found valid by the OpenAPI document."""

    values: Mapping[str, Any]
    """Parameters by their names in the document, with defaults."""
    body: Any
    """The parsed JSON body, the parts of a form by their names, or None."""
    now: float
    """The time on the sandbox's clock, in seconds."""


Handler: TypeAlias = Callable[[State, Call], Response]
Handlers: TypeAlias = dict[str, Handler]
"""Handlers by operationId."""


def of_project(state: State, call: Call, kind: type[ItemT]) -> Table[ItemT]:
    """What of a type belongs to the project of a request; without such a project it gets 404."""
    return state.project(call.values["projectId"]).tables.of(kind)


def page_of(items: Table[ItemT], call: Call, row: Callable[[ItemT], dict[str, Any]]) -> Response:
    """A page of a listing; beyond the end it is empty and still has the right total."""
    page, size = call.values["page"], call.values["size"]
    results = [row(item) for item in items.slice(page * size, (page + 1) * size)]
    return Response(200, {"page": page, "size": size, "total": len(items), "results": results})

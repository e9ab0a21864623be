"""Secret references of a project: names of secrets, without the secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import State


@dataclass(slots=True)
class SecretReference:
    """A secret reference, as it was given."""

    name: str
    fields: dict[str, Any]


def list_secret_references(state: State, call: Call) -> Response:
    """All secret references of a project, in the order of their creation."""
    return page_of(
        of_project(state, call, SecretReference),
        call,
        lambda item: item.fields | {"name": item.name},
    )


def create_secret_reference(state: State, call: Call) -> Response:
    """A name that is taken gives 409 (the API's own response is not documented)."""
    references = of_project(state, call, SecretReference)
    name = call.values["secretReferenceName"]
    if name in references:
        raise ProblemError(409, "The project already has a secret reference of this name.")
    references.add(name, SecretReference(name, call.body))
    return Response(201)

"""The Git repository of a project. Access tokens are not kept."""

from __future__ import annotations

from dataclasses import dataclass

from matillion_async.sandbox._operations import Call, of_project
from matillion_async.sandbox._problems import ProblemError, Response, not_found
from matillion_async.sandbox._state import State

_ONLY = ""
"""The key of the one repository that a project may have."""


@dataclass(slots=True)
class Repository:
    """The repository that a project is connected to."""

    provider: str
    name: str


def connect_repository(state: State, call: Call) -> Response:
    """A project that has a repository gives 409 (the API's own response is not documented)."""
    repositories = of_project(state, call, Repository)
    if len(repositories):
        raise ProblemError(409, "The project already has a repository.")
    repositories.add(_ONLY, Repository(call.body["provider"], call.body["repositoryName"]))
    return Response(201)


def rotate_repository_token(state: State, call: Call) -> Response:
    """A project without a repository gives 404."""
    if not len(of_project(state, call, Repository)):
        raise not_found("repository")
    return Response(204)

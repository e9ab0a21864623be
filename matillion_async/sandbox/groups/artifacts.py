"""Versions of a project that are published to its environments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._form import Part
from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._problems import ProblemError, Response, not_found
from matillion_async.sandbox._state import Environment, Project, State, Table

_RESOURCES = (".yaml", ".yml", ".sql", ".py", ".json")
PIPELINES = (".orch.yaml", ".tran.yaml")
"""What names of pipelines end with."""


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """A version in one environment; the same version in another one is another of these."""

    version_name: str
    environment: Environment
    files: tuple[str, ...]
    """Paths in the project."""
    created_at: float
    """When it was uploaded, on the sandbox's clock."""
    deployed_at: float
    """When it came to the environment: later than ``created_at`` if it was promoted."""
    branch: str | None = None
    commit_hash: str | None = None
    enabled: bool = True


def artifact_version(
    project: Project, environment_name: str, version_name: str | None = None
) -> ArtifactVersion | None:
    """A version in an environment, or the one that came there last; None if there is none."""
    found = None
    for version in _versions(project, environment_name):
        if version_name in (None, version.version_name):
            found = version
    return found


def published_pipelines(project: Project, environment_name: str) -> dict[str, float]:
    """The pipelines that enabled versions brought to an environment, with the time of the last one."""
    return {
        name: version.deployed_at
        for version in _versions(project, environment_name)
        if version.enabled
        for name in version.files
        if name.endswith(PIPELINES)
    }


def disable(state: State, project: str, environment_name: str, version_name: str) -> None:
    """Disable a version; the project is given by its id or its exact name.

    Raises:
        LookupError: there is no such version.
    """
    for candidate in state.projects:
        if project in (candidate.id, candidate.name):
            version = artifact_version(candidate, environment_name, version_name)
            if version is not None:
                _keep(candidate, replace(version, enabled=False))
                return
    raise LookupError(
        f"no project {project!r} has the version {version_name!r} in the environment {environment_name!r}"
    )


def upload_artifact(state: State, call: Call) -> Response:
    """A version name is taken once per environment: the second gets 409 (the API's own response is not documented).

    Only pipelines, scripts and data of the usual kinds become part of a version; the rest is ignored, with a reason.
    """
    project = state.project(call.values["projectId"])
    environment = project.environment(call.values["environmentName"])
    name = call.values["versionName"]
    if artifact_version(project, environment.name, name) is not None:
        raise ProblemError(409, "The environment already has a version of this name.")
    reasons = {path: reason_to_ignore(path, part) for path, part in call.body.items()}
    version = ArtifactVersion(
        version_name=name,
        environment=environment,
        files=tuple(path for path, reason in reasons.items() if reason is None),
        created_at=call.now,
        deployed_at=call.now,
        branch=call.values.get("branch"),
        commit_hash=call.values.get("commitHash"),
    )
    _keep(project, version)
    ignored = [{"name": path, "reason": reason} for path, reason in reasons.items() if reason]
    return Response(200, {"versionName": name, "ignoredResources": ignored})


def list_artifacts(state: State, call: Call) -> Response:
    """In the order in which they came to the environment."""
    project = state.project(call.values["projectId"])
    environment = project.environment(call.values["environmentName"])
    found: Table[ArtifactVersion] = Table()
    for version in _versions(project, environment.name):
        if version.enabled or not call.values["enabledOnly"]:
            found.add(version.version_name, version)
    return page_of(found, call, _row)


def get_artifact_details(state: State, call: Call) -> Response:
    """Without a name, of the version that came to the environment last."""
    project = state.project(call.values["projectId"])
    environment = project.environment(call.values["environmentName"])
    version = _version(project, environment, call.values.get("versionName"))
    return Response(200, {"details": _row(version), "assets": list(version.files)})


def promote_artifact(state: State, call: Call) -> Response:
    """The target gets the version as it is; one that it has already counts as deployed again."""
    project = state.project(call.values["projectId"])
    source = project.environment(call.body["sourceEnvironmentName"])
    target = project.environment(call.body["targetEnvironmentName"])
    version = _version(project, source, call.body["versionName"])
    _keep(project, replace(version, environment=target, deployed_at=call.now))
    return Response(200, {"environmentName": target.name, "versionName": version.version_name})


def _keep(project: Project, version: ArtifactVersion) -> None:
    key = repr((version.environment.name, version.version_name))
    project.tables.of(ArtifactVersion).add(key, version)


def _versions(project: Project, environment_name: str) -> Iterator[ArtifactVersion]:
    """What is in an environment, in the order in which it came; nothing of a deleted one of the same name."""
    environment = project.tables.of(Environment).get(environment_name)
    found = [
        version
        for version in project.tables.of(ArtifactVersion)
        if version.environment is environment
    ]
    return iter(sorted(found, key=lambda version: version.deployed_at))


def _version(project: Project, environment: Environment, name: str | None) -> ArtifactVersion:
    version = artifact_version(project, environment.name, name)
    if version is None:
        raise not_found("artifact version")
    return version


def reason_to_ignore(path: str, part: Part) -> str | None:
    """Why a file does not become part of a version; None if it does."""
    if not path.endswith(_RESOURCES):
        return "Unsupported resource type"
    try:
        text = part.content.decode()
    except UnicodeDecodeError:
        return "Not a text file"
    return "Not a text file" if "\0" in text else None


def _row(version: ArtifactVersion) -> dict[str, Any]:
    return {
        "versionName": version.version_name,
        "branch": version.branch,
        "commitHash": version.commit_hash,
        "createdAt": iso(version.created_at),
        "deployedAt": iso(version.deployed_at),
        "enabled": version.enabled,
    }

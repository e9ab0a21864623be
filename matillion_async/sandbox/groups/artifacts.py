"""Versions of a project that are published to its environments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._form import Part
from matillion_async.sandbox._operations import Call, Handlers, page_of
from matillion_async.sandbox._problems import Answer, ProblemError, not_found
from matillion_async.sandbox._state import Environment, Project, State, Table
from matillion_async.sandbox.groups.pipelines import environment_of, publish

_RESOURCES = (".yaml", ".yml", ".sql", ".py", ".json")
_PIPELINES = (".orch.yaml", ".tran.yaml")


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """A version in one environment; the same version in another one is another of these."""

    version_name: str
    files: tuple[str, ...]
    """Paths in the project."""
    created_at: float
    """When it was uploaded, on the sandbox's clock."""
    deployed_at: float
    """When it came to the environment: later than ``created_at`` if it was promoted."""
    branch: str | None = None
    commit_hash: str | None = None
    enabled: bool = True


def disable(state: State, project: str, environment_name: str, version_name: str) -> None:
    """Disable a version; the project is given by its id or its exact name.

    Raises:
        LookupError: there is no such version.
    """
    for candidate in state.projects:
        environment = candidate.tables.of(Environment).get(environment_name)
        if environment is not None and project in (candidate.id, candidate.name):
            versions = environment.tables.of(ArtifactVersion)
            version = versions.get(version_name)
            if version is not None:
                versions.add(version_name, replace(version, enabled=False))
                return
    raise LookupError(
        f"no project {project!r} has the version {version_name!r} in the environment {environment_name!r}"
    )


def upload_artifact(state: State, call: Call) -> Answer:
    """A version name is taken once per environment: the second gets 409 (the API's own answer is not documented).

    Only pipelines, scripts and data of the usual kinds become part of a version; the rest is ignored, with a reason.
    """
    project = state.project(call.values["projectId"])
    environment = environment_of(project, call.values["environmentName"])
    name = call.values["versionName"]
    if name in environment.tables.of(ArtifactVersion):
        raise ProblemError(409, "The environment already has a version of this name.")
    reasons = {path: _reason_to_ignore(path, part) for path, part in call.body.items()}
    version = ArtifactVersion(
        version_name=name,
        files=tuple(path for path, reason in reasons.items() if reason is None),
        created_at=call.now,
        deployed_at=call.now,
        branch=call.values.get("branch"),
        commit_hash=call.values.get("commitHash"),
    )
    _deploy(project, environment, version)
    ignored = [{"name": path, "reason": reason} for path, reason in reasons.items() if reason]
    return Answer(200, {"versionName": name, "ignoredResources": ignored})


def list_artifacts(state: State, call: Call) -> Answer:
    """In the order in which they came to the environment."""
    project = state.project(call.values["projectId"])
    environment = environment_of(project, call.values["environmentName"])
    found: Table[ArtifactVersion] = Table()
    for version in environment.tables.of(ArtifactVersion):
        if version.enabled or not call.values["enabledOnly"]:
            found.add(version.version_name, version)
    return page_of(found, call, _row)


def get_artifact_details(state: State, call: Call) -> Answer:
    """Without a name, of the version that came to the environment last."""
    project = state.project(call.values["projectId"])
    environment = environment_of(project, call.values["environmentName"])
    version = _version(environment, call.values.get("versionName"))
    return Answer(200, {"details": _row(version), "assets": list(version.files)})


def promote_artifact(state: State, call: Call) -> Answer:
    """The target gets the version as it is; one that it has already counts as deployed again."""
    project = state.project(call.values["projectId"])
    source = environment_of(project, call.body["sourceEnvironmentName"])
    target = environment_of(project, call.body["targetEnvironmentName"])
    version = _version(source, call.body["versionName"])
    _deploy(project, target, replace(version, deployed_at=call.now))
    return Answer(200, {"environmentName": target.name, "versionName": version.version_name})


def _deploy(project: Project, environment: Environment, version: ArtifactVersion) -> None:
    """Let a version be the newest of an environment, and its pipelines be published there."""
    versions = environment.tables.of(ArtifactVersion)
    versions.remove(version.version_name)
    versions.add(version.version_name, version)
    for name in version.files:
        if name.endswith(_PIPELINES):
            publish(project, environment, name, version.deployed_at)


def _version(environment: Environment, name: str | None) -> ArtifactVersion:
    found = None
    for version in environment.tables.of(ArtifactVersion):
        if name in (None, version.version_name):
            found = version
    if found is None:
        raise not_found("artifact version")
    return found


def _reason_to_ignore(path: str, part: Part) -> str | None:
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


HANDLERS: Handlers = {
    "list_artifacts": list_artifacts,
    "upload_artifact": upload_artifact,
    "get_artifact_details": get_artifact_details,
    "promote_artifact": promote_artifact,
}

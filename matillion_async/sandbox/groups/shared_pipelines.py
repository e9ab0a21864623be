"""Pipelines that projects share, and their published versions; one is there from the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._problems import ProblemError, Response, not_found
from matillion_async.sandbox._state import State, Table
from matillion_async.sandbox.groups.artifacts import PIPELINES, reason_to_ignore

_DEFAULT_PREFIX = "com.example.shared"


@dataclass(frozen=True, slots=True)
class SharedVersion:
    """A published version of shared pipelines."""

    prefix: str
    name: str
    files: tuple[str, ...]
    """Paths of its pipelines."""
    created_at: float
    branch: str | None = None
    commit_hash: str | None = None

    @property
    def key(self) -> str:
        """What there is one of."""
        return repr((self.prefix, self.name))

    def row(self) -> dict[str, Any]:
        """The version itself."""
        return {
            "sharedPipelineIdPrefix": self.prefix,
            "versionName": self.name,
            "branch": self.branch,
            "commitHash": self.commit_hash,
            "createdAt": iso(self.created_at),
            "enabled": True,
        }

    def pipelines(self) -> list[dict[str, Any]]:
        """What is in it."""
        return [
            {"sharedPipelineId": f"{self.prefix}.{_stem(path)}", "sourcePipeline": path}
            for path in self.files
        ]


def seed_shared_pipelines(state: State) -> None:
    """Publish a version with one pipeline."""
    version = SharedVersion(_DEFAULT_PREFIX, "1.0.0", ("shared/load.orch.yaml",), 0.0, "main")
    state.tables.of(SharedVersion).add(version.key, version)


def list_shared_pipelines(state: State, call: Call) -> Response:
    """Those of the newest version of each prefix."""
    newest = {version.prefix: version for version in state.tables.of(SharedVersion)}
    found: Table[dict[str, Any]] = Table()
    for version in newest.values():
        for pipeline in version.pipelines():
            found.add(pipeline["sharedPipelineId"], pipeline)
    return page_of(found, call, lambda pipeline: pipeline)


def list_shared_pipeline_artifacts(state: State, call: Call) -> Response:
    """In the order in which they were published."""
    return page_of(state.tables.of(SharedVersion), call, SharedVersion.row)


def upload_shared_pipeline_artifact(state: State, call: Call) -> Response:
    """A version name is taken once per prefix: the second gets 409. Only pipelines become part of a version.

    Without a prefix it is that of the version that is there from the start (the API's own rule is not documented).
    """
    reasons = {path: reason_to_ignore(path, part) for path, part in call.body.items()}
    version = SharedVersion(
        prefix=call.values.get("sharedPipelineIdPrefix", _DEFAULT_PREFIX),
        name=call.values["versionName"],
        files=tuple(
            path for path, reason in reasons.items() if not reason and path.endswith(PIPELINES)
        ),
        created_at=call.now,
        branch=call.values.get("branch"),
        commit_hash=call.values.get("commitHash"),
    )
    versions = state.tables.of(SharedVersion)
    if version.key in versions:
        raise ProblemError(409, "There is a version of this name already.")
    versions.add(version.key, version)
    ignored = [{"name": path, "reason": reason} for path, reason in reasons.items() if reason]
    return Response(200, {"versionName": version.name, "ignoredResources": ignored})


def get_shared_pipeline_artifact_details(state: State, call: Call) -> Response:
    """Without a name, of the version of the prefix that was published last."""
    prefix, name = call.values["sharedPipelineIdPrefix"], call.values.get("versionName")
    found = [
        version
        for version in state.tables.of(SharedVersion)
        if version.prefix == prefix and name in (None, version.name)
    ]
    if not found:
        raise not_found("shared pipeline artifact")
    version = found[-1]
    return Response(200, {"artifactDetails": version.row(), "sharedPipelines": version.pipelines()})


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    for suffix in PIPELINES:
        name = name.removesuffix(suffix)
    return name

"""Versions of shared pipelines: one that is always there, as the calls that publish them are not documented."""

from __future__ import annotations

from typing import Any

from matillion_async.sandbox._operations import Call, Handlers
from matillion_async.sandbox._problems import Answer, not_found
from matillion_async.sandbox._state import State

_EXAMPLE: dict[str, Any] = {
    "artifactDetails": {
        "sharedPipelineIdPrefix": "com.example.shared",
        "versionName": "1.0.0",
        "branch": "main",
        "commitHash": "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "createdAt": "2026-01-01T00:00:00.000Z",
        "enabled": True,
        "provider": "github",
    },
    "sharedPipelines": [
        {
            "sharedPipelineId": "com.example.shared.load",
            "sourcePipeline": "shared/load.orch.yaml",
            "description": "Loads one source",
        }
    ],
}


def get_shared_pipeline_artifact_details(state: State, call: Call) -> Answer:
    """The version 1.0.0 of ``com.example.shared``; any other prefix or version gives 404."""
    details = _EXAMPLE["artifactDetails"]
    version = call.values.get("versionName", details["versionName"])
    asked = (call.values["sharedPipelineIdPrefix"], version)
    if asked != (details["sharedPipelineIdPrefix"], details["versionName"]):
        raise not_found("shared pipeline artifact")
    return Answer(200, _EXAMPLE)


HANDLERS: Handlers = {"get_shared_pipeline_artifact_details": get_shared_pipeline_artifact_details}

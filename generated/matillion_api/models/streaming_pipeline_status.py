# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingPipelineStatus(OpenStrEnum):
    NOT_RUNNING = "NOT_RUNNING"
    SNAPSHOTTING = "SNAPSHOTTING"
    STARTING = "STARTING"
    STOPPING = "STOPPING"
    STREAMING = "STREAMING"
    UNKNOWN = "UNKNOWN"

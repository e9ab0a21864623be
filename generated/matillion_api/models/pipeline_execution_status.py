# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class PipelineExecutionStatus(OpenStrEnum):
    CANCELLED = "CANCELLED"
    CANCELLING = "CANCELLING"
    FAILED = "FAILED"
    FORBIDDEN = "FORBIDDEN"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    UNKNOWN = "UNKNOWN"

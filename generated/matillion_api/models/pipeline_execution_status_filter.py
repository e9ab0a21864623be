# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class PipelineExecutionStatusFilter(OpenStrEnum):
    CANCELLED = "CANCELLED"
    CANCELLING = "CANCELLING"
    FAILED = "FAILED"
    RUNNING = "RUNNING"
    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    UNKNOWN = "UNKNOWN"

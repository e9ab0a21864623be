# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class PipelineExecutionTrigger(OpenStrEnum):
    API = "API"
    DESIGNER = "DESIGNER"
    SCHEDULE = "SCHEDULE"
    SCHEDULE_RUN_NOW = "SCHEDULE_RUN_NOW"
    UNKNOWN = "UNKNOWN"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentTaskStatus(OpenStrEnum):
    ERRORED = "ERRORED"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    STOPPING = "STOPPING"

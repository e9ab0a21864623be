# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentStatus(OpenStrEnum):
    PAUSED = "paused"
    PENDING = "pending"
    RUNNING = "running"
    STOPPED = "stopped"
    UNKNOWN = "unknown"

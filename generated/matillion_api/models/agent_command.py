# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentCommand(OpenStrEnum):
    PAUSE = "PAUSE"
    RESTART = "RESTART"
    RESUME = "RESUME"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentTrack(OpenStrEnum):
    CURRENT = "current"
    STABLE = "stable"

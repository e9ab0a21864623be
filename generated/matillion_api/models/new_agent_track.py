# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class NewAgentTrack(OpenStrEnum):
    CURRENT = "CURRENT"
    STABLE = "STABLE"

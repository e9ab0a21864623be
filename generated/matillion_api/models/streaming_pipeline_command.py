# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingPipelineCommand(OpenStrEnum):
    START = "START"
    STOP = "STOP"

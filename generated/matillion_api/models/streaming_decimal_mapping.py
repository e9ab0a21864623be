# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingDecimalMapping(OpenStrEnum):
    LEGACY = "LEGACY"
    LOGICAL = "LOGICAL"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingTemporalMapping(OpenStrEnum):
    EPOCH = "EPOCH"
    NATIVE = "NATIVE"

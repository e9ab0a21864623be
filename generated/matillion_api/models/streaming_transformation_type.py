# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingTransformationType(OpenStrEnum):
    CHANGE_LOG = "CHANGE_LOG"
    COPY_TABLE = "COPY_TABLE"
    COPY_TABLE_SOFT_DELETE = "COPY_TABLE_SOFT_DELETE"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingTargetType(OpenStrEnum):
    ABS = "abs"
    S3 = "s3"
    SNOWFLAKE = "snowflake"

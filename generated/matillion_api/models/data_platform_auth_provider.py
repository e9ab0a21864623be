# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class DataPlatformAuthProvider(OpenStrEnum):
    REDSHIFT = "REDSHIFT"
    SNOWFLAKE = "SNOWFLAKE"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class Warehouse(OpenStrEnum):
    REDSHIFT = "REDSHIFT"
    SNOWFLAKE = "SNOWFLAKE"

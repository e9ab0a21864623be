# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class CloudProvider(OpenStrEnum):
    AWS = "aws"
    AZURE = "azure"
    GCP = "gcp"
    SNOWFLAKE = "snowflake"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingTablePrefixType(OpenStrEnum):
    NONE = "NONE"
    PREFIX = "PREFIX"
    SOURCE_DATABASE_AND_SCHEMA = "SOURCE_DATABASE_AND_SCHEMA"

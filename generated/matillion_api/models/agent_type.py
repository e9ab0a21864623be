# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentType(OpenStrEnum):
    DATA_PRODUCTIVITY_CLOUD = "data_productivity_cloud"
    STREAMING = "streaming"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class PlatformConnectionType(OpenStrEnum):
    CLOUD_PLATFORM_CREDENTIALS = "CLOUD_PLATFORM_CREDENTIALS"
    COMPONENT_BASIC = "COMPONENT_BASIC"
    DWH = "DWH"

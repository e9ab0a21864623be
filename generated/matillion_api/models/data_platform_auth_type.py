# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class DataPlatformAuthType(OpenStrEnum):
    KEY_PAIR = "KEY_PAIR"
    PASSWORD = "PASSWORD"

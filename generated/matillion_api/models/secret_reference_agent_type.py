# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class SecretReferenceAgentType(OpenStrEnum):
    AWS = "AWS"
    AZURE = "Azure"
    MATILLION_HOSTED = "Matillion hosted"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class SecretReferenceType(OpenStrEnum):
    PASSWORD = "PASSWORD"

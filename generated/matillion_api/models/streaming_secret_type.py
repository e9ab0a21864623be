# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingSecretType(OpenStrEnum):
    AWS_SECRETS_MANAGER = "AWS_SECRETS_MANAGER"
    AZURE_KEY_VAULT = "AZURE_KEY_VAULT"
    GOOGLE_SECRET_MANAGER = "GOOGLE_SECRET_MANAGER"

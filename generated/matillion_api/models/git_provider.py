# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class GitProvider(OpenStrEnum):
    AZURE_DEVOPS = "azure-devops"
    GITHUB = "github"

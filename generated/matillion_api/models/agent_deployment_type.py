# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentDeploymentType(OpenStrEnum):
    FULL_SAAS = "FULL_SAAS"
    HYBRID = "HYBRID"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class ProjectVariableBehaviour(OpenStrEnum):
    COPIED = "COPIED"
    SHARED = "SHARED"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class ProjectVariableType(OpenStrEnum):
    NUMBER = "NUMBER"
    TEXT = "TEXT"

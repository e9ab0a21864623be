# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class TestScope(OpenStrEnum):
    PIPELINE = "PIPELINE"
    PROJECT = "PROJECT"
    TEST = "TEST"

# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class PipelineReviewStatus(OpenStrEnum):
    FAILED = "FAILED"
    PASSED = "PASSED"

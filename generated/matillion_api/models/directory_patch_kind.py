# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class DirectoryPatchKind(OpenStrEnum):
    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"

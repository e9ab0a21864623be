# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class UserAccessLevel(OpenStrEnum):
    ADMIN = "admin"
    DEFAULT = "default"
    NOACCESS = "noAccess"
    READONLY = "readOnly"
    RUNNER = "runner"

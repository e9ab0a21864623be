# Generated from openapi/ by scripts/generate. Do not edit.
"""What the generated functions raise by themselves."""


class InvalidArgument(ValueError):
    """An argument was refused before anything was sent."""


class UnexpectedStatus(Exception):
    """The answer has a status that is not a success."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content
        super().__init__(f"Unexpected status code: {status_code}")


__all__ = ["InvalidArgument", "UnexpectedStatus"]

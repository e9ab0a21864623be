"""What the pipelines of a sandbox do when they run."""

from __future__ import annotations

from dataclasses import dataclass

from matillion_async._arguments import check, seconds_fault, strings, text_fault
from matillion_async._errors import ConfigurationError

OUTCOMES = ("SUCCESS", "FAILED", "CANCELLED", "SKIPPED", "FORBIDDEN")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline of a sandbox: how long it runs, and how it ends.

    Args:
        name: its name, such as ``ingest/orders.orch.yaml``.
        outcome: the status it ends with; after ``FAILED`` its last step has failed.
        seconds: how long it runs; its steps take turns.
        queued: seconds before that.
        message: what its execution says at the end; for a failure there is one by default.
        steps: names of its components, one at least.

    Raises:
        ConfigurationError: an argument is out of bounds.
    """

    name: str
    outcome: str = "SUCCESS"
    seconds: float = 2.0
    queued: float = 0.0
    message: str | None = None
    steps: tuple[str, ...] = ("Extract", "Load", "Report")

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise ConfigurationError("a pipeline needs a name")
        if self.outcome not in OUTCOMES:
            raise ConfigurationError(
                f"pipeline {self.name!r}: outcome must be one of {', '.join(OUTCOMES)}, not "
                f"{self.outcome!r}"
            )
        for name in ("seconds", "queued"):
            fault = seconds_fault(getattr(self, name), may_be_zero=True, must_end=True)
            check(ConfigurationError, f"pipeline {self.name!r}: ", **{name: fault})
        fault = text_fault(self.message, may_be_empty=True, or_none=True)
        check(ConfigurationError, f"pipeline {self.name!r}: ", message=fault)
        where = f"pipeline {self.name!r}: steps"
        if isinstance(self.steps, str) or not strings(ConfigurationError, where, self.steps):
            raise ConfigurationError(f"pipeline {self.name!r}: steps must be one name or more")

    @property
    def reason(self) -> str:
        """What its last step says if it has failed."""
        return self.message or "this pipeline of the sandbox always fails"

    @property
    def last_words(self) -> str:
        """The message of an execution that has ended."""
        if self.message is None and self.outcome == "FAILED":
            return f"{self.steps[-1]}: {self.reason}"
        return self.message or ""


EXAMPLE_PIPELINES = (
    Pipeline("daily.orch.yaml", queued=0.5),
    Pipeline("ingest/orders.orch.yaml"),
    Pipeline("fail.orch.yaml", "FAILED", seconds=1.0),
)
"""What is published to each environment unless a sandbox is told otherwise."""

"""What the AI agent of a sandbox does with a task."""

from __future__ import annotations

from dataclasses import dataclass

from matillion_async._arguments import check, flag_fault, seconds_fault, strings
from matillion_async._errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWork:
    """What the AI agent of a sandbox does with each message that it gets.

    Args:
        seconds: how long it works, without the time for which it waits for decisions.
        says: its messages, at equal distances; the last one at the end.
        asks_for: tools that it wants to use halfway; it waits there for a decision on each that was not granted.
        fails: whether its task ends with ``ERRORED`` instead of ``STOPPED``.

    Raises:
        ConfigurationError: an argument is out of bounds.
    """

    seconds: float = 2.0
    says: tuple[str, ...] = ("I look at the project.", "I change the pipelines.", "Done.")
    asks_for: tuple[str, ...] = ()
    fails: bool = False

    def __post_init__(self) -> None:
        check(
            ConfigurationError,
            "the work of an agent: ",
            seconds=seconds_fault(self.seconds, may_be_zero=True, must_end=True),
            fails=flag_fault(self.fails),
        )
        for name in ("says", "asks_for"):
            strings(ConfigurationError, f"the work of an agent: {name}", getattr(self, name))

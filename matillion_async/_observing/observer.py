"""What an observer is told: the Protocol, and what it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from matillion_async._details import Timing
from matillion_async._transport.values import Request, Response


class ObservedCall(Protocol):
    """One call, as an observer sees it: while it is under way, and when it has ended."""

    @property
    def operation(self) -> str:
        """Such as ``projects.list``; of a call of any path its method and path, values included."""
        ...

    @property
    def method(self) -> str:
        """Of HTTP, in capitals."""
        ...

    @property
    def path_template(self) -> str | None:
        """Such as ``/v1/projects/{projectId}/environments``; None for a call of any path."""
        ...

    @property
    def server(self) -> tuple[str, int | None]:
        """Host and port."""
        ...

    @property
    def attempts(self) -> int:
        """Requests sent so far: while one is under way, that one is counted, so that less one it is the count of resends."""
        ...

    @property
    def timing(self) -> Timing:
        """Where its seconds went until now; ``timing.requests[-1]`` is the last attempt, once that has ended."""
        ...


@dataclass(slots=True)
class ObservedWait:
    """One wait for the end of something, as an observer sees it."""

    kind: str
    """``pipeline_execution`` or ``ai_agent_task``."""
    id: str
    project_id: str | None = None
    name: str | None = None
    """Of the pipeline, where it is known."""
    status: str = ""
    """The last one that is known, such as ``RUNNING``; empty until then."""


@runtime_checkable
class Observer(Protocol):
    """Is told of each call, attempt, wait and renewal when it begins and when it ends.

    Derive a class from it, and write the methods that you want: those that you leave out cost nothing.

    >>> class Calls(Observer):
    ...     def call_began(self, call: ObservedCall) -> float:
    ...         return time.perf_counter()
    ...
    ...     def call_ended(self, call: ObservedCall, state: float, outcome: BaseException | None) -> None:
    ...         print(call.operation, time.perf_counter() - state, outcome)

    Both halves of a pair are called in the same task. What the first gives back is handed to the second as ``state``. An
    ``outcome`` is None for a success, or what is being raised: a cancellation as well. All are plain functions on the event
    loop: keep them quick, and let them raise nothing, since that would end the call.
    """

    def call_began(self, call: ObservedCall) -> Any:
        """A call begins: it waits for a permit and a token now. Arguments that are refused are no call."""
        return None

    def call_ended(self, call: ObservedCall, state: Any, outcome: BaseException | None) -> None:
        """A call has ended, its response read."""
        return

    def attempt_began(self, call: ObservedCall, request: Request) -> Any:
        """A request is sent now, for a token as well; headers may be added, and those that it has hold the token."""
        return None

    def attempt_ended(
        self,
        call: ObservedCall,
        request: Request,
        state: Any,
        outcome: Response | BaseException,
    ) -> None:
        """A request has its response, of any status, or has failed."""
        return

    def attempt_judged(
        self,
        call: ObservedCall,
        ended: Response | Exception,
        retry_in: float | None,
        reason: str,
    ) -> None:
        """It is decided what follows after an attempt of a call.

        Args:
            call: what it is a part of.
            ended: its response if that is a success, or the error.
            retry_in: seconds until the next attempt, without waiting for a permit; None if there is none.
            reason: why the call goes on or ends.
        """
        return

    def wait_began(self, wait: ObservedWait) -> Any:
        """Somebody waits for the end of a run of a pipeline, or of a task of an AI agent."""
        return None

    def wait_ended(self, wait: ObservedWait, state: Any, outcome: BaseException | None) -> None:
        """Such a wait has ended."""
        return

    def renewal_began(self) -> Any:
        """A new token is asked for, by one for all calls."""
        return None

    def renewal_ended(self, state: Any, outcome: BaseException | None) -> None:
        """There is a new token, or none."""
        return

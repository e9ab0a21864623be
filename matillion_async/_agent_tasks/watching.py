"""Watch a task of an AI agent: where it is, what it says, and what it asks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from matillion_api.api.ai_agent_tasks import get_agent_task
from matillion_api.types import UNSET, Unset

from matillion_async._agent_tasks.updates import AgentUpdate, OnDecision, answers_of
from matillion_async._errors import (
    AgentTaskDecisionNeeded,
    ConflictError,
    MatillionError,
    NotFoundError,
    PagingError,
    is_of_the_caller,
    of_the_caller,
)
from matillion_async._runs.statuses import as_text, without_status
from matillion_async._runs.trouble import AGAIN, SETTLING, Trouble
from matillion_async._runs.waiting import ask_until_known

if TYPE_CHECKING:
    from matillion_api.models.agent_task import AgentTask
    from matillion_api.models.agent_task_decision import AgentTaskDecision
    from matillion_api.models.agent_task_message import AgentTaskMessage
    from matillion_api.models.agent_task_message_page import AgentTaskMessagePage
    from matillion_api.models.agent_task_summary import AgentTaskSummary
    from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision

    from matillion_async._agent_tasks.agent_calls import AgentCalls
    from matillion_async._agent_tasks.agent_run import AgentRun
    from matillion_async._runs.seat import Seat

T = TypeVar("T")

logger = logging.getLogger("matillion_async")

ERRORED = "ERRORED"
_STOPPED = "STOPPED"
_MAX_EMPTY_PAGES = 10
"""After so many pages in a row without a message, and with the token of another, the listing has no end."""
_KNOWN = frozenset({"RUNNING", "STOPPING", _STOPPED})


class AgentWatch:
    """One watch over a task.

    Args:
        run: the task.
        calls: how to ask.
        on_update: told what is known after each question.
        interval: seconds between two questions at least.
        on_decision: answers what the agent asks.

    Attributes:
        status: the last one that is known; empty before.
        task: the task, once it has ended.
    """

    def __init__(
        self,
        run: AgentRun,
        calls: AgentCalls,
        on_update: Callable[[AgentUpdate], None] | None,
        interval: float | None,
        on_decision: OnDecision | None,
    ) -> None:
        self._run = run
        self._calls = calls
        self._on_update = on_update
        self._interval = interval
        self._on_decision = on_decision
        self._loop = asyncio.get_running_loop()
        self._began = self._changed = self._loop.time()
        self._answered: set[str] = set()
        self._prepared: tuple[set[str], list[AgentTaskDecision | Mapping[str, Any]]] = (set(), [])
        self._lost: dict[str, MatillionError] = {}
        self._unknown: set[str] = set()
        self._trouble = Trouble()
        self._seat: Seat[AgentTaskSummary] | None = None
        self._pending: tuple[PendingAgentTaskDecision, ...] = ()
        self.status = ""
        self.task: AgentTask | None = None

    async def until_end(self) -> AgentTask:
        """Ask until the agent is no longer at work, as one of all who wait over the connection."""
        gathering = self._calls.gathering
        async with gathering.seat(
            None, self._run.id, self._interval, lambda: self._pause(calls=1)
        ) as seat:
            self._seat = seat
            await seat.rest()
            ended: AgentTask | MatillionError = await self._persist(
                lambda: self._take(seat), rest=seat.rest
            )
            gathering.ended()
        if isinstance(ended, MatillionError):
            raise ended
        return ended

    async def _take(self, seat: Seat[AgentTaskSummary]) -> AgentTask | MatillionError | None:
        """What the task itself says when it is asked; a listing only tells that its agent is at work."""
        news = seat.take()
        if news is None:
            ended = await self._ask()
            seat.answered(None)
            return ended
        status = self.status if news.row is None else as_text(news.row.status)
        self._report(status, self._pending, news.trouble)
        return None

    async def messages(self) -> AsyncGenerator[AgentTaskMessage, None]:
        """What is said until then; sets ``task`` at the end."""
        token: str | Unset = UNSET
        tokens: set[str] = set()
        known: Counter[str] = Counter()  # the messages of the last page, which may get more
        while True:
            # The status first: what is said before the end is in the listing then.
            needed: AgentTaskDecisionNeeded | None = None
            try:
                self.task = await self._look()
            except AgentTaskDecisionNeeded as error:
                needed = error  # once the question can be read in its context
            empty = 0
            while True:
                page = await self._page(token)
                empty = 0 if page.results else empty + 1
                for message in page.results:
                    text = _as_text(message)
                    if known[text] > 0:
                        known[text] -= 1
                        continue
                    self._changed = self._loop.time()
                    yield message
                if not page.more:
                    known = Counter(map(_as_text, page.results))
                    break
                if page.more in tokens:
                    raise PagingError("the server contradicts itself: a page token came twice")
                if empty >= _MAX_EMPTY_PAGES:
                    text = f"the server contradicts itself: {empty} pages in a row were empty"
                    raise PagingError(text)
                tokens.add(page.more)
                token, known = page.more, Counter()
            if needed is not None:
                raise needed
            if self.task is not None:
                return
            await asyncio.sleep(self._pause(calls=2))

    async def _look(self) -> AgentTask | None:
        """The task, if it has ended by now."""

        async def ask() -> tuple[AgentTask | MatillionError | None]:
            return (await self._ask(),)

        (ended,) = await self._persist(ask)
        if isinstance(ended, MatillionError):
            raise ended
        return ended

    async def _page(self, token: str | Unset) -> AgentTaskMessagePage:
        async def ask() -> AgentTaskMessagePage:
            return await self._calls.page(self._run.id, 100, token)

        return await self._persist(ask, "the messages of ")

    async def _persist(
        self,
        ask: Callable[[], Awaitable[T | None]],
        what: str = "",
        rest: Callable[[], Awaitable[None]] | None = None,
    ) -> T:
        return await ask_until_known(
            ask,
            what=f"{what}{self._run}",
            trouble=self._trouble,
            on_failure=lambda error: self._report(self.status, (), error),
            rest=rest or self._rest,
        )

    async def _rest(self) -> None:
        await asyncio.sleep(self._pause(calls=1))

    def _pause(self, *, calls: int) -> float:
        waited = self._loop.time() - self._changed
        return self._calls.polling.pause(
            waited, self._calls.requests_per_minute, calls=calls, interval=self._interval
        )

    async def _ask(self) -> AgentTask | MatillionError | None:
        """The task, if its agent is no longer at work and asks nothing; an error that ends the watch, if a decision
        whose response was lost is still pending: it may be temporary itself, and is not raised for that."""
        task = await self._run.details()
        status = as_text(task.status)
        if not status:
            raise without_status(get_agent_task.OPERATION.id, task.to_dict())
        self._pending = pending = tuple(task.pending_decisions or ())
        self._report(status, pending, None)
        if status == ERRORED:
            return task
        for decision in pending:
            if _key(decision) in self._lost:
                return self._lost[_key(decision)]
        self._lost.clear()
        asked = [decision for decision in pending if _key(decision) not in self._answered]
        if asked:
            await self._answer(asked)
            return None
        if status == _STOPPED and not pending:
            return task
        self._doubt(status, pending)
        return None

    def _doubt(self, status: str, pending: Sequence[PendingAgentTaskDecision]) -> None:
        """Log what keeps the task from an end, if it is anything but work."""
        now = self._loop.time()
        if status not in _KNOWN | self._unknown:
            self._unknown.add(status)
            logger.warning("%s has the unknown status %r; still waiting", self._run, status)
        if pending:
            text = f"{self._run} still asks what was decided; still waiting"
            self._trouble.met(now, text, grace=SETTLING)
        elif status not in _KNOWN:
            text = (
                f"the status of {self._run} is {status}, of which nothing is known; still waiting"
            )
            self._trouble.met(now, text, grace=AGAIN)
        else:
            self._trouble.over()

    async def _answer(self, asked: Sequence[PendingAgentTaskDecision]) -> None:
        """Answer what is asked.

        Raises:
            AgentTaskDecisionNeeded: nobody can.
        """
        keys = {_key(decision) for decision in asked}
        if self._on_decision is not None and self._prepared[0] != keys:
            with of_the_caller:
                self._prepared = (keys, list(await answers_of(self._on_decision, asked) or ()))
        answers = self._prepared[1]
        if not answers:
            raise AgentTaskDecisionNeeded(
                f"{self._run} waits for a decision: {'; '.join(map(_in_words, asked))}",
                task_id=self._run.id,
                decisions=tuple(asked),
            )
        try:
            await self._run.decide(answers)
        except MatillionError as error:
            if is_of_the_caller(error):
                raise
            is_decided = isinstance(error, NotFoundError | ConflictError)  # by somebody else
            if is_decided or error.may_have_been_processed:
                self._lost = dict.fromkeys(keys, error)
            if not is_decided:
                raise
            return
        self._answered |= keys
        self._changed = self._loop.time()

    def _report(
        self,
        status: str,
        pending: tuple[PendingAgentTaskDecision, ...],
        trouble: MatillionError | None,
    ) -> None:
        now = self._loop.time()
        is_new = status != self.status
        if is_new:
            self.status, self._changed = status, now
            if self._seat is not None:
                self._seat.changed()
        if self._on_update is not None:
            elapsed = now - self._began
            update = AgentUpdate(self._run, status, elapsed, is_new, pending, trouble)
            with of_the_caller:
                self._on_update(update)


def _key(decision: PendingAgentTaskDecision) -> str:
    return decision.tool_id or _as_text(decision)


def _as_text(model: PendingAgentTaskDecision | AgentTaskMessage) -> str:
    return json.dumps(model.to_dict(), sort_keys=True, default=str)


def _in_words(decision: PendingAgentTaskDecision) -> str:
    message = decision.permission_message
    text = "" if isinstance(message, Unset) else message.body or message.title
    return f"{text or decision.tool_name or 'something'} ({decision.tool_id or 'without an id'})"

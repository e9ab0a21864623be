"""The calls that are made for a task of an AI agent: ahead of others in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from matillion_api.api.ai_agent_tasks import AiAgentTasks, list_agent_task_messages
from matillion_api.models.agent_task_message_page import AgentTaskMessagePage
from matillion_api.models.agent_task_summary import AgentTaskSummary
from matillion_api.types import Unset

from matillion_async._agent_tasks.agent_listings import AgentListings
from matillion_async._limits.queue import Priority
from matillion_async._names.naming import NamingSession
from matillion_async._runs.gathering import Gathering, Gatherings
from matillion_async._runs.polling import Polling, part_of_rate


def _parse_messages(data: Any) -> AgentTaskMessagePage:
    """A page whose next one is called ``more`` or ``nextCursor``: the reference has both."""
    if isinstance(data, Mapping) and not data.get("more") and data.get("nextCursor"):
        data = {**data, "more": data["nextCursor"]}
    return list_agent_task_messages.OPERATION.parse(data)


LIST_MESSAGES = attrs.evolve(list_agent_task_messages.OPERATION, parse=_parse_messages)
"""The generated operation; a page names the next one as ``more``, whatever the server calls it."""


class AgentGatherings(Gatherings[AgentTaskSummary]):
    """Those of tasks."""


class AgentCalls(AiAgentTasks):
    """The operations on tasks, with the priority of somebody who waits.

    Args:
        session: the client's.

    Attributes:
        polling: all who poll over the connection.
        told: who is told of waits.
        gathering: all who wait over the connection with the same options.
    """

    def __init__(self, session: NamingSession) -> None:
        urgent = session.with_options(priority=Priority.INTERACTIVE).per_call()
        super().__init__(urgent)
        connection = session.by_id.connection
        self.polling = connection.shared(Polling)
        self.told = session.by_id.options.told
        self._limiter = connection.limiter
        self.gathering = connection.shared(AgentGatherings).of(
            urgent.by_id.options,
            lambda: Gathering(
                AgentListings(self),
                self.polling,
                lambda: self.requests_per_minute,
                "matillion waits for tasks",
                tells_all=False,
            ),
        )

    @property
    def requests_per_minute(self) -> float:
        """The long-run rate of the limiter, or this process's part of it."""
        return part_of_rate(self._limiter.stats())

    async def page(self, task_id: str, limit: int, token: str | Unset) -> AgentTaskMessagePage:
        """One page of what was said in a task."""
        return await self._session.call(
            LIST_MESSAGES, task_id=task_id, limit=limit, pagination_token=token
        )

"""What users do, at random: one call after the other, each judged by the oracle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from scripts._soak.bulks import Bulks
from scripts._soak.caller import Caller, differs
from scripts._soak.pipelines import Pipelines
from scripts._soak.world import ENVIRONMENTS, SYNTHETIC, created_id, environment_names


class User:
    """Somebody who uses a client in many ways."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._bulks = Bulks(caller)
        self._pipelines = Pipelines(caller)

    async def live(self, until: asyncio.Event) -> None:
        """Act until it is over, and finish what was begun."""
        acts: list[tuple[Callable[[], Awaitable[object]], int]] = [
            (self.get, 30),
            (self.walk, 15),
            (self.create, 15),
            (self.delete, 5),
            (self._pipelines.run, 15),
            (self._bulks.reads, 3),
            (self._bulks.writes, 5),
            (self._pipelines.watch, 4),
            (self.publish, 4),
        ]
        while not until.is_set():
            (act,) = self._caller.chance.choices(
                [act for act, _ in acts], [share for _, share in acts]
            )
            await act()
            await asyncio.sleep(self._caller.chance.expovariate(1 / self._caller.workload.think))

    async def get(self) -> None:
        """One GET."""
        execution_id = f"{SYNTHETIC}{self._caller.marker()}"
        client, limits = self._caller.hurried()
        await self._caller.oracle.call(
            "get",
            execution_id,
            lambda: client.pipeline_executions.get(
                self._caller.marker_of(execution_id), execution_id
            ),
            lambda found: differs(execution_id, found.pipeline_execution_id),
            **limits,
        )

    async def walk(self) -> None:
        """A listing, to its end or not."""
        project = self._caller.marker()
        expected = environment_names(project)
        wanted = self._caller.chance.choice((len(expected), len(expected), 30))
        client, limits = self._caller.hurried()
        size = self._caller.chance.choice((20, 100))

        async def walked() -> list[str]:
            names: list[str] = []
            async with aclosing(client.environments.list(project, size=size).pages()) as pages:
                async for page in pages:
                    names += [row.name for row in page.results]
                    if len(names) >= wanted:
                        break
            return names

        await self._caller.oracle.call(
            "walk",
            project,
            walked,
            lambda names: differs(
                expected[: len(names)] if len(names) >= wanted else expected, names
            ),
            **limits,
        )

    async def create(self) -> None:
        """One POST."""
        marker = self._caller.marker()
        client, limits = self._caller.hurried()
        await self._caller.oracle.call(
            "create",
            marker,
            lambda: self._caller.created(client, marker),
            lambda made: differs(created_id(marker), made.project_id),
            is_write=True,
            **limits,
        )

    async def delete(self) -> None:
        """One DELETE."""
        marker = self._caller.marker()
        client, limits = self._caller.hurried()
        await self._caller.oracle.call(
            "delete",
            marker,
            lambda: client.projects.delete(marker),
            lambda _: None if self._caller.witness.processed(marker) else "deleted nothing",
            is_write=True,
            **limits,
        )

    async def publish(self) -> None:
        """A small folder published."""
        marker, project = self._caller.marker(), self._caller.marker()
        client, limits = self._caller.hurried(deadlines=False)
        await self._caller.oracle.call(
            "publish",
            marker,
            lambda: client.artifacts.publish(
                project, self._caller.folder, version_name=marker, environment_name=ENVIRONMENTS[0]
            ),
            lambda _: (
                None if self._caller.world.is_published(project, marker) else "published nothing"
            ),
            is_write=True,
            **limits,
        )

"""A process of a fleet: calls as fast as it may for some time, then tells what became of them.

It is told what to do by a line of JSON on its standard input, says that it is ready, and begins when there is another line.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from matillion_async import AiohttpTransport, MatillionClient, MatillionError, Token
from tests.matillion_async.share.event_loops import run


@dataclass(frozen=True)
class Task:
    """What a process is to do."""

    base_url: str
    share: str
    limits: list[str] | None
    callers: int
    seconds: float
    event_loop: str
    authority: str = ""
    """The file of that which the server's certificate is of."""
    secret: str = ""
    """With which it fetches a token; without, it needs none."""


@dataclass
class Outcome:
    """What became of it."""

    done: int = 0
    refused: int = 0
    processes: int = 0
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class Tokens:
    """A token that needs no server."""

    async def fetch(self) -> Token:
        return Token("token", expires_in=3600)


class Warnings(logging.Handler):
    """Notes what the package warns of."""

    def __init__(self, noted: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        self._noted.append(record.getMessage())


async def work(task: Task) -> Outcome:
    """Do it."""
    outcome = Outcome()
    logging.getLogger("matillion_async").addHandler(Warnings(outcome.warnings))
    loop = asyncio.get_running_loop()
    verify = ssl.create_default_context(cafile=task.authority) if task.authority else True
    credentials: dict[str, Any] = {"token_source": Tokens()}
    if task.secret:
        credentials = {"client_secret": task.secret, "token_url": f"{task.base_url}/token"}
    async with MatillionClient(
        client_id="the-account",
        base_url=task.base_url,
        **credentials,
        rate_limits=task.limits,
        share=task.share,
        transport=AiohttpTransport(trust_env=False, verify=verify),
    ) as client:
        print("ready", flush=True)  # noqa: T201 - to the test
        await loop.run_in_executor(None, sys.stdin.readline)
        until = loop.time() + task.seconds

        async def call() -> None:
            while loop.time() < until:
                try:
                    await client.projects.list(size=1)
                except MatillionError as error:
                    outcome.errors.append(repr(error))
                else:
                    outcome.done += 1

        callers = [asyncio.create_task(call()) for _ in range(task.callers)]
        _, late = await asyncio.wait(callers, timeout=task.seconds + 0.2)
        outcome.refused = client.limiter.stats().refused
        outcome.processes = getattr(client.limiter.stats(), "processes", 0)
        for each in late:
            each.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
    return outcome


def main() -> None:
    task = Task(**json.loads(sys.stdin.readline()))
    print(json.dumps(asdict(run(task.event_loop, work(task)))), flush=True)  # noqa: T201 - to the test


if __name__ == "__main__":
    main()

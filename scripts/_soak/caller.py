"""What all users have: a client, an oracle that judges, a workload, and chance."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matillion_async import MatillionClient, RetryPolicy
from scripts._soak.oracle import Oracle
from scripts._soak.witness import Witness
from scripts._soak.world import SYNTHETIC, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """How users behave.

    Args:
        think: seconds between two acts of one user, on the average.
        longest_wait: seconds after which a caller that cancels has done so, mostly.
        longest_start: seconds after which a caller gives up a start: the client looks for one whose response was lost.
        timeout: of one attempt.
        poll: seconds between two questions for a run.
        most_items: of a bulk.
        deadlines: share of the calls that have a deadline.
        cancels: share of the other calls that are cancelled, if they last long enough.
    """

    think: float
    longest_wait: float
    longest_start: float
    timeout: float
    poll: float
    most_items: int
    deadlines: float = 0.15
    cancels: float = 0.1


@dataclass(slots=True)
class Caller:
    """Somebody who uses a client.

    Args:
        client: what is used.
        oracle: who judges.
        witness: who knows what the server saw.
        world: what is true.
        workload: how it behaves.
        folder: what it publishes.
        chance: decides what it does.
    """

    client: MatillionClient
    oracle: Oracle
    witness: Witness
    world: World
    workload: Workload
    folder: Path
    chance: random.Random

    def hurried(self, *, deadlines: bool = True) -> tuple[MatillionClient, dict[str, Any]]:
        """The client with options of its own at times, and what the oracle has to know of them."""
        workload, chance = self.workload, self.chance
        client, limits = self.client, dict[str, Any]()
        if chance.random() < 0.1:
            client = client.with_options(retry=RetryPolicy(max_attempts=chance.choice((1, 2))))
        if chance.random() < 0.1:
            client = client.with_options(timeout=workload.timeout * chance.uniform(0.1, 0.5))
        if deadlines and chance.random() < workload.deadlines:
            limits["deadline"] = workload.longest_wait * (0.05 + chance.random() ** 2)
            client = client.with_options(deadline=limits["deadline"])
        else:
            limits["cancel_after"] = self.often(workload.cancels, workload.longest_wait)
        return client, limits

    def often(self, share: float, longest: float) -> float | None:
        """A random time, in a share of the cases."""
        chance = self.chance
        return longest * chance.random() ** 3 if chance.random() < share else None

    async def created(self, client: MatillionClient, marker: str) -> Any:
        """Create a project of that name."""
        return await client.projects.create(
            name=marker, warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
        )

    def marker(self) -> str:
        """What tells a call from all others."""
        return str(uuid.UUID(int=self.chance.getrandbits(128)))

    @staticmethod
    def marker_of(execution_id: str) -> str:
        """The marker in the id of a synthetic execution."""
        return execution_id.removeprefix(SYNTHETIC)


def differs(expected: object, actual: object) -> str | None:
    """What is wrong with a value; None if nothing is."""
    return (
        None if expected == actual else f"expected {str(expected)[:200]}, got {str(actual)[:200]}"
    )

"""A soak from its beginning to its end: storms, calms, and what is measured and checked in them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from matillion_async import MatillionClient
from scripts._soak.caller import Caller
from scripts._soak.complaints import complaints
from scripts._soak.doors import Door
from scripts._soak.faults import FaultInjector
from scripts._soak.findings import Findings
from scripts._soak.leftovers import Level, growth, live_timers, measure, warm_up
from scripts._soak.oracle import Oracle
from scripts._soak.plans import Plan
from scripts._soak.service import TOKEN_PREFIX, Service
from scripts._soak.users import User
from scripts._soak.witness import Witness
from scripts._soak.world import SYNTHETIC, World

SECRET = "soak-secret"
_RENEWAL = 10


OpenDoor = Callable[[Service], AbstractAsyncContextManager[Door]]
Progress = Callable[[Findings, float], None]


class Soak:
    """One soak.

    Args:
        plan: how long and how fast.
        seed: of all draws.
        open_door: opens the server's door.
        progress: told of the findings so far, and the time, now and then.
        around: wraps the client's transport: tests break it so.
        make_client: makes the client: tests break it so.
    """

    def __init__(
        self,
        plan: Plan,
        seed: int,
        open_door: OpenDoor,
        progress: Progress = lambda findings, now: None,
        around: Callable[[Any], Any] = lambda given: given,
        make_client: Callable[..., MatillionClient] = MatillionClient,
    ) -> None:
        self._plan = plan
        self._seed = seed
        self._open_door = open_door
        self._progress = progress
        self._around = around
        self._make_client = make_client

    async def run(self) -> Findings:
        """Let it all happen, then look at what stays behind."""
        plan, loop = self._plan, asyncio.get_running_loop()
        random.seed(self._seed)  # the client's own draws
        began = loop.time()

        def clock() -> float:
            return loop.time() - began

        witness = Witness(clock, grace=2 * plan.drain)
        chance = random.Random(f"server {self._seed}")
        world = World(chance, clock, plan.workload.longest_wait)
        injector = FaultInjector(chance, plan.shares)
        service = Service(
            world,
            injector,
            witness,
            chance,
            clock,
            limits=plan.rate_limits,
            slow=plan.slow,
            token_life=plan.token_life,
        )
        secrets = (SECRET, TOKEN_PREFIX)
        oracle = Oracle(witness, secrets, plan.lateness)
        findings = Findings(witness, oracle, service)
        await warm_up()
        before = measure()
        with complaints(witness, secrets), tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for number in range(3):
                (folder / f"{number}.orch.yaml").write_text("type: orchestration\n" * 50)
            async with self._open_door(service) as door:
                client = self._client(door)
                users = [
                    User(
                        Caller(
                            client,
                            oracle,
                            witness,
                            world,
                            plan.workload,
                            folder,
                            random.Random(f"user {number} {self._seed}"),
                        )
                    )
                    for number in range(plan.users)
                ]
                async with client:
                    while not findings.levels or clock() < plan.seconds - plan.storm / 2:
                        await self._cycle(findings, client, users, door, clock)
            await asyncio.sleep(0.1)  # connections that were closed are taken apart in later turns
            self._check_leftovers(findings, before)
        findings.seconds = clock()
        return findings

    def _client(self, door: Door) -> MatillionClient:
        return self._make_client(
            client_id="soak",
            client_secret=SECRET,
            base_url=door.base_url,
            token_url=door.token_url,
            transport=self._around(door.transport),
            rate_limits=self._plan.limits,
            timeout=self._plan.workload.timeout,
        )

    async def _cycle(
        self,
        findings: Findings,
        client: MatillionClient,
        users: Sequence[User],
        door: Door,
        clock: Callable[[], float],
    ) -> None:
        """A storm, a calm in which all calls end, and one in which the rate is measured."""
        plan, service, witness = self._plan, findings.service, findings.witness
        witness.event("", "a storm begins")
        service.injector.is_stormy = True
        over = asyncio.Event()
        living = [asyncio.create_task(user.live(over)) for user in users]
        disturbed = asyncio.create_task(self._disturb(service, door, over))
        await self._wait(findings, clock, min(plan.storm, plan.seconds))
        over.set()
        await disturbed
        service.injector.is_stormy = False
        witness.event("", "a calm begins")
        _, stuck = await asyncio.wait(living, timeout=plan.drain)
        await self._end(findings, stuck)
        for task in living:
            if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                witness.breach("an error of a foreign type", f"outside of calls: {error!r}")
        await self._measure(findings, client, clock)
        await self._check_rest(findings, client, door)
        findings.levels.append(measure())

    async def _disturb(self, service: Service, door: Door, over: asyncio.Event) -> None:
        """Restart the server, revoke tokens, and let somebody else use up the limits."""
        chance, plan = service.chance, self._plan
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), chance.expovariate(1 / plan.disturbance))
            if over.is_set():
                return
            kind = chance.choice(("restart", "revoke", "neighbour"))
            if kind == "restart":
                service.disturbances["the server restarted"] += 1
                await door.restart(plan.away * chance.random())
            elif kind == "revoke":
                service.disturbances["all tokens revoked"] += 1
                service.revoke()
            else:
                service.disturbances["somebody else sent requests"] += 1
                count, _ = min(plan.rate_limits, key=lambda limit: limit[1])
                service.neighbour(count)

    async def _measure(
        self, findings: Findings, client: MatillionClient, clock: Callable[[], float]
    ) -> None:
        """Saturate the limit in a calm, and note which share of it was used, and of the requests refused."""
        plan, service = self._plan, findings.service
        over = asyncio.Event()
        callers = [
            asyncio.create_task(self._saturate(findings, client, over))
            for _ in range(plan.saturators)
        ]
        await self._wait(findings, clock, plan.settle)
        rate = self._share_of_limit(client)  # before, as it only rises in a calm
        accepted, refused, began = service.accepted, service.statuses[429], clock()
        await self._wait(findings, clock, plan.measured)
        sent, turned_away = service.accepted - accepted, service.statuses[429] - refused
        used = sent / (plan.rate * (clock() - began))
        share = turned_away / max(1, sent + turned_away)
        over.set()
        _, stuck = await asyncio.wait(callers, timeout=plan.drain)
        await self._end(findings, stuck)
        findings.used.append(used)
        findings.refused.append(share)
        if used < plan.least_used * rate or rate < plan.least_rate:
            detail = (
                f"{used:.1%} of it at a rate of {rate:.1%}, in a calm that ended at {clock():.0f} s"
            )
            findings.witness.breach("the limit was not used", detail)
        if share > plan.most_refused:
            detail = f"{share:.1%} of the requests, in a calm that ended at {clock():.0f} s"
            findings.witness.breach("too many requests were refused", detail)

    def _share_of_limit(self, client: MatillionClient) -> float:
        """The rate that the client keeps, as a share of the limit."""
        return min(1.0, client.limiter.stats().requests_per_minute / 60 / self._plan.rate)

    async def _saturate(
        self, findings: Findings, client: MatillionClient, over: asyncio.Event
    ) -> None:
        while not over.is_set():
            project = str(uuid.UUID(int=findings.service.chance.getrandbits(128)))
            execution_id = f"{SYNTHETIC}{project}"

            async def get(project: str = project, execution_id: str = execution_id) -> str:
                return (
                    await client.pipeline_executions.get(project, execution_id)
                ).pipeline_execution_id

            def check(found: str, execution_id: str = execution_id) -> str | None:
                return None if found == execution_id else f"expected {execution_id}, got {found}"

            await findings.oracle.call("get in a calm", execution_id, get, check)

    async def _end(self, findings: Findings, stuck: set[asyncio.Task[None]]) -> None:
        """Note calls that did not end, and end them."""
        if stuck:
            findings.oracle.check_nothing_open(self._plan.drain)
            for task in stuck:
                task.cancel()
            await asyncio.wait(stuck, timeout=self._plan.lateness)

    async def _wait(self, findings: Findings, clock: Callable[[], float], seconds: float) -> None:
        """Let time pass, with a word now and then."""
        end = clock() + seconds
        while (left := end - clock()) > 0:
            await asyncio.sleep(min(left, self._plan.tick))
            self._progress(findings, clock())

    async def _check_rest(self, findings: Findings, client: MatillionClient, door: Door) -> None:
        """With no call under way, nothing may be taken, but for a token that is renewed ahead of its end."""
        stats = client.limiter.stats()
        if stats.waiting or stats.in_flight:
            findings.witness.breach(
                "the limiter is not at rest",
                f"{stats.waiting} wait, {stats.in_flight} are in flight",
            )
        for _ in range(_RENEWAL):
            if door.busy:
                await asyncio.sleep(self._plan.workload.timeout / _RENEWAL)
        if door.busy:
            findings.witness.breach("a connection stays busy", f"{door.busy} of them")

    def _check_leftovers(self, findings: Findings, before: Level) -> None:
        breach, after = findings.witness.breach, measure()
        if after.tasks > before.tasks:
            names = [repr(task)[:200] for task in asyncio.all_tasks()]
            breach("a task stays behind", "; ".join(names))
        if after.descriptors is not None and after.descriptors > (before.descriptors or 0):
            breach(
                "a descriptor stays open", f"{before.descriptors} before, {after.descriptors} after"
            )
        for timer in live_timers():
            breach("a timer stays behind", timer)
        for what in growth(findings.levels):
            breach("memory grows", what)

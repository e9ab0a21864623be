"""The server at a distance that benchmarks measure against, and what they reckon from it."""

from __future__ import annotations

import asyncio
import math

import httpx
import pytest

from benchmarks import _far_server
from benchmarks._saturated import Counts, History, saturate
from benchmarks._world import Travel, World
from benchmarks.strays import CHANGED, LIMITS, RESTORED, back_after, refused_later, shared
from benchmarks.tokens import Issuer
from benchmarks.travel import Case, measure
from matillion_async import MatillionClient

TENTH = Travel(0.1, "none")


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


async def call(world: World) -> None:
    """One call of a new client."""
    async with MatillionClient(
        base_url="http://localhost", token_source=world, transport=world
    ) as client:
        await client.projects.list(size=25)


@pytest.mark.virtual_time
async def test_a_warm_client_travels_there_and_back() -> None:
    """It has its token and a connection."""
    await call(World(("5/s",), "bucket", TENTH))

    assert now() == pytest.approx(0.2)


@pytest.mark.virtual_time
async def test_a_cold_client_opens_a_connection_for_its_token() -> None:
    """Four journeys for the connection, two for the token; the call takes the same connection."""
    await call(World(("5/s",), "bucket", TENTH, warm=False))

    assert now() == pytest.approx(0.8)


@pytest.mark.virtual_time
async def test_a_stray_refusal_takes_nothing_of_the_limit() -> None:
    """Everything is refused, and the whole limit is left."""
    world = World(("1/min",), "bucket", TENTH, stray_every=1, stray_retry_after=7)
    request = httpx.Request("GET", "http://localhost/v1/projects")
    responses = [await world.handle_async_request(request) for _ in range(3)]

    assert [429] * 3 == [response.status_code for response in responses]
    assert "7" == responses[0].headers["retry-after"]
    assert (3, 3) == (world.arrived, world.refused)
    assert 0 == world.limit.hit(now())


@pytest.mark.virtual_time
async def test_a_saturated_client_uses_its_limit() -> None:
    """It is counted in samples, and nothing of it is left running."""
    before = asyncio.all_tasks()
    world = World(("60/min", "5/s"), "bucket", TENTH)
    history = await saturate([world], 120, ("60/min", "5/s"))

    assert 0.95 < history.share(1.0, 0, 120) < 1.05
    assert 0 == history.failed
    assert before == asyncio.all_tasks()


def test_clients_that_share_a_limit_meet_the_same_one() -> None:
    """Two of them have no more than one."""
    used, refused = shared(2, "bucket", 120)

    assert 0.8 < used < 1.05
    assert refused > 0


def test_a_case_is_counted() -> None:
    """A network without distance gives a time near the optimum."""
    case = Case(("1200/min", "100/s"), "sliding-window", Travel(0.0, "none"), warm=True)
    result = measure(case, start=7.0, seed=0)

    assert (0, 0) == (result.refused, result.failed)
    assert case.optimum <= result.seconds < 1.2 * case.optimum


def _history(*rates: tuple[float, int, int]) -> History:
    """Samples every ten seconds: until a time, requests and refusals in each."""
    samples = [Counts(0.0, 0, 0)]
    for until, arrived, refused in rates:
        while (last := samples[-1]).time < until:
            samples.append(Counts(last.time + 10, last.arrived + arrived, last.refused + refused))
    return History(samples)


def test_refusals_of_the_first_minute_after_a_change_do_not_count() -> None:
    """Only those that come later, as a share of what was sent later."""
    history = _history((CHANGED, 100, 0), (CHANGED + 60, 100, 90), (RESTORED, 50, 1), (6000, 9, 9))

    assert refused_later(history) == pytest.approx(0.02)


def test_a_limit_is_back_when_nine_tenths_are_used_for_a_minute() -> None:
    """Sampled every ten seconds, from the end of the change on."""
    assert LIMITS[0] == "600/min"
    history = _history((RESTORED + 120, 50, 0), (RESTORED + 400, 91, 0))

    assert back_after(history) == pytest.approx(180)
    assert math.inf == back_after(_history((RESTORED + 400, 50, 0)))


def test_an_issuer_revokes_all_tokens_again_and_again() -> None:
    """A token is good until the next time; a new one is good again."""
    issuer = Issuer(revokes_every=30)
    token = issuer.issue(29)

    assert issuer.accepts(token, 29.9)
    assert not issuer.accepts(token, 30)
    assert issuer.accepts(issuer.issue(30), 59)


def test_an_issuer_may_keep_one_token_only() -> None:
    """A new one revokes the last."""
    issuer = Issuer(None)
    first, second = issuer.issue(0), issuer.issue(0)

    assert [False, True] == [issuer.accepts(token, 0) for token in (first, second)]


def test_a_far_server_gives_a_token_and_counts_calls() -> None:
    """In a process of its own: a token, one page, and one refusal with its Retry-After."""
    with _far_server.running(("1/min",), "bucket", Travel(0.01, "uniform")) as (address, counts):
        token = httpx.post(f"{address}{_far_server.TOKEN_PATH.decode()}", data={"a": "b"}).json()
        responses = [httpx.get(f"{address}/v1/projects?size=25") for _ in range(2)]

    assert "Bearer" == token["token_type"]
    assert [200, 429] == [response.status_code for response in responses]
    assert "60" == responses[1].headers["retry-after"]
    assert (2, 1) == (counts.arrived, counts.refused)

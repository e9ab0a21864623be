"""One token for all processes: fetched and renewed by one of them, whatever becomes of it, of the token and of the place."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from matillion_async._errors import AuthenticationError, TokenUnavailableError
from matillion_async._share.place import TIMEOUT
from matillion_async._share.token_record import (
    LEASE,
    NEWS_FOR,
    Asker,
    Issued,
    TokenRecord,
    Turn,
)
from matillion_async._share.tokens import LAST_LOOK
from matillion_async._tokens.token_source import Secret
from tests.matillion_async.share.token_world import Process, World, now

pytestmark = pytest.mark.virtual_time

PLACES = pytest.mark.parametrize("travel", [0.0, 0.02], ids=["at once", "far"])
SOON = 0.01


async def calls_of(processes: list[Process], number: int = 20) -> set[str]:
    """Many calls of each process at once; the tokens that they succeeded with."""
    return set().union(*await asyncio.gather(*(each.calls(number) for each in processes)))


async def seconds(process: Process) -> float:
    """How long a call takes."""
    began = now()
    await process.call()
    return now() - began


def refused() -> AuthenticationError:
    error = AuthenticationError("no such client", status_code=401, error_code="invalid_client")
    error.advice.append("look at the credentials")
    return error


def down(status: int | None = 503, retry_after: float = 0.0) -> TokenUnavailableError:
    return TokenUnavailableError("it is down", status_code=status, retry_after=retry_after)


# One token for all


@PLACES
async def test_one_request_for_all_processes(travel: float) -> None:
    """Eight processes with twenty callers each that begin together ask for one token."""
    world = World()

    assert {"token-1"} == await calls_of(world.processes(8, travel=travel))
    assert 1 == world.fetched


@PLACES
async def test_later_processes_take_the_token_that_is_there(travel: float) -> None:
    """Fifty processes, one after the other, ask for one token; it is renewed when it was to be, not later."""
    world = World()
    for _ in range(50):
        await world.process(travel=travel).call()
        await asyncio.sleep(20)
    assert 1 == world.fetched

    late = world.process(travel=travel)
    await late.call()
    await asyncio.sleep(1500 - now() - 1)
    assert late.tokens.current() is not None
    await asyncio.sleep(2)
    assert late.tokens.current() is None


async def test_the_life_of_a_token_begins_with_the_request_for_it() -> None:
    """Also for those that took it from another process: they renew it when that one does."""
    world = World(latency=25.0)
    processes = world.processes(2)
    await calls_of(processes)
    await asyncio.sleep(1500 - now() - 1)
    assert all(each.tokens.current() for each in processes)
    await asyncio.sleep(2)
    assert not any(each.tokens.current() for each in processes)


@PLACES
async def test_one_renews_and_all_others_use_the_old_one_meanwhile(travel: float) -> None:
    """In the window of renewal no call waits, one process asks for a token, and all have it then."""
    world = World()
    processes = world.processes(8, travel=travel)
    await calls_of(processes)
    await asyncio.sleep(1500)
    world.issuer.latency = 5.0

    for each in processes:
        assert 0.0 == await seconds(each)
        await asyncio.sleep(0.1)
    assert {"token-1"} == await calls_of(processes)
    await asyncio.sleep(5.0)

    assert {"token-2"} == await calls_of(processes)
    assert 2 == world.fetched


async def test_one_that_begins_in_the_window_of_renewal_renews_it() -> None:
    """It has the new token then, and not one that is over soon; one that begins meanwhile does not wait for it."""
    world = World()
    await world.process().call()
    await asyncio.sleep(1600)
    first = asyncio.create_task(world.process().call())
    await asyncio.sleep(SOON)

    assert 0.0 == await seconds(world.process())
    assert "token-2" == await first
    assert 2 == world.fetched


async def test_one_that_holds_an_older_token_takes_the_newer_one() -> None:
    """A process that slept through renewals asks nobody but the place."""
    world = World()
    sleeper, busy = world.processes(2)
    await calls_of([sleeper, busy])
    for _ in range(300):
        await asyncio.sleep(60)
        await busy.call()
    await asyncio.sleep(1)
    before = world.fetched

    assert await busy.call() == await sleeper.call()
    assert before == world.fetched


# The one that fetches dies


@PLACES
async def test_the_next_in_turn_fetches_when_the_holder_dies(travel: float) -> None:
    """Whoever waited for a process that was killed has a token soon, by one more request for all."""
    world = World()
    victim, *others = world.processes(8, travel=travel)
    world.issuer.latency = 3600.0
    dying = asyncio.create_task(victim.call())
    await asyncio.sleep(1.0)
    world.issuer.latency = 0.3
    waiting = asyncio.create_task(calls_of(others))
    await asyncio.sleep(SOON)
    victim.place.is_dead = True
    killed_at = now()

    assert {"token-2"} == await waiting
    assert now() - killed_at <= LEASE + LAST_LOOK + 0.3 + 4 * travel + SOON
    assert 2 == world.fetched
    dying.cancel()


@PLACES
async def test_a_long_request_keeps_its_turn(travel: float) -> None:
    """A request that takes much longer than a turn is waited for, and not made twice."""
    world = World(latency=25.0)

    assert {"token-1"} == await calls_of(world.processes(8, travel=travel))
    assert 1 == world.fetched


async def test_a_request_without_end_is_not_waited_for_forever() -> None:
    """After as long as an own request may take, a process asks for itself, and all have that token."""
    world = World(latency=3600.0)
    stuck = asyncio.create_task(world.process().call())
    await asyncio.sleep(1.0)
    world.issuer.latency = 0.3

    took = await seconds(world.process())
    assert 30.0 <= took <= 30.0 + LAST_LOOK + 0.3 + SOON
    assert SOON > await seconds(world.process())
    assert 2 == world.fetched
    stuck.cancel()


@PLACES
async def test_a_client_that_is_closed_gives_its_turn_to_the_next(travel: float) -> None:
    """Nobody waits for the end of a turn that nobody uses any more."""
    world = World(latency=3600.0)
    leaver, other = world.processes(2, travel=travel)
    first = asyncio.create_task(leaver.call())
    await asyncio.sleep(1.0)
    world.issuer.latency = 0.3
    waiting = asyncio.create_task(seconds(other))
    await asyncio.sleep(0.1)

    await leaver.tokens.aclose()

    assert await waiting <= 0.1 + LAST_LOOK + 0.3 + 5 * travel + SOON
    assert [True] == [
        isinstance(end, Exception) for end in await asyncio.gather(first, return_exceptions=True)
    ]


async def test_a_process_that_was_stopped_harms_nobody() -> None:
    """One that lost its turn while it was stopped has a token in the end, and so has everybody else."""
    world = World(latency=10.0)
    stopped, *others = world.processes(4)
    first = asyncio.create_task(stopped.call())
    await asyncio.sleep(SOON)
    stopped.place.is_dead = True
    world.issuer.latency = 0.3
    assert {"token-2"} == await calls_of(others)

    stopped.place.is_dead = False
    assert "token-1" == await first
    world.issuer.revoke_all()
    tokens = await calls_of([stopped, *others])
    assert {"token-3"} == tokens


# The API refuses the token


@PLACES
async def test_a_revoked_token_is_replaced_once_for_all(travel: float) -> None:
    """Calls of all processes at once are refused: one request for a token, and all calls succeed."""
    world = World()
    processes = world.processes(8, travel=travel)
    await calls_of(processes)
    world.issuer.revoke_all()

    assert {"token-2"} == await calls_of(processes)
    assert 2 == world.fetched


async def test_one_that_is_refused_later_takes_the_newer_token() -> None:
    """Nobody asks for a token while there is one that it was not refused with."""
    world = World()
    early, late = world.processes(2)
    await calls_of([early, late])
    world.issuer.revoke_all()
    await early.call()
    await asyncio.sleep(60)

    assert "token-2" == await late.call()
    assert 2 == world.fetched


async def test_one_that_begins_takes_no_token_that_was_refused() -> None:
    """While a revoked token is replaced, a new process waits for the next one."""
    world = World()
    first = world.process()
    await first.call()
    world.issuer.revoke_all()
    replacing = asyncio.create_task(first.call())
    await asyncio.sleep(SOON)

    assert "token-2" == await world.process().tokens.get()
    assert "token-2" == await replacing


async def test_an_issuer_that_keeps_one_token() -> None:
    """Where each new token revokes those before, processes that share one do not revoke each other's."""
    world = World()
    world.issuer.keeps_one = True
    processes = world.processes(4)
    for _ in range(100):
        await calls_of(processes, 2)
        await asyncio.sleep(10)

    assert 1 == world.fetched


# The token endpoint fails


@pytest.mark.parametrize("failure", [refused(), down(), down(429, 3.0), down(500)], ids=repr)
async def test_a_failure_of_the_endpoint_is_told_once_to_all(failure: AuthenticationError) -> None:
    """Processes that need a token at once make one request, whose failure they all report, with its advice."""
    world = World()
    world.issuer.failure = failure
    processes = world.processes(8)
    outcomes = await asyncio.gather(
        *(asyncio.wait_for(each.tokens.get(), 0.8) for each in processes), return_exceptions=True
    )

    assert 1 == world.fetched
    told = {each.tokens.last_failure for each in processes}
    assert {failure.explanation} == told
    if not failure.is_temporary:
        assert {"AuthenticationError 401 invalid_client"} == {
            f"{type(each).__name__} {each.status_code} {each.error_code}"
            for each in outcomes
            if isinstance(each, AuthenticationError)
        }


async def test_an_endpoint_that_is_down_is_asked_as_seldom_as_by_one_process() -> None:
    """Eight processes through an outage of five minutes make about as many requests as one, and recover with one."""
    counts = []
    for number in (1, 8):
        world = World()
        processes = world.processes(number)
        await calls_of(processes)
        world.issuer.revoke_all()
        world.issuer.failure = down()
        ends_at = now() + 300
        while now() < ends_at:
            await asyncio.gather(
                *(asyncio.wait_for(each.call(), 20) for each in processes), return_exceptions=True
            )
        counts.append(world.fetched)
        world.issuer.failure = None
        assert 1 == len(await calls_of(processes))
        assert counts[-1] + 1 == world.fetched

    assert counts[1] <= counts[0] + 2


async def test_one_that_begins_later_asks_for_itself() -> None:
    """Who starts a process after a failure may have mended what was wrong: it does not hear of the failure then."""
    world = World()
    world.issuer.failure = refused()
    for _ in range(6):  # the pause has grown to half a minute
        with pytest.raises(AuthenticationError):
            await world.process().tokens.get()
        await asyncio.sleep(NEWS_FOR + SOON)
    asked = world.fetched
    assert 6 == asked
    world.issuer.failure = None

    await world.process().call()


async def test_what_lies_in_the_way_of_one_process_is_not_told_to_others() -> None:
    """Without a response, or with a gateway's, each tries for itself, in turn."""
    for failure in (down(None), down(403), down(407)):
        world = World()
        processes = world.processes(3)
        world.issuer.failure = failure
        first = asyncio.create_task(processes[0].tokens.get())
        await asyncio.sleep(SOON)
        others = [asyncio.create_task(each.tokens.get()) for each in processes[1:]]
        await asyncio.sleep(0.3)
        world.issuer.failure = None
        mended_at = now()

        assert ["token-2"] * 2 == await asyncio.gather(*others)
        assert now() <= mended_at + 0.3 + 2 * LAST_LOOK
        assert "token-2" == await first


async def test_the_endpoint_says_when_it_may_be_asked_again() -> None:
    """No process asks before that."""
    world = World()
    world.issuer.failure = down(429, 60.0)
    waiting = asyncio.create_task(calls_of(world.processes(8)))
    await asyncio.sleep(1.0)
    world.issuer.failure = None

    assert {"token-2"} == await waiting
    assert [0.0] == [at for at in world.issuer.asked_at if at < 60.0]
    assert 2 == world.fetched


async def test_a_token_ends_a_failure_for_all() -> None:
    """The pauses grow from failure to failure; after a token there is none, and the next one is short again."""
    record = TokenRecord()
    asker = Asker("a", None, ("refused",), begins=False)
    for _ in range(2):
        at, pauses = 0.0, []
        for _ in range(4):
            assert Turn.OURS is record.answer(asker, at)
            assert record.fail(asker, down(), at)
            assert record.failed is record.answer(asker, at)
            assert record.failed is not None
            pauses.append(record.failed.until - at)
            at = record.failed.until
        assert [1.0, 2.0, 4.0, 8.0] == pauses
        assert Turn.OURS is record.answer(asker, at)
        record.store(Issued("refused", Secret("token"), at, 1800.0))
        assert record.failed is None


async def test_a_token_that_is_still_good_is_used_while_there_is_no_newer_one() -> None:
    """One that begins while the endpoint is down takes the token that others have, and not their error."""
    world = World()
    await world.process().call()
    await asyncio.sleep(1600)
    for failure in (down(), refused(), down(None)):
        world.issuer.failure = failure
        for late in world.processes(2):
            assert ["token-1"] * 10 == [await late.call() for _ in range(10)]
            assert late.tokens.last_failure is None or late.tokens.is_fetching
        await asyncio.sleep(10)
    assert world.fetched < 12


async def test_other_errors_of_a_source_give_the_turn_on() -> None:
    """Whatever a source raises, the next in turn does not wait."""
    world = World()
    world.issuer.failure = RuntimeError("boom")
    first, other = world.processes(2)
    failing = asyncio.create_task(first.tokens.get())
    await asyncio.sleep(0.31)
    world.issuer.failure = None

    assert await seconds(other) <= 0.3 + SOON
    assert "token-2" == await failing


# The place is gone, or not what it was


async def test_without_the_place_each_fetches_its_own_token() -> None:
    """A place that fails costs no time and no error, and is used again as soon as it is back."""
    world = World()
    processes = world.processes(3)
    for each in processes:
        each.place.is_gone = True
    assert {"token-1", "token-2", "token-3"} == await calls_of(processes, 2)
    assert pytest.approx(0.3) == now()

    for each in processes:
        each.place.is_gone = False
    world.issuer.revoke_all()
    assert {"token-4"} == await calls_of(processes, 2)


async def test_a_refusal_of_a_token_of_its_own_leaves_the_shared_one() -> None:
    """What a process fetched while the place was gone says nothing of what is kept there."""
    world = World()
    process = world.process()
    await process.call()
    await asyncio.sleep(1550)
    process.place.is_gone = True
    await process.call()
    await asyncio.sleep(1.0)
    assert "token-2" == await process.call()
    process.place.is_gone = False
    world.issuer.revoke("token-2")
    world.issuer.failure = down()

    assert "token-1" == await process.call()


async def test_a_place_that_hangs_costs_half_a_second() -> None:
    """A place that does not answer is waited for once, and not again after the request."""
    world = World()
    process = world.process(travel=3600.0)

    assert await seconds(process) <= TIMEOUT + 0.3 + SOON


@pytest.mark.parametrize("travel", [0.02, 3600.0], ids=["fails", "hangs"])
async def test_a_place_that_goes_away_during_a_request(travel: float) -> None:
    """The token that was fetched is used all the same."""
    world = World(latency=2.0)
    process = world.process(travel=0.02)
    call = asyncio.create_task(seconds(process))
    await asyncio.sleep(0.1)
    process.place.is_gone = True
    process.place.travel = travel

    assert await call <= 2.0 + TIMEOUT + 0.1
    assert "token-1" == await process.call()


async def test_a_place_that_is_gone_for_a_moment_during_a_request() -> None:
    """The turn is kept, and all have the token in the end."""
    world = World(latency=5.0)
    processes = world.processes(3)
    waiting = asyncio.create_task(calls_of(processes, 2))
    for _ in range(4):
        await asyncio.sleep(0.9)
        processes[0].place.is_gone = not processes[0].place.is_gone

    assert {"token-1"} == await waiting
    assert 1 == world.fetched


@PLACES
async def test_a_place_that_goes_away_while_another_fetches(travel: float) -> None:
    """Whoever waited for another process asks for itself."""
    world = World(latency=10.0)
    first, other = world.processes(2, travel=travel)
    fetching = asyncio.create_task(first.call())
    await asyncio.sleep(0.1)
    world.issuer.latency = 0.3
    waiting = asyncio.create_task(seconds(other))
    await asyncio.sleep(0.1)
    other.place.is_gone = True

    assert await waiting <= 0.1 + LAST_LOOK + TIMEOUT + 0.3
    assert "token-1" == await fetching


@pytest.mark.parametrize("garbage", [b"", b"x", b"{}", bytes(12), bytes(200), b"\xff" * 5000])
async def test_what_nobody_can_read_is_replaced(garbage: bytes) -> None:
    """A value of something else, or one that somebody changed, is as good as none."""
    world = World()
    await world.process().call()
    (name,) = world.memory.values
    kept = world.memory.values[name]
    for damaged in (garbage, kept[:-1], kept[:20] + bytes([kept[20] ^ 1]) + kept[21:]):
        before = world.fetched
        world.memory.values[name] = damaged
        tokens = await calls_of(world.processes(2), 2)
        assert {f"token-{before + 1}"} == tokens


async def test_a_value_of_another_name_is_not_taken() -> None:
    """A value is bound to its name: who can write to the place cannot put one account's in the place of another's."""
    world, other = World(), World()
    await world.process().call()
    ((name, value),) = world.memory.values.items()
    process = other.process()
    other.memory.values[name] = value
    shared_name = f"another:{name}"
    process.tokens._source._name = shared_name  # type: ignore[attr-defined]
    other.memory.values[shared_name] = value

    assert "token-1" == await process.call()
    assert 1 == other.fetched


async def test_a_clock_that_began_anew() -> None:
    """A token, a failure and a turn that lie in the future of the place are as good as lost."""
    world = World()
    await world.process().call()
    world.memory.ahead = 0.0
    assert "token-2" == await world.process().call()

    world = World()
    world.issuer.failure = refused()
    with pytest.raises(AuthenticationError):
        await world.process().tokens.get()
    world.memory.ahead = 0.0
    world.issuer.failure = None
    assert "token-2" == await world.process().call()

    world = World(latency=3600.0)
    stuck_process = world.process()
    stuck = asyncio.create_task(stuck_process.call())
    await asyncio.sleep(SOON)
    stuck_process.place.is_dead = True
    world.memory.ahead = 0.0
    world.issuer.latency = 0.3
    assert await seconds(world.process()) <= 0.3 + SOON
    stuck.cancel()


async def test_a_place_that_came_back_older() -> None:
    """A token from before is tried at most once by each, and then replaced once for all."""
    world = World()
    processes = world.processes(4)
    await calls_of(processes)
    older = dict(world.memory.values)
    world.issuer.revoke_all()
    await calls_of(processes)
    await asyncio.sleep(60)
    world.memory.values = older

    assert {"token-2"} == await calls_of(processes)
    assert "token-3" == await world.process().call()
    world.issuer.revoke_all()
    assert {"token-4"} == await calls_of(processes)
    assert 4 == world.fetched


# Who shares


async def test_two_secrets_of_one_client_have_nothing_to_do_with_each_other() -> None:
    """While a secret is rotated, processes with the old and with the new one each have a token of theirs, and keep it."""
    world = World()
    for secret in itertools.islice(itertools.cycle(["old", "new"]), 20):
        await world.process(secret=secret).call()
        await asyncio.sleep(10)

    assert 2 == world.fetched
    assert 2 == len(world.memory.values)

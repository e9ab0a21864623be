"""One operation over many items: nothing lost, nothing done twice."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from matillion_async import (
    Bulk,
    BulkProgress,
    InvalidRequestError,
    MatillionClient,
    MatillionError,
    NotFoundError,
    Outcome,
    Priority,
)
from matillion_async._calls.call import bulk_scope
from tests.matillion_async.scripted import (
    Script,
    paged_projects,
    project_page,
    scripted_client,
    shut,
)

A = "a0000000-0000-4000-8000-000000000000"
B = "b0000000-0000-4000-8000-000000000000"
GONE = "c0000000-0000-4000-8000-000000000000"

pytestmark = pytest.mark.virtual_time


def environments(request: httpx.Request) -> httpx.Response:
    """Two environments for each project, none for the project GONE."""
    project = request.url.path.split("/")[4]
    if project == GONE:
        return httpx.Response(404, json={"title": "Not Found"})
    names = [{"name": f"{project[0]}-dev"}, {"name": f"{project[0]}-prod"}]
    return httpx.Response(200, json={"results": names, "total": 2, "page": 0, "size": 100})


def bulk(operation: Callable[[Any], Any], items: Any, **options: Any) -> Bulk[Any, Any]:
    settings = {
        "max_in_flight": 4,
        "ordered": False,
        "on_progress": None,
        "priority": Priority.BULK,
    }
    return Bulk(operation, items, **(settings | options))


async def double(item: int) -> int:
    await asyncio.sleep(1 + item % 3)
    return 2 * item


async def test_one_failure_loses_nothing() -> None:
    """Each item has its own outcome; a listing gives the items of all its pages."""
    async with scripted_client(environments) as client:
        outcomes = {
            outcome.item: outcome
            async for outcome in client.bulk(client.environments.list, [A, GONE, B])
        }
    assert [e.name for e in outcomes[A].unwrap()] == ["a-dev", "a-prod"]
    assert isinstance(outcomes[GONE].error, NotFoundError)
    assert [e.name for e in outcomes[B].unwrap()] == ["b-dev", "b-prod"]


async def test_await_gives_a_result_in_the_order_of_the_items() -> None:
    """Values, errors, and what can be run again."""
    async with scripted_client(environments) as client:
        result = await client.bulk(client.environments.list, [A, GONE, B])
    assert [value[0].name for value in result.values] == ["a-dev", "b-dev"]
    assert result.remaining == [GONE]
    assert result.unknown == []
    with pytest.raises(ExceptionGroup, match="1 of 3 items failed") as caught:
        result.raise_for_errors()
    assert caught.value.exceptions == tuple(result.errors)


async def test_each_error_that_is_raised_says_of_which_item_it_is() -> None:
    """Once, however often; of an item that is no name its number alone."""

    async def fail(item: object) -> None:
        raise LookupError

    result = await bulk(fail, ["Sales", {"secret": 5}])
    for _ in range(2):
        with pytest.raises(ExceptionGroup) as caught:
            result.raise_for_errors()
    notes = [error.__notes__ for error in caught.value.exceptions]
    assert [["of item 0 of the bulk, 'Sales'"], ["of item 1 of the bulk"]] == notes


async def test_a_result_without_errors_raises_nothing() -> None:
    """raise_for_errors is silent when all went well."""
    result = await bulk(double, [1, 2])
    result.raise_for_errors()
    assert result.values == [2, 4]


async def test_a_result_has_the_order_of_the_items_whichever_ends_first() -> None:
    """The slow ones first, if they came first."""
    assert [4, 6, 2] == (await bulk(double, [2, 3, 1])).values


async def test_items_may_come_from_an_async_walk() -> None:
    """A listing can feed a bulk."""

    def server(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/projects"):
            return paged_projects(250, request)
        return environments(request)

    async with scripted_client(server) as client:
        ids = (project.id async for project in client.projects.list())
        result = await client.bulk(client.environments.list, ids)
    assert len(result.values) == 250


@pytest.mark.parametrize("ordered", [False, True])
async def test_order(ordered: bool) -> None:
    """As they come, or in the order of the items."""
    found = [outcome.item async for outcome in bulk(double, range(40), ordered=ordered)]
    assert sorted(found) == list(range(40))
    assert (found == sorted(found)) is ordered


@pytest.mark.parametrize("ordered", [False, True])
async def test_memory_is_bounded_by_the_calls_in_flight(ordered: bool) -> None:
    """Items are taken only as there is room: a consumer that is slow slows the bulk."""
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    most = 0
    seen = 0
    async for _ in bulk(double, endless(), max_in_flight=10, ordered=ordered):
        seen += 1
        most = max(most, taken - seen)
        await asyncio.sleep(3)
        if seen == 100:
            break
    assert most <= 2 * 10


@pytest.mark.parametrize("number", [0, -1, "8", 2.5, True])
def test_a_bound_that_is_none_is_refused(number: Any) -> None:
    """At once, and not when the first item is taken."""
    with pytest.raises(InvalidRequestError, match="max_in_flight must be an integer, at least 1"):
        bulk(double, range(3), max_in_flight=number)


async def test_what_is_told_the_progress_is_a_function() -> None:
    """Else the first outcome would be the end of the bulk."""
    told: Any = []
    with pytest.raises(InvalidRequestError, match="on_progress must be a function, not list"):
        bulk(double, range(3), on_progress=told)


async def test_in_flight_is_bounded() -> None:
    """Never more than max_in_flight operations at once."""
    under_way = most = 0

    async def count(item: int) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(1)
        under_way -= 1

    await bulk(count, range(50), max_in_flight=7)
    assert most == 7


async def test_an_early_end_tells_done_undone_and_unknown_apart() -> None:
    """A POST in flight is unknown; a GET, and what was not begun, can be run again."""

    async def server(request: httpx.Request) -> httpx.Response:
        if b'"fast"' in request.content:
            return httpx.Response(201, json={"projectId": "p"})
        await asyncio.sleep(100)
        raise AssertionError("unreachable")

    async with scripted_client(Script(), transport=httpx.MockTransport(server)) as client:

        async def create(name: str) -> str:
            kind = {"warehouse": "SNOWFLAKE", "agent_deployment_type": "HYBRID"}
            return (await client.projects.create(name=name, **kind)).project_id

        tasks = asyncio.all_tasks()
        names = ["fast", "slow-1", "slow-2", "later-1", "later-2"]
        work = client.bulk(create, names, max_in_flight=2)
        done: list[Outcome[str, str]] = []

        async def walk() -> None:
            async with asyncio.timeout(5):
                async for outcome in work:
                    done.append(outcome)

        with pytest.raises(TimeoutError):
            await walk()
        assert [outcome.item for outcome in done] == ["fast"]
        assert sorted(o.item for o in work.unfinished if o.is_unknown) == ["slow-1", "slow-2"]
        assert [item async for item in work.remaining()] == ["later-1", "later-2"]
        assert asyncio.all_tasks() == tasks


async def test_a_get_in_flight_can_be_run_again() -> None:
    """Leaving the walk early gives back what was under way."""

    async def never(item: str) -> str:
        await asyncio.sleep(0 if item == "first" else 1e6)
        return item

    work = bulk(never, ["first", "b", "c", "d"], max_in_flight=2)
    walk = aiter(work)
    assert (await anext(walk)).item == "first"
    await walk.aclose()  # type: ignore[attr-defined]  # an async generator
    assert sorted([item async for item in work.remaining()]) == ["b", "c", "d"]


async def test_a_cancelled_await_keeps_what_was_done() -> None:
    """result() has the outcomes of before the cancellation."""
    work = bulk(double, range(100), max_in_flight=2)

    async def run() -> None:
        await work

    task = asyncio.ensure_future(run())
    await asyncio.sleep(10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    done = work.result().values
    left = [item async for item in work.remaining()]
    assert 0 < len(done) < 100
    assert sorted([value // 2 for value in done] + left) == list(range(100))


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_second_cancellation_loses_nothing(ordered: bool) -> None:
    """It ends the wait for what takes its time to end, which then is among the unfinished."""

    async def stubborn(item: int) -> int:
        if item % 4:
            return item
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise
        return item

    work = bulk(stubborn, range(20), ordered=ordered)

    async def run() -> None:
        await work

    task = asyncio.ensure_future(run())
    for _ in range(2):
        await asyncio.sleep(1)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert 2 == asyncio.get_running_loop().time()
    await asyncio.sleep(5)
    done = work.result().values
    assert {0, 4} <= {outcome.item for outcome in work.unfinished}
    left = [item async for item in work.remaining()]
    assert list(range(20)) == sorted([*done, *left])


async def test_a_walk_left_with_break_gives_back_the_rest() -> None:
    """remaining() ends what is still under way first."""
    work = bulk(double, range(30), max_in_flight=3)
    async for _ in work:
        break
    left = [item async for item in work.remaining()]
    done = [outcome.item for outcome in work.undelivered]
    assert list(range(1, 30)) == sorted([*left, *done])


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("seconds", [0.5, 1.5, 2.5, 7.5, 20.5])
async def test_a_cancellation_loses_no_item_of_an_async_generator(
    seconds: float, ordered: bool
) -> None:
    """Wherever it comes, also while the generator makes its next item, which goes on where it was."""

    async def slow() -> AsyncIterator[int]:
        for number in range(30):
            await asyncio.sleep(1)
            yield number

    work = bulk(double, slow(), max_in_flight=3, ordered=ordered)
    task = asyncio.ensure_future(_collect(work))
    await asyncio.sleep(seconds)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    done = [value // 2 for value in work.result().values]
    left = [item async for item in work.remaining()]
    assert list(range(30)) == sorted(done + left)


async def test_after_a_cancellation_the_items_may_fail_in_silence() -> None:
    """The error of a generator that nobody asks any more is not an unhandled one."""
    handled: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: handled.append(context))

    async def broken() -> AsyncIterator[int]:
        await asyncio.sleep(10)
        raise RuntimeError("no more")
        yield 1

    work = bulk(double, broken())
    task = asyncio.ensure_future(_collect(work))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(20)
    del work, task
    gc.collect()
    assert [] == handled


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("count", [1, 4])
async def test_items_that_are_cancelled_by_themselves_are_not_all(
    ordered: bool, count: int
) -> None:
    """Such as those of a generator that awaits what somebody cancelled: the bulk fails, after what there was."""
    shared = asyncio.get_running_loop().create_future()
    shared.cancel()

    async def items() -> AsyncIterator[int]:
        yield 1
        yield 2
        yield await shared

    work = bulk(double, items(), max_in_flight=count, ordered=ordered)
    with pytest.raises(MatillionError, match="what the items awaited was cancelled"):
        await work
    assert [2, 4] == work.result().values


async def test_the_items_are_made_in_their_owners_context() -> None:
    """Calls that make items have the owner's priority, not that of a bulk's item."""
    seen: list[object] = []

    async def items() -> AsyncIterator[int]:
        for number in range(3):
            seen.append(bulk_scope.get())
            yield number

    await bulk(double, items(), max_in_flight=1)
    assert [None, None, None] == seen


async def test_an_error_of_the_progress_callback_loses_no_outcome() -> None:
    """The walk ends with it, and what it was called for is among the undelivered."""

    def broken(progress: BulkProgress) -> None:
        raise RuntimeError("no terminal")

    work = bulk(double, range(10), max_in_flight=2, on_progress=broken)
    with pytest.raises(RuntimeError, match="no terminal"):
        await work
    left = [item async for item in work.remaining()]
    done = [outcome.item for outcome in work.undelivered]
    assert list(range(10)) == sorted(done + left)


async def test_no_item_is_taken_after_the_items_failed() -> None:
    """What comes after an item that cannot be produced stays where it is."""

    class Flaky:
        def __init__(self) -> None:
            self.taken = 0

        def __iter__(self) -> Flaky:
            return self

        def __next__(self) -> int:
            self.taken += 1
            if self.taken == 20:
                raise StopIteration
            if self.taken == 3:
                raise RuntimeError("three")
            return self.taken

    items = Flaky()
    work = bulk(double, items, max_in_flight=2)
    with pytest.raises(RuntimeError, match="three"):
        await work
    assert 3 == items.taken
    assert [2, 4] == work.result().values


async def test_an_operation_that_ignores_its_cancellation_ends_the_bulk_all_the_same() -> None:
    """Its outcome is kept, and its worker takes no other item."""

    async def stubborn(item: int) -> int:
        try:
            await asyncio.sleep(1000 if item else 0)
        except asyncio.CancelledError:
            return -item
        return item

    work = bulk(stubborn, range(10), max_in_flight=2)
    async for _ in work:
        break
    async with asyncio.timeout(100_000):  # a worker that goes on would wait for ever
        left = [item async for item in work.remaining()]
    assert [-1, -2] == sorted((o.unwrap() for o in work.undelivered), reverse=True)
    assert list(range(3, 10)) == left


async def test_a_later_step_that_fails_does_not_hide_an_earlier_effect() -> None:
    """An item whose POST took effect is unknown, not to be run again, if something after it fails."""

    def server(request: httpx.Request) -> httpx.Response:
        created = httpx.Response(201, json={"projectId": "p"})
        return created if request.method == "POST" else httpx.Response(404)

    async with scripted_client(server) as client:

        async def create_and_look(name: str) -> Any:
            await client.projects.create(
                name=name, warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
            return await client.environments.list(A)

        result = await client.bulk(create_and_look, ["a"])
    assert ([], ["a"]) == (result.remaining, result.unknown)


async def test_an_unknown_outcome_is_not_among_the_remaining() -> None:
    """A POST whose response was lost is listed apart."""
    async with scripted_client(Script(httpx.ReadError("reset"))) as client:

        async def create(name: str) -> Any:
            return await client.projects.create(
                name=name, warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )

        result = await client.bulk(create, ["a"])
    assert (result.remaining, result.unknown) == ([], ["a"])


@pytest.mark.parametrize("ordered", [False, True])
async def test_items_that_cannot_be_produced_end_the_walk_after_the_others(ordered: bool) -> None:
    """An error of the caller's own generator is raised, after the outcomes of the items before it."""

    async def broken() -> AsyncIterator[int]:
        yield 1
        yield 2
        raise RuntimeError("no more")

    found: list[int] = []

    async def walk() -> None:
        async for outcome in bulk(double, broken(), ordered=ordered):
            found.append(outcome.unwrap())

    with pytest.raises(RuntimeError, match="no more"):
        await walk()
    assert sorted(found) == [2, 4]


async def test_progress_is_reported() -> None:
    """Done, failed, total, rate per second and the time left."""
    seen: list[BulkProgress] = []

    async def work(item: int) -> None:
        await asyncio.sleep(2)
        if item == 3:
            raise ValueError("three")

    await bulk(work, [1, 2, 3, 4], max_in_flight=1, on_progress=seen.append)
    assert [(p.done, p.failed, p.total) for p in seen] == [
        (1, 0, 4),
        (2, 0, 4),
        (3, 1, 4),
        (4, 1, 4),
    ]
    assert (seen[1].rate, seen[1].eta) == (0.5, 4.0)


async def test_the_rate_is_per_second_also_in_the_first() -> None:
    """What is done in less than a second counts as faster than one a second; what takes no time has no rate."""
    seen: list[BulkProgress] = []

    async def work(item: float) -> None:
        await asyncio.sleep(item)

    await bulk(work, [0, 0.25], max_in_flight=1, on_progress=seen.append)
    assert [(0.0, None), (8.0, 0.0)] == [(progress.rate, progress.eta) for progress in seen]


async def test_a_bulk_runs_once() -> None:
    """A second walk is refused instead of finding nothing."""
    work = bulk(double, [1])
    await work
    with pytest.raises(InvalidRequestError, match="has run already"):
        await work


async def test_max_in_flight_is_positive() -> None:
    """0 at once would never end."""
    with pytest.raises(InvalidRequestError, match="at least 1, not 0"):
        bulk(double, [1], max_in_flight=0)


@pytest.mark.parametrize("text", ["Sales", b"Sales"])
async def test_one_text_is_not_items(text: str | bytes) -> None:
    """The name of one project in place of several is told, and not taken for one project a letter."""
    with pytest.raises(InvalidRequestError, match="items must be an iterable of items"):
        bulk(double, text)


async def test_an_empty_bulk_ends() -> None:
    """No items, no outcomes."""
    assert (await bulk(double, [])).values == []


async def test_there_are_no_more_tasks_than_have_items() -> None:
    """However many operations may be under way."""
    most = 0

    async def count(_: int) -> None:
        nonlocal most
        for _ in range(3):
            most = max(most, len(asyncio.all_tasks()))
            await asyncio.sleep(1)

    before = len(asyncio.all_tasks())
    await bulk(count, range(200), max_in_flight=100_000)
    assert 200 <= most <= before + 201


async def test_what_would_only_wait_is_not_begun() -> None:
    """Ten thousand calls that wait for the limiter are enough; an operation that makes none is not held back by them."""
    begun = 0

    async def one(_: int) -> Any:
        nonlocal begun
        begun += 1
        return await client.projects.list(size=1)

    def server(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=project_page("a"))

    async with scripted_client(server, rate_limits="60/min") as client:
        shut(client.limiter, 3600)
        work = asyncio.ensure_future(
            _collect(client.bulk(one, iter(range(30_000)), max_in_flight=30_000))
        )
        await asyncio.sleep(60)
        assert 10_000 <= begun < 10_100
        assert 64 == len((await client.bulk(double, range(64), max_in_flight=64)).values)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_an_item_sees_no_context_of_another() -> None:
    """Each begins with what was set around the bulk, whichever task it is in."""
    seen: list[str] = []
    variable: ContextVar[str] = ContextVar("variable", default="none")
    variable.set("around")

    async def work(item: int) -> None:
        seen.append(variable.get())
        variable.set(f"item {item}")
        await asyncio.sleep(0 if item < 64 else 10)

    await bulk(work, range(200), max_in_flight=200)
    assert 200 - 64 <= seen.count("around")  # all but those that came second in their task


async def test_interactive_calls_are_not_stuck_behind_a_bulk() -> None:
    """With a limit, a call of normal priority is sent before thousands of waiting bulk calls."""
    order: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        order.append(request.url.path.split("/")[3])
        return httpx.Response(200, json=project_page("a"))

    async with scripted_client(server, rate_limits=("60/min", "5/s")) as client:

        async def one(_: int) -> Any:
            return await client.projects.list(size=1)

        work = asyncio.ensure_future(_collect(client.bulk(one, range(300), max_in_flight=300)))
        await asyncio.sleep(2)
        before = len(order)
        await client.environments.list(A)
        assert len(order) - before <= 3
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _order(client: MatillionClient, own: MatillionClient) -> list[str]:
    """In which order calls are sent: three that a bulk of ``client`` makes with ``own``, and five made outside of it."""
    order: list[str] = []

    async def inside(number: int) -> None:
        await own.environments.list(A, page=number, size=1)
        order.append("inside")

    async def outside() -> None:
        await client.projects.list(size=1)
        order.append("outside")

    shut(client.limiter, 5)
    others = [asyncio.ensure_future(outside()) for _ in range(5)]
    await asyncio.sleep(0)
    await client.bulk(inside, range(3))
    await asyncio.gather(*others)
    return order


async def test_a_priority_that_was_asked_for_holds_in_a_bulk() -> None:
    """Calls of a client with a priority of its own have that, and others the lowest."""
    limits = {"rate_limits": "60/min"}
    async with scripted_client(environments_or_projects, **limits) as client:
        assert ["outside"] * 5 + ["inside"] * 3 == await _order(client, client)
        urgent = client.with_options(priority=Priority.INTERACTIVE)
        assert ["inside"] * 3 + ["outside"] * 5 == await _order(client, urgent)
        usual = urgent.with_options(priority=None)
        assert ["outside"] * 5 + ["inside"] * 3 == await _order(client, usual)
    async with scripted_client(
        environments_or_projects, priority=Priority.INTERACTIVE, **limits
    ) as client:
        plain = client.with_options(priority=Priority.BULK)
        assert ["outside"] * 5 + ["inside"] * 3 == await _order(client, plain)


def environments_or_projects(request: httpx.Request) -> httpx.Response:
    if request.url.path.endswith("/projects"):
        return httpx.Response(200, json=project_page("a"))
    return environments(request)


@pytest.mark.parametrize("name", ["max_in_flght", "order"])
async def test_a_misspelt_argument_is_named(name: str) -> None:
    """With the one that was meant, where there is one near."""
    meant = {"max_in_flght": "max_in_flight", "order": "ordered"}[name]
    async with scripted_client(environments) as client:
        with pytest.raises(InvalidRequestError) as caught:
            client.bulk(double, [1], **{name: 8})  # type: ignore[call-overload]  # the mistake
    assert f"bulk has no option {name!r}: did you mean {meant!r}?" == str(caught.value)


async def _collect(work: Bulk[Any, Any]) -> Any:
    return await work


@pytest.mark.parametrize("ordered", [False, True])
async def test_an_operation_that_is_cancelled_by_itself_is_a_failed_item(ordered: bool) -> None:
    """Such as one that awaits a task which somebody cancelled: its item fails, and all others are done."""
    shared = asyncio.get_running_loop().create_future()
    shared.cancel()

    async def work(item: int) -> int:
        return await shared if item == 1 else await double(item)

    result = await bulk(work, range(20), max_in_flight=1, ordered=ordered)
    assert list(range(20)) == [outcome.index for outcome in result.outcomes]
    (failed,) = (outcome for outcome in result.outcomes if outcome.error is not None)
    assert (1, False) == (failed.index, failed.is_unknown)
    with pytest.raises(MatillionError, match="what it awaited was cancelled"):
        failed.unwrap()

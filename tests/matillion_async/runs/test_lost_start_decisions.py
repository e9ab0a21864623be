"""Which execution is taken for a start whose response was lost: decisions, without any I/O."""

from __future__ import annotations

import math
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matillion_api.models.pipeline_execution import PipelineExecution

from matillion_async._calls.server_clock import DRIFT, ServerClock
from matillion_async._runs.lost_start import LostStart, Verdict
from matillion_async._runs.starts import Start, Starts

EPOCH = 1_767_225_600.0  # 2026, by the server's clock, when the event loop's begins
SENT = 1000.0


def told(seconds: float, precision: str) -> str:
    """A time of the server's as an execution shows it."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    if precision == "rounded":
        moment = (moment + timedelta(seconds=0.5)).replace(microsecond=0)
        return moment.isoformat()
    return moment.isoformat(timespec=precision)


def row(execution_id: str, began: str | None, **differs: Any) -> PipelineExecution:
    """An execution as the listing shows it."""
    fields = {
        "pipelineExecutionId": execution_id,
        "pipelineName": "load",
        "environmentName": "prod",
        "projectId": "p1",
        "trigger": "API",
        "startedAt": began,
    }
    return PipelineExecution.from_dict(fields | differs)


def lost_start(clock: ServerClock, starts: Starts | None = None) -> LostStart:
    """A start that was sent at ``SENT``."""
    start = Start("p1", "load", "prod", SENT)
    return LostStart(start, starts or Starts(), clock)


def clock_at(*known: tuple[float, float, float]) -> ServerClock:
    """What responses say that were sent, made and there at these times, the server's clock being ahead by ``EPOCH``."""
    clock = ServerClock()
    for sent, made, received in known:
        learn(clock, made + EPOCH, sent, received)
    return clock


def learn(clock: ServerClock, seconds: float, sent: float, received: float) -> None:
    """A response that was made at a time of the server's."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=math.floor(seconds))
    date = format_datetime(moment, usegmt=True)
    clock.learn({"Date": date}, sent, received)


def judged(lost: LostStart, *rows: PipelineExecution) -> Verdict:
    """The verdict a little after the start."""
    return lost.judge(rows, SENT + 1)


TIMELY = ((SENT - 0.9, SENT - 0.9, SENT - 0.9), (SENT - 0.01, SENT - 0.01, SENT - 0.01))
"""Responses just after and just before a strike of the clock: it is ahead by EPOCH, give or take 0.1."""


@settings(max_examples=200)
@given(
    offset=st.floats(-3600, 3600),
    drift=st.floats(-DRIFT, DRIFT),
    history=st.lists(st.tuples(st.floats(0, 900), st.floats(0, 2), st.floats(0, 2)), max_size=20),
    looks=st.lists(
        st.tuples(st.floats(0, 20), st.floats(0, 2), st.floats(0, 2)), min_size=1, max_size=5
    ),
    theirs=st.lists(st.floats(0, 30), max_size=3),
    ours=st.none() | st.floats(0, 10),
    precision=st.sampled_from(["microseconds", "milliseconds", "seconds", "rounded"]),
    aims=st.booleans(),
)
def test_none_that_began_before_the_start_was_sent(
    offset: float,
    drift: float,
    history: list[tuple[float, float, float]],
    looks: list[tuple[float, float, float]],
    theirs: list[float],
    ours: float | None,
    precision: str,
    aims: bool,
) -> None:
    """Whatever the clocks and the travel times were, and whether or not the start has made one itself."""

    def there(moment: float) -> float:
        return EPOCH + offset + (1 + drift) * moment

    clock = ServerClock()
    moment = SENT - sum(sum(response) for response in history)
    for pause, out, back in history:
        sent = moment + pause
        moment = sent + out + back
        learn(clock, there(sent + out), sent, moment)
    rows = [
        row(f"theirs-{number}", told(there(SENT - before), precision))
        for number, before in enumerate(theirs)
    ]
    if ours is not None:
        rows.append(row("ours", told(there(SENT + ours), precision)))
    lost = lost_start(clock)
    verdict = Verdict()
    moment = SENT
    for pause, out, back in looks:
        sent = moment + pause
        if aims and verdict.ahead is not None:
            sent = math.ceil(moment + verdict.ahead) - verdict.ahead
        moment = sent + out + back
        learn(clock, there(sent + out), sent, moment)
        verdict = lost.judge(rows, moment)
        assert verdict.execution_id in (None, "ours")
        assert ours is not None or verdict.execution_id is None
        if verdict.execution_id is not None:
            break


@given(
    offset=st.floats(-3600, 3600),
    travel=st.lists(st.floats(0, 0.1), min_size=4, max_size=4),
    work=st.floats(0.7, 10),
)
def test_what_the_start_has_made_is_found(offset: float, travel: list[float], work: float) -> None:
    """A few looks at the right moment are enough where the start took longer than they do."""
    clock = ServerClock()
    lost = lost_start(clock)
    ours = row("ours", told(EPOCH + offset + SENT + work, "microseconds"))
    moment, verdict = SENT + work, Verdict()
    for way in travel:
        sent = moment
        if verdict.ahead is not None:
            sent = math.ceil(moment + verdict.ahead) - verdict.ahead + 0.002
        moment = sent + 2 * way
        learn(clock, EPOCH + offset + sent + way, sent, moment)
        verdict = lost.judge([ours], moment)
        if verdict.execution_id is not None:
            break
    # A time without a fraction may have been rounded up.
    assert "ours" == verdict.execution_id or ours.started_at.microsecond == 0  # type: ignore[union-attr]


BEGAN = told(EPOCH + SENT + 0.8, "milliseconds")


@pytest.mark.parametrize(
    ("differs", "matches"),
    [
        ({}, True),
        ({"pipelineName": "load.tran.yaml"}, True),
        ({"trigger": "UNKNOWN"}, True),
        ({"trigger": None, "projectId": None}, True),
        ({"pipelineName": "reload"}, False),
        ({"pipelineExecutionId": ""}, False),
        ({"environmentName": "dev"}, False),
        ({"projectId": "other"}, False),
        ({"trigger": "SCHEDULE"}, False),
        ({"startedAt": "2025-12-31T23:59:59Z"}, False),
        ({"startedAt": "2026-01-01T00:16:38.123"}, False),
        ({"startedAt": "2026-01-01T00:16:40.800"}, True),
        ({"startedAt": "2026-01-01T02:16:40.800+02:00"}, True),
    ],
)
def test_what_may_be_it(differs: dict[str, str | None], matches: bool) -> None:
    """A server that ignores a filter does not lead to another's run."""
    verdict = judged(lost_start(clock_at(*TIMELY)), row("e1", BEGAN, **differs))
    assert ("e1" if matches else None) == verdict.execution_id
    assert matches or "no execution of it has appeared" == verdict.doubt


@pytest.mark.parametrize("before", [0.01, 0.1, 1.0, 30.0])
@pytest.mark.parametrize("skew", [0.05, 0.2, 0.5, 2.0, 60.0, 3600.0])
@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("has_id", [False, True])
def test_executions_dated_by_another_clock(
    before: float, skew: float, fraction: float, has_id: bool
) -> None:
    """One that began before the start is not its execution, however far the clock of its date is ahead."""
    lost = lost_start(clock_at(*TIMELY))
    lost.start.sent_at += fraction
    sent = lost.start.sent_at
    shown = EPOCH + sent - before + skew
    began = told(shown, "milliseconds")
    theirs = row(uuid7(shown) if has_id else "theirs", began)
    for moment in (sent + 0.2, sent + 2.2, sent + 90):
        learn(lost.clock, EPOCH + moment, moment - 0.001, moment)
        assert lost.judge([theirs], moment).execution_id is None


def test_an_execution_of_the_future() -> None:
    """Whichever it is, it shows that executions are dated by a clock that is ahead of that of the responses."""
    lost = lost_start(clock_at(*TIMELY))
    ahead = row("other", told(EPOCH + SENT + 60, "milliseconds"), pipelineName="other")
    verdict = judged(lost, row("e1", BEGAN), ahead)
    assert "e1 may be it, but executions begin in the future" in verdict.doubt
    assert verdict.is_final


def test_one_that_a_look_did_not_show_yet() -> None:
    """It came since, so that the clocks may differ a little."""
    soon = row("e1", told(EPOCH + SENT + 0.3, "milliseconds"))
    assert judged(lost_start(clock_at(*TIMELY)), soon).execution_id is None
    lost = lost_start(clock_at(*TIMELY))
    assert lost.judge([], SENT + 0.2).execution_id is None
    assert "e1" == judged(lost, soon).execution_id


@pytest.mark.parametrize("apart", [-30, -3, 3, 30])
def test_servers_that_contradict_each_other(apart: float) -> None:
    """What was known when the start was sent is in doubt, also when it was long ago, or shows only since."""
    for at in (SENT - 300, SENT - 10, SENT + 5):
        clock = clock_at(*TIMELY)
        moments = (at, at + 0.01, at + 0.02) if at > SENT else (at - 0.02, at - 0.01, at)
        learn(clock, EPOCH + at, moments[0], moments[0])
        learn(clock, EPOCH + at + apart, moments[1], moments[1])
        learn(clock, EPOCH + at, moments[2], moments[2])
        verdict = lost_start(clock).judge([row("e1", BEGAN)], SENT + 20)
        assert verdict.execution_id is None


def test_it_must_be_the_only_one() -> None:
    """One that may have begun before is in the way of one that certainly came after."""
    near = row("near", told(EPOCH + SENT + 0.005, "milliseconds"))
    sure = row("sure", BEGAN)
    lost = lost_start(clock_at(*TIMELY))
    assert "sure" == judged(lost, sure).execution_id
    assert (
        "near may be it, but it may have begun before the start was sent"
        == judged(lost, near).doubt
    )
    both = judged(lost, near, sure)
    assert ("2 executions may be it: near, sure", True) == (both.doubt, both.is_final)


@pytest.mark.parametrize(
    ("shown", "is_candidate"), [(0.0, True), (-1.0, False), (0.5, True), (0.3, False)]
)
def test_a_time_that_is_not_exact(shown: float, is_candidate: bool) -> None:
    """One without a fraction stands for the whole second, and clocks of one server differ a little."""
    lost = lost_start(clock_at(*TIMELY))
    lost.start.sent_at += 0.7
    verdict = judged(lost, row("e1", told(EPOCH + SENT + shown, "milliseconds")))
    assert verdict.execution_id is None
    assert is_candidate == ("may be it" in verdict.doubt)


def uuid7(seconds: float) -> str:
    """An id as the API gives them, made at a time of the server's."""
    return str(uuid.UUID(int=int(seconds * 1000) << 80 | 0x7_ABC_8 << 60 | 0xDEF))


def test_one_that_waits() -> None:
    """When it was asked for is known only if its id says so; that it begins later does not tell either."""
    lost = lost_start(clock_at(*TIMELY))
    assert "e1 may be it, but it may have waited before" == judged(lost, row("e1", None)).doubt
    begun = judged(lost, row("e1", told(EPOCH + SENT + 9, "milliseconds")))
    assert (None, True) == (begun.execution_id, begun.is_final)
    ours, theirs = uuid7(EPOCH + SENT + 0.8), uuid7(EPOCH + SENT - 2)
    assert ours == judged(lost, row(ours, None)).execution_id
    assert "no execution of it has appeared" == judged(lost, row(theirs, None)).doubt


def test_one_that_waited_until_after_the_start() -> None:
    """Its id says that it was asked for before."""
    lost = lost_start(clock_at(*TIMELY))
    for seconds, doubt in ((-2, "no execution of it"), (-0.1, "it may have begun before")):
        verdict = judged(lost, row(uuid7(EPOCH + SENT + seconds), BEGAN))
        assert verdict.execution_id is None
        assert doubt in verdict.doubt


def test_other_starts_of_the_client() -> None:
    """One that is under way may be it, also if it gave the project by name; one of another pipeline may not."""
    starts = Starts()
    lost = lost_start(clock_at(*TIMELY), starts)
    others = [
        Start("p2", "load", "prod", SENT - 5),
        Start("p1", "load2", "prod", SENT - 5),
        Start("p1", "load", "dev", SENT - 5),
        Start("p1", "load", "prod", SENT + 5),
    ]
    for other in others:
        starts.begin(other)
    assert "e1" == judged(lost, row("e1", BEGAN)).execution_id
    rival = Start(None, "load.orch.yaml", "prod", SENT - 5)
    starts.begin(rival)
    assert (
        "e1 may be it, or that of another start under way" == judged(lost, row("e1", BEGAN)).doubt
    )
    starts.made_nothing(rival)
    assert "e1" == judged(lost, row("e1", BEGAN)).execution_id


def test_what_holds_a_tag_may_be_that_of_a_start_of_the_tag() -> None:
    """Unless it was known before, and of no other tag, or none."""
    starts = Starts()
    starts.know("known")
    for name in ("known", "new"):
        starts.attached(Start("p1", "load", "prod", SENT, tag="nightly"), name)
        starts.know(name)  # as when it is waited for
    for tag, may in (("nightly", True), ("another", False), (None, False)):
        assert may is starts.may_be_of(Start("p1", "load", "prod", SENT, tag=tag), "new")
    assert not starts.may_be_of(Start("p1", "load", "prod", SENT, tag="nightly"), "known")


def test_ids_in_capitals_are_known() -> None:
    """One that this client has attached to, or started under another tag, is nobody else's, however a listing writes it."""
    starts = Starts()
    starts.know("ABC-1")
    starts.made(Start("p1", "load", "prod", SENT, tag="nightly"), "ABC-2")
    assert starts.knows("abc-1")
    assert not starts.has_started("abc-1")
    assert starts.has_started("abc-2")
    assert "nightly" == starts.tag_of("abc-2")


def test_only_the_newest_executions_are_kept_in_mind() -> None:
    """A service that runs for months does not grow; one that is seen again counts as new."""
    starts = Starts()
    for number in range(10_000):
        starts.know(str(number))
    starts.know("0")
    starts.know("new")
    assert [True, False, True] == [starts.knows(name) for name in ("0", "1", "new")]


def test_lost_starts_are_forgotten() -> None:
    """Likewise."""
    starts = Starts()
    for number in range(5):
        lost = Start("p1", "load", "prod", number * 1000.0)
        starts.begin(lost)
        starts.lose(lost, lost.sent_at, lost.sent_at)
    assert 1 == len(starts.rivals(Start("p1", "load", "prod", 4000), 4000))
    assert [] == starts.rivals(Start("p1", "load", "prod", 4000), 4301)
    assert 1 == len(starts._open)

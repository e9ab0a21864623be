"""The pauses between attempts that fail."""

from __future__ import annotations

import random

import pytest

from matillion_async._backoff import Backoff


def test_pauses_grow_to_the_longest() -> None:
    """By the same factor each time, and none comes before the first failure."""
    backoff = Backoff(first=1, factor=3, longest=20)
    assert [0, 1, 3, 9, 20, 20] == [backoff.pause(failures) for failures in range(6)]
    assert 20 == backoff.pause(10**9)
    assert 0 == Backoff(first=0, factor=2, longest=20).pause(5)


@pytest.mark.parametrize(("jitter", "least"), [(0.25, 6.0), (1.0, 0.0)])
def test_a_share_of_a_pause_is_drawn(jitter: float, least: float) -> None:
    """It never makes a pause longer."""
    asked: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        asked.append((low, high))
        return low

    backoff = Backoff(first=1, factor=2, longest=8, jitter=jitter)
    assert least == backoff.pause(9, uniform)
    assert [(least, 8)] == asked
    drawn = [backoff.pause(9) for _ in range(100)]
    assert len(set(drawn)) > 1
    assert all(least <= pause <= 8 for pause in drawn)


def test_without_jitter_nothing_is_drawn() -> None:
    """The pause is exact, whatever the state of the generator."""
    before = random.getstate()
    assert 4 == Backoff(first=4, factor=2, longest=8).pause(1)
    assert before == random.getstate()

"""What an error lists beside a name that does not exist."""

from __future__ import annotations

import pytest

from matillion_async._names.suggestions import first_few, near, nearest


def test_what_resembles_comes_before_what_contains() -> None:
    """And both count whatever their case, names as well as ids."""
    names = {"id-1": "Sales of the whole of the north", "id-2": "Sale", "id-3": "Marketing"}
    assert ["id-2", "id-1"] == nearest("SALES", names)
    assert ["id-3"] == nearest("ID-33", {"id-3": "Marketing"})


def test_no_more_than_five_are_listed() -> None:
    """However many there are, and none of them twice."""
    names = {f"id-{number}": "Sales" for number in range(9)}
    assert [f"id-{number}" for number in range(5)] == nearest("Sales", names)
    assert "1, 2, 3, 4, 5" == first_few([*"12345"])
    assert "1, 2, 3, 4, 5 and 2 more" == first_few([*"1234567"])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({}, "there are none at all"),
        ({"a": "Marketing"}, "there is only 'Marketing' (a)"),
        ({"Dev": "Dev", "Test": "Test"}, "there are only 'Dev', 'Test'"),
        ({str(number): str(number) for number in range(6)}, "none of 6 is near"),
        ({"a": "Sale"}, "near: 'Sale' (a)"),
        ({"Sale": "Sale"}, "near: 'Sale'"),
    ],
)
def test_in_words(names: dict[str, str], told: str) -> None:
    """An id that is the name is not said twice."""
    assert told == near("Sales", names)


def test_nothing_is_near_to_no_text() -> None:
    """Although every name contains it."""
    assert [] == nearest("", {"a": "Sales"})

"""Which texts are taken for Quartz cron expressions: whatever has as many fields."""

from __future__ import annotations

import pytest

from matillion_async._groups.quartz import quartz_problem


@pytest.mark.parametrize(
    "expression",
    ["0 * * ? * * *", "0 15 10 ? * fri#3", "  0\t0 2  ? * MON-FRI ", "H H(0-7) * * * ?"],
)
def test_what_the_api_is_asked(expression: str) -> None:
    """Six fields, or seven with a year, whatever is in them: the API knows what it accepts."""
    assert None is quartz_problem(expression)


@pytest.mark.parametrize(
    ("expression", "count"), [("", 0), ("@daily", 1), ("0 2 * *", 4), ("0 0 2 ? * * 2026 1", 8)]
)
def test_what_it_is_not(expression: str, count: int) -> None:
    """Another number of fields, of which there is nothing more to say."""
    assert f"has {count} fields in place of 6, or 7 with a year" == quartz_problem(expression)


def test_unix_cron_gets_a_hint() -> None:
    """Five fields are what Unix cron has: the problem says what is different."""
    problem = quartz_problem("0 2 * * 1-5")
    assert problem is not None
    assert problem.startswith(
        "has 5 fields in place of 6, or 7 with a year; Unix cron has 5 fields"
    )
    assert None is quartz_problem(problem.split("'")[1])

"""Which texts are Quartz cron expressions."""

from __future__ import annotations

import pytest

from matillion_async._groups.quartz import quartz_problem


@pytest.mark.parametrize(
    "expression",
    [
        "0 * * ? * * *",
        "0 0 12 * * ?",
        "0 15 10 ? * *",
        "0 15 10 * * ? 2005",
        "0 15 10 ? * 6L 2022-2025",
        "0 15 10 ? * 6#3",
        "0 15 10 ? * fri#3",
        "0 0 12 1/5 * ?",
        "0 11 11 11 11 ?",
        "0 0/5 14,18 * * ?",
        "0 0-5 14 * * ?",
        "0 10,44 14 ? 3 WED",
        "0 15 10 ? * MON-FRI",
        "0 15 10 ? jan-Mar Mon,wed,FRI",
        "0 15 10 L * ?",
        "0 15 10 L-2 * ?",
        "0 15 10 L-2W * ?",
        "0 15 10 LW * ?",
        "0 15 10 15W * ?",
        "0 15 10 1W,15W * ?",
        "0 15 10 ? * L",
        "0 15 10 ? * FRIL",
        "0 15 10 ? JUL SAT",
        "0/15 */5 /2 ? * *",
        "*/0 50-10 22-2 ? NOV-FEB FRI-MON",
        "0 10-40/10 9-17/2 ? * MON-FRI/2",
        "0 1,,2 0 ? * *",
        "  0\t0 2  ? * MON-FRI ",
        "0 0 0 1 1 ? 1970-2099/2",
    ],
)
def test_what_quartz_accepts(expression: str) -> None:
    """Values, names, lists, ranges, steps and the letters of the day fields, in any case."""
    assert None is quartz_problem(expression)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("", "has 0 fields in place of 6, or 7 with a year"),
        ("@daily", "has 1 fields in place of 6, or 7 with a year"),
        ("0 0 2 ? * * 2026 1", "has 8 fields in place of 6, or 7 with a year"),
        ("60 0 2 ? * *", "has '60' for the seconds: '60' is not from 0 to 59"),
        ("0 x 2 ? * *", "has 'X' for the minutes: 'X' is not from 0 to 59"),
        ("0 0 24 ? * *", "has '24' for the hours: '24' is not from 0 to 23"),
        ("0 0 1,25 ? * *", "has '1,25' for the hours: '25': '25' is not from 0 to 23"),
        ("0 0 2 0 * ?", "has '0' for the day of month: '0' is not from 1 to 31"),
        ("0 0 2 32W * ?", "has '32W' for the day of month: '32' is not from 1 to 31"),
        (
            "0 0 2 L-31 * ?",
            "has 'L-31' for the day of month: there are at most 30 days before the last one",
        ),
        ("0 0 2 1,L * ?", "has '1,L' for the day of month: 'L' cannot stand in a list"),
        (
            "0 0 2 1-5W * ?",
            "has '1-5W' for the day of month: write L, LW, L-3, L-3W or a day with W, such as 15W",
        ),
        ("0 0 2 ? 13 *", "has '13' for the month: '13' is not from 1 to 12 or JAN to DEC"),
        ("0 0 2 ? MAI *", "has 'MAI' for the month: 'MAI' is not from 1 to 12 or JAN to DEC"),
        (
            "0 0 2 ? * 0",
            "has '0' for the day of week: '0' is not from 1 to 7 or SUN to SAT, and Sunday is 1",
        ),
        ("0 0 2 ? * 8L", "has '8L' for the day of week: '8' is not from 1 to 7 or SUN to SAT"),
        (
            "0 0 2 ? * 2#1,3#2",
            "has '2#1,3#2' for the day of week: '#' can stand in a list only once",
        ),
        ("0 0 2 ? * MON,L", "has 'MON,L' for the day of week: 'L' cannot stand in a list"),
        (
            "0 0 2 ? * MONDAY",
            "has 'MONDAY' for the day of week: 'MONDAY' is not from 1 to 7 or SUN to SAT",
        ),
        ("0 0/60 2 ? * *", "has '0/60' for the minutes: the step '60' is not a number up to 59"),
        ("0 0/ 2 ? * *", "has '0/' for the minutes: the step '' is not a number up to 59"),
        ("0 1- 2 ? * *", "has '1-' for the minutes: '' is not from 0 to 59"),
        ("? 0 2 ? * *", "has '?' for the seconds: '?' is for the two day fields only"),
        ("0 L 2 ? * *", "has 'L' for the minutes: 'L' is not from 0 to 59"),
        ("0 , 2 ? * *", "has ',' for the minutes: there is no value"),
        (
            "0 0 2 ? * * 2030-2026",
            "has '2030-2026' for the year: the first year must not be after the last one",
        ),
        ("0 0 2 ? * * 1969", "has '1969' for the year: '1969' is not from 1970 to 2099"),
        (
            "0 0 2 * * *",
            "has '*' for the day of month and '*' for the day of week: exactly one of them must be '?'",
        ),
        (
            "0 0 2 ? * ?",
            "has '?' for the day of month and '?' for the day of week: exactly one of them must be '?'",
        ),
    ],
)
def test_what_it_does_not(expression: str, problem: str) -> None:
    """The first field that is wrong is named, with its text and the reason."""
    assert problem == quartz_problem(expression)


def test_special_days_of_the_week() -> None:
    """A form that the day of week does not have is answered with those that it has."""
    problem = quartz_problem("0 0 2 ? * 2#6")
    assert problem is not None
    assert problem.startswith(
        "has '2#6' for the day of week: write L, a day with L, such as FRIL, or"
    )


def test_unix_cron_gets_a_hint() -> None:
    """Five fields are what Unix cron has: the problem says what is different."""
    problem = quartz_problem("0 2 * * 1-5")
    assert problem is not None
    assert problem.startswith(
        "has 5 fields in place of 6, or 7 with a year; Unix cron has 5 fields"
    )
    assert None is quartz_problem(problem.split("'")[1])

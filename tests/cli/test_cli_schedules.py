"""matillion schedules."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.command_line import Invoke, Start, environment

CREATE = (
    "schedules", "create", "Sales", "--name", "Nightly", "--pipeline", "daily.orch.yaml",
    "--environment", "Environment 1", "--cron", "0 0 2 ? * MON-FRI",
)  # fmt: skip
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def env(served: Start) -> dict[str, str]:
    """The environment of a command line that talks to a sandbox with one project."""
    return environment(served(projects=["Sales"]))


def shown(invoke: Invoke, env: dict[str, str], schedule: str = "Nightly") -> dict[str, Any]:
    """A schedule as ``show`` writes it."""
    found: dict[str, Any] = json.loads(
        invoke("schedules", "show", "Sales", schedule, env=env).stdout
    )
    return found


def test_a_schedule_from_its_creation_to_its_end(invoke: Invoke, env: dict[str, str]) -> None:
    """All options arrive; a schedule is found by name and by id, listed and deleted."""
    result = invoke(
        *CREATE,
        *("--timezone", "Europe/Dublin", "--from", "2026-01-01T00:00+01:00", "--disabled"),
        *("--var", "region=emea", "--grid-var", 'tables=[["a"]]', "--version", "1.0"),
        env=env,
    )
    assert (0, "") == (result.exit_code, result.stderr)
    schedule_id = result.stdout.strip()
    expected = {
        "scheduleId": schedule_id,
        "name": "Nightly",
        "pipelineName": "daily.orch.yaml",
        "environmentName": "Environment 1",
        "versionName": "1.0",
        "cronExpression": "0 0 2 ? * MON-FRI",
        "cronTimezone": "Europe/Dublin",
        "effectiveFrom": "2025-12-31T23:00:00+00:00",
        "scheduleEnabled": False,
        "scalarVariables": {"region": "emea"},
        "gridVariables": {"tables": [["a"]]},
    }
    assert expected == shown(invoke, env) == shown(invoke, env, schedule_id)
    listed = invoke("schedules", "list", "Sales", "--csv", env=env)
    assert [schedule_id] == [
        row["scheduleId"] for row in csv.DictReader(io.StringIO(listed.stdout))
    ]
    deleted = invoke("schedules", "delete", "Sales", "Nightly", "--yes", env=env)
    assert deleted.stderr.startswith("Deleted schedule 'Nightly' of project 'Sales'")
    assert [] == json.loads(invoke("schedules", "list", "Sales", env=env).stdout)


def test_pause_resume_and_change(invoke: Invoke, env: dict[str, str]) -> None:
    """Each keeps what it does not name."""
    created = json.loads(invoke(*CREATE, "--json", env=env).stdout)
    before = shown(invoke, env)
    assert created["scheduleId"] == before["scheduleId"]
    paused = invoke("schedules", "disable", "Sales", "Nightly", env=env)
    assert before | {"scheduleEnabled": False} == json.loads(paused.stdout)
    change = ("--cron", "0 0 3 * * ?", "--name", "Early")
    changed = invoke("schedules", "update", "Sales", "Nightly", *change, env=env)
    expected = before | {"cronExpression": "0 0 3 * * ?", "name": "Early"}
    assert expected | {"scheduleEnabled": False} == json.loads(changed.stdout)
    resumed = invoke("schedules", "enable", "Sales", "Early", env=env)
    assert expected == json.loads(resumed.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (*CREATE[:-1], "0 2 * * *"),
            "the cron expression '0 2 * * *' has 5 fields in place of 6, or 7 with a year; Unix cron",
        ),
        ((*CREATE, "--var", "x"), "'x' is not a variable; write NAME=VALUE"),
        ((*CREATE, "--from", "tomorrow"), "'tomorrow' is not a date; write YYYY-MM-DD"),
        ((*CREATE, "--from", "2026-01-01T00:00"), "'2026-01-01T00:00' has no time zone"),
        (("schedules", "update", "Sales", "x"), "Nothing to change: give at least one option"),
        (("schedules", "delete", "Sales", "x"), "Deleting must be confirmed"),
    ],
)
def test_bad_input(
    invoke: Invoke, env: dict[str, str], arguments: tuple[str, ...], message: str
) -> None:
    """A cron line that is not Quartz, and other wrong values, are one line and exit code 2."""
    result = invoke(*arguments, env=env)
    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert message in result.stderr


def test_names_that_find_nothing_or_too_much(invoke: Invoke, env: dict[str, str]) -> None:
    """An unknown name says what is near, a name of several lists their ids, an unknown id is the API's to refuse."""
    unknown = invoke("schedules", "show", "Sales", "x", env=env)
    assert (1, 1) == (unknown.exit_code, unknown.stderr.count("\n"))
    assert "no schedule has the id or the exact name 'x'; there are none at all" in unknown.stderr
    ids = [invoke(*CREATE, env=env).stdout.strip() for _ in range(2)]
    several = invoke("schedules", "disable", "Sales", "Nightly", env=env)
    assert f"2 schedules are named 'Nightly'; give an id: {', '.join(ids)}" in several.stderr
    missing = invoke("schedules", "show", "Sales", UNKNOWN_ID, env=env)
    assert (1, "matillion: schedules.get: 404 Not Found: The schedule does not exist\n") == (
        missing.exit_code,
        missing.stderr,
    )

"""matillion consumption."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.command_line import Invoke, Start, environment, on_terminal

TODAY = datetime.now(UTC).date()
RANGE = ("--from", str(TODAY - timedelta(days=50)), "--to", str(TODAY - timedelta(days=10)))


def test_a_row_for_each_cause_of_each_day(invoke: Invoke) -> None:
    """JSON has the dimensions of a cause beside its day, kind and credits."""
    result = invoke("--sandbox", "consumption", "show", *RANGE)
    assert (0, "") == (result.exit_code, result.stderr)
    rows = json.loads(result.stdout)
    days = sorted({row["day"] for row in rows})
    assert [str(TODAY - timedelta(days=50 - index)) for index in range(40)] == days
    assert ["day", "consumptionType", "credits", "installationId"] == list(rows[0])
    pipelines = [row for row in rows if row["consumptionType"] == "orchestration"]
    assert (40 * 3 * 2, {"Environment 1", "Environment 2"}) == (
        len(pipelines),
        {row["environment"] for row in pipelines},
    )


def test_csv_has_a_column_for_each_dimension(invoke: Invoke) -> None:
    """Figures come as they are, and nothing is left out."""
    result = invoke("--sandbox", "consumption", "show", *RANGE, "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert (0, "") == (result.exit_code, result.stderr)
    assert {"ada@example.com", "grace@example.com", ""} == {row["userEmail"] for row in rows}
    assert all(float(row["credits"]) >= 0 for row in rows)


def test_a_table_has_the_cause_in_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, whatever that of the tests is; without --to it ends with today."""
    monkeypatch.setenv("COLUMNS", "80")
    code, shown = on_terminal(
        *("--sandbox", "consumption", "show", "--from", str(TODAY)),
        env=environment(NO_COLOR="1", TERM="dumb"),
    )
    lines = shown.split("\r\n")
    assert (0, ["day", "consumptionType", "credits", "cause"]) == (code, lines[0].split())
    assert [str(TODAY), "dpc-users", "ada@example.com"] == [lines[3].split()[i] for i in (0, 1, 3)]
    assert "  daily.orch.yaml, Environment 2, " in shown


def test_so_many_days_ago_is_a_day(invoke: Invoke) -> None:
    """It is the first of those that are shown; without --to they end with today."""
    result = invoke("--sandbox", "consumption", "show", "--from", "2d")
    days = sorted({row["day"] for row in json.loads(result.stdout)})
    assert [str(TODAY - timedelta(days=ago)) for ago in (2, 1, 0)] == days


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--from", "2026-02-30"), "'2026-02-30' is not a day; write YYYY-MM-DD"),
        (("--from", "20260201"), "'20260201' is not a day"),
        (("--from", "2026-02-01T00:00:00Z"), "is not a day"),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "is not after the start, 2026-02-02"),
        ((), "Missing option '--from'"),
    ],
)
def test_what_is_no_range_is_refused(
    invoke: Invoke, served: Start, arguments: tuple[str, ...], reason: str
) -> None:
    """One line, exit code 2, and nothing was sent."""
    server = served()
    result = invoke("consumption", "show", *arguments, env=environment(server))
    assert (2, "", 0) == (result.exit_code, result.stdout, server.sandbox.stats.arrived)
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1

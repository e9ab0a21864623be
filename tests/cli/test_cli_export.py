"""matillion audit export and matillion lineage export."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from matillion_api.models.audit_event import AuditEvent

from matillion_async.cli._export import _line
from tests.cli.command_line import Invoke, Start, environment, on_terminal

LAST_100_DAYS = str((datetime.now(UTC) - timedelta(days=100)).date())
BOTH = pytest.mark.parametrize("group", ["audit", "lineage"])


@BOTH
def test_events_are_json_lines(invoke: Invoke, group: str) -> None:
    """stdout gets one object on each line, oldest first, stderr the number; without --to it ends now."""
    result = invoke("--sandbox", group, "export", "--from", LAST_100_DAYS)
    assert result.exit_code == 0, result.stderr
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert f"Wrote {len(events)} events.\n" == result.stderr
    moments = [
        event["eventTimestamp"] if group == "audit" else event["event"]["eventTime"]
        for event in events
    ]
    assert sorted(moments) == moments
    assert len({event["eventId" if group == "audit" else "id"] for event in events}) >= 500


@BOTH
def test_so_many_days_ago_is_a_moment(invoke: Invoke, group: str) -> None:
    """The events of the last week, to the second: no more than a day has in the history of the sandbox are before or after."""
    result = invoke("--sandbox", group, "export", "--from", "7d")
    since = datetime.now(UTC) - timedelta(days=7)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    first = events[0]["eventTimestamp"] if group == "audit" else events[0]["event"]["eventTime"]
    began = datetime.fromisoformat(first)
    assert since - timedelta(minutes=5) < began < since + timedelta(days=1)


@BOTH
def test_a_file_gets_its_name_when_it_is_whole(
    invoke: Invoke, served: Start, group: str, tmp_path: Path
) -> None:
    """With --output stdout stays empty, and nothing else is left beside the file."""
    path = tmp_path / "events.jsonl"
    path.write_text("what was there before")
    server = served(audit_events=120, lineage_events=120)
    arguments = (group, "export", "--from", LAST_100_DAYS, "--output", str(path))
    result = invoke(*arguments, env=environment(server))
    assert (0, "") == (result.exit_code, result.stdout)
    count = len(path.read_text().splitlines())
    assert (f"Wrote {count} events to {path}.\n", [path]) == (
        result.stderr,
        list(tmp_path.iterdir()),
    )
    assert count in (120, 121)  # audit tells of the login as well


@BOTH
def test_half_an_export_leaves_the_file_as_it_was(
    invoke: Invoke, served: Start, group: str, tmp_path: Path
) -> None:
    """When a later page fails, the exit code is 1, and the file and its folder are as before."""
    path = tmp_path / "events.jsonl"
    path.write_text("whole")
    server = served(audit_events=2000, lineage_events=2000, faults=[f"{group}.list:403@9"])
    arguments = (group, "export", "--from", LAST_100_DAYS, "--output", str(path))
    result = invoke(*arguments, env=environment(server))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"matillion: {group}.list: 403")
    assert ("whole", [path]) == (path.read_text(), list(tmp_path.iterdir()))


def test_half_an_export_to_stdout(invoke: Invoke, served: Start) -> None:
    """Whole lines, and stderr says that they are not all."""
    server = served(lineage_events=2000, faults=["lineage.list:403@9"])
    result = invoke("lineage", "export", "--from", LAST_100_DAYS, env=environment(server))
    count = len([json.loads(line) for line in result.stdout.splitlines()])
    incomplete, error = result.stderr.splitlines()
    assert (1, True) == (result.exit_code, 0 < count < 2000)
    assert (
        f"matillion: the output is incomplete: only the first {count} rows are there" == incomplete
    )
    assert error.startswith("matillion: lineage.list: 403")


def test_text_that_has_no_utf_8_form() -> None:
    """A lone surrogate, which JSON can hold, is written as its JSON escape."""
    event = AuditEvent.from_dict({"eventId": "1", "eventName": "\ud800"})
    assert {"eventId": "1", "eventName": "\ud800"} == json.loads(_line(event))


@pytest.mark.parametrize("end", ["\u0085", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\r"])
def test_a_line_is_one_for_every_reader(end: str) -> None:
    """Also for those that end a line where JSON does not."""
    event = AuditEvent.from_dict({"eventId": "1", "eventName": f"a{end}é"})
    line = _line(event).decode()
    assert 1 == len(line.splitlines())
    assert {"eventId": "1", "eventName": f"a{end}é"} == json.loads(line)
    assert "é" in line


def test_permissions(invoke: Invoke, tmp_path: Path) -> None:
    """A new file has those of any new file; one that is replaced keeps those that it has."""
    path = tmp_path / "events.jsonl"
    arguments = ("--sandbox", "lineage", "export", "--from", LAST_100_DAYS, "--output", str(path))
    before = os.umask(0o027)
    try:
        invoke(*arguments)
        assert 0o640 == stat.S_IMODE(path.stat().st_mode)
        path.chmod(0o604)
        invoke(*arguments)
    finally:
        os.umask(before)
    assert 0o604 == stat.S_IMODE(path.stat().st_mode)


def test_a_long_name(invoke: Invoke, tmp_path: Path) -> None:
    """A name that is as long as names may be is fine."""
    path = tmp_path / ("e" * 255)
    arguments = ("--sandbox", "lineage", "export", "--from", LAST_100_DAYS, "--output", str(path))
    assert (0, [path]) == (invoke(*arguments).exit_code, list(tmp_path.iterdir()))


def test_a_link_stays_a_link(invoke: Invoke, tmp_path: Path) -> None:
    """The file that it leads to is replaced."""
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(target)
    arguments = ("lineage", "export", "--from", LAST_100_DAYS, "--output", str(link))
    assert invoke("--sandbox", *arguments).exit_code == 0
    assert (True, 500) == (link.is_symlink(), len(target.read_text().splitlines()))


def test_a_link_that_leads_to_itself(invoke: Invoke, tmp_path: Path) -> None:
    """There is no file that it leads to, so it is replaced itself."""
    link = tmp_path / "events.jsonl"
    link.symlink_to(link)
    arguments = ("lineage", "export", "--from", LAST_100_DAYS, "--output", str(link))
    assert invoke("--sandbox", *arguments).exit_code == 0
    assert (False, 500) == (link.is_symlink(), len(link.read_text().splitlines()))


def test_a_pipe_stays_a_pipe(invoke: Invoke, served: Start, tmp_path: Path) -> None:
    """What is not a file, such as a pipe or /dev/stdout, is written to, and not replaced."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        env = environment(served(lineage_events=20))
        arguments = ("lineage", "export", "--from", LAST_100_DAYS, "--output", str(path))
        result = invoke(*arguments, env=env)
        lines = reader.read().splitlines()
    assert (0, 20) == (result.exit_code, len(lines))
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize(
    ("output", "reason"),
    [("missing/events.jsonl", "No such file or directory"), (".", "is a directory")],
)
def test_a_file_that_cannot_be_written_is_refused_first(
    invoke: Invoke, served: Start, output: str, reason: str, tmp_path: Path
) -> None:
    """Exit code 2, the path and the reason, and nothing was sent."""
    server = served()
    path = str(tmp_path / output)
    result = invoke(
        "audit", "export", "--from", "2026-01-01", "--output", path, env=environment(server)
    )
    assert (2, 0) == (result.exit_code, server.sandbox.stats.arrived)
    assert path.rstrip(".") in result.stderr
    assert reason in result.stderr


@BOTH
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--from", "2026-02-30"), "'2026-02-30' is not a date; write YYYY-MM-DD"),
        (("--from", "yesterday"), "'yesterday' is not a date"),
        (("--from", "2026-02-01T00:00:00"), "'2026-02-01T00:00:00' has no time zone"),
        (("--from", "2026-02-02", "--to", "2026-02-01"), "is not after the start"),
        (("--from", "2026-02-02T01:00:00+02:00", "--to", "2026-02-01T23:00:00Z"), "is not after"),
        ((), "Missing option '--from'"),
    ],
)
def test_what_is_no_range_is_refused(
    invoke: Invoke, served: Start, group: str, arguments: tuple[str, ...], reason: str
) -> None:
    """One line, exit code 2, and nothing was sent."""
    server = served()
    result = invoke(group, "export", *arguments, env=environment(server))
    assert (2, "", 0) == (result.exit_code, result.stdout, server.sandbox.stats.arrived)
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1


@BOTH
def test_a_day_is_midnight_in_utc(invoke: Invoke, served: Start, group: str) -> None:
    """A day and a date-time in another zone may name the same moment."""
    server = served()
    for start, end in (
        ("2026-02-01", "2026-02-03"),
        ("2026-02-01T02:00:00+02:00", "2026-02-02T16:00:00-08:00"),
    ):
        invoke(group, "export", "--from", start, "--to", end, env=environment(server))
    asked = [record.query for record in server.sandbox.requests if record.query]
    assert (2, 1) == (len(asked), len(set(asked)))
    assert "2026-02-03T00%3A00%3A00%2B00%3A00" in asked[0]


def test_on_a_terminal() -> None:
    """The lines, and then their number."""
    code, shown = on_terminal(
        *("--sandbox", "lineage", "export", "--from", LAST_100_DAYS),
        env=environment(NO_COLOR="1", TERM="dumb"),
    )
    lines = shown.split("\r\n")
    assert (0, "Wrote 500 events.") == (code, lines[-2])
    assert [json.loads(line)["event"]["eventType"] for line in lines[:3]] == ["COMPLETE"] * 3

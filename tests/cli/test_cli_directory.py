"""matillion users and matillion groups."""

from __future__ import annotations

import json

from tests.cli.command_line import Invoke, environment, on_terminal


def test_users(invoke: Invoke) -> None:
    """A listing as any other."""
    result = invoke("--sandbox", "users", "list")
    assert (0, "") == (result.exit_code, result.stderr)
    rows = json.loads(result.stdout)
    assert ["ada@example.com", "grace@example.com"] == [row["userName"] for row in rows]
    assert ["id", "userName", "displayName", "active", "emails"] == list(rows[0])[:5]


def test_groups(invoke: Invoke) -> None:
    """JSON has the members."""
    result = invoke("--sandbox", "groups", "list", "--json")
    assert (0, "") == (result.exit_code, result.stderr)
    (group,) = json.loads(result.stdout)
    assert ("Developers", ["ada@example.com", "grace@example.com"]) == (
        group["displayName"],
        [member["display"] for member in group["members"]],
    )


def test_tables() -> None:
    """On a terminal a listing is a table."""
    for name in ("users", "groups"):
        code, shown = on_terminal(
            "--sandbox", name, "list", env=environment(NO_COLOR="1", TERM="dumb")
        )
        assert (0, "id") == (code, shown.split()[0])

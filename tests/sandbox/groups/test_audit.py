"""Audit events in the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from matillion_async import BadRequestError, ConfigurationError
from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._clock import VIRTUAL_START
from matillion_async.sandbox.groups.audit import AuditLog
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import signed_in

pytestmark = pytest.mark.virtual_time
DAY = timedelta(days=1)


async def test_there_is_a_history_of_ninety_days() -> None:
    """Events from before the sandbox was used are spread evenly, oldest first."""
    async with ConformingSandbox(audit_events=90).client() as client:
        events = await client.audit.list(
            from_=VIRTUAL_START - 90 * DAY, to=VIRTUAL_START - DAY
        ).all()
    assert [VIRTUAL_START - (90 - day) * DAY for day in range(90)] == [
        event.event_timestamp for event in events
    ]
    assert {"LOGIN"} == {event.event_type for event in events}
    assert {"ada@example.com", "grace@example.com"} == {event.actor_email for event in events}
    assert len({event.event_id for event in events}) == 90


async def test_both_ends_belong_to_the_range() -> None:
    """The API does not say so; a client that asks for adjoining ranges meets such events twice."""
    async with ConformingSandbox(audit_events=90).client() as client:
        page = await client.audit.list(from_=VIRTUAL_START - 9 * DAY, to=VIRTUAL_START - 8 * DAY)
    assert (2, [VIRTUAL_START - 9 * DAY, VIRTUAL_START - 8 * DAY]) == (
        page.total,
        [event.event_timestamp for event in page.results],
    )


async def test_what_it_happened_to() -> None:
    """An event has the id of the thing that was made or changed, whatever other ids it has."""
    async with ConformingSandbox(projects=["Sales"], audit_events=0).client() as client:
        user = await client.directory_integration.create_user(user_name="x", external_id="other")
        group = await client.directory_integration.create_group(display_name="x")
        agent = await client.agents.create(
            name="a", agent_type="streaming", cloud_provider="aws", deployment="eks"
        )
        await client.agents.command(agent.agent_id, command="PAUSE")
        stream = await client.streaming_pipelines.create(
            "Sales",
            name="s",
            agent_id=agent.agent_id,
            streaming_source={"type": "mysql"},
            streaming_target={"type": "s3"},
        )
        await client.streaming_pipelines.status("Sales", stream.streaming_pipeline_id)
        await client.streaming_pipelines.delete("Sales", stream.streaming_pipeline_id)
        page = await client.audit.list(from_=VIRTUAL_START, to=VIRTUAL_START + DAY)
    assert [
        ("CREATE_DIRECTORY_USER", user.id),
        ("CREATE_DIRECTORY_GROUP", group.id),
        ("CREATE_AGENT", agent.agent_id),
        ("SEND_AGENT_COMMAND", agent.agent_id),
        ("CREATE_STREAMING_PIPELINE", stream.streaming_pipeline_id),
        ("DELETE_STREAMING_PIPELINE", stream.streaming_pipeline_id),
    ] == [(event.event_type, event.event_subject_id) for event in page.results[1:]]


async def test_what_happens_is_recorded() -> None:
    """A token that is issued is a login, a project that is created an event with its id and its name."""
    async with ConformingSandbox(audit_events=0).client() as client:
        created = await client.projects.create(
            name="Sales", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
        )
        await client.projects.delete(created.project_id)
        page = await client.audit.list(from_=VIRTUAL_START, to=VIRTUAL_START + DAY)
    assert [
        ("LOGIN", None, None),
        ("CREATE_PROJECT", created.project_id, "Sales"),
        ("DELETE_PROJECT", created.project_id, None),
    ] == [
        (event.event_type, event.event_subject_id, event.event_subject_name)
        for event in page.results
    ]


async def test_what_is_refused_or_only_read_is_not_recorded() -> None:
    """Events tell of changes."""
    async with ConformingSandbox(audit_events=0).client() as client:
        await client.projects.list()
        with pytest.raises(BadRequestError):
            await client.projects.create(name="", warehouse="SNOWFLAKE", agent_deployment_type="X")
        page = await client.audit.list(from_=VIRTUAL_START, to=VIRTUAL_START + DAY)
    assert ["LOGIN"] == [event.event_type for event in page.results]


@pytest.mark.parametrize(
    ("query", "violation"),
    [
        ("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to: must be after from"),
        ("from=2026-01-01T00:00:00&to=2026-01-02T00:00:00Z", "from: must be a valid date-time"),
        ("to=2026-01-02T00:00:00Z", "from: must be given"),
    ],
)
async def test_a_range_that_is_none_is_refused(query: str, violation: str) -> None:
    """400, with what is wrong."""
    async with signed_in(ConformingSandbox()) as client:
        response = await client.get(f"/v1/events?{query}")
    assert (400, [violation]) == (response.status_code, response.json()["violations"])


async def test_dates_in_another_zone_mean_the_same_moment() -> None:
    """Zones are taken into account, at the ends of the calendar as well."""
    async with signed_in(ConformingSandbox(audit_events=90)) as client:
        local = "from=2025-12-31T01:00:00%2B02:00&to=2025-12-31T02:00:00%2B02:00"
        page = (await client.get(f"/v1/events?{local}")).json()
        everything = "from=0001-01-01T00:00:00%2B14:00&to=9999-12-31T23:59:59-14:00"
        whole = (await client.get(f"/v1/events?{everything}")).json()
    expected = datetime(2025, 12, 31, tzinfo=UTC).isoformat(timespec="milliseconds")
    assert [expected.replace("+00:00", "Z")] == [row["eventTimestamp"] for row in page["results"]]
    assert whole["total"] == 91


@pytest.mark.parametrize("option", ["audit_events", "lineage_events"])
def test_a_negative_number_of_events_is_refused(option: str) -> None:
    """The message names the option."""
    with pytest.raises(
        ConfigurationError, match=f"{option} must be an integer, at least 0, not -1"
    ):
        Sandbox(**{option: -1})  # type: ignore[arg-type]


async def test_the_history_is_written_when_it_is_asked_for() -> None:
    """Not by the first token, which every test of a user asks for; its events come first all the same."""
    sandbox = ConformingSandbox(audit_events=90)
    async with sandbox.client() as client:
        await client.projects.list(size=1)
        log = sandbox._backend.state.tables.of(AuditLog).get("")
        assert log is not None
        assert ["api-credentials@example.com"] == [event.actor for event in log.events]
        before = await client.audit.list(
            from_=VIRTUAL_START - 100 * DAY, to=VIRTUAL_START + DAY
        ).all()
        after = await client.audit.list(
            from_=VIRTUAL_START - 100 * DAY, to=VIRTUAL_START + DAY
        ).all()
    assert 91 == len({event.event_id for event in before})
    assert "api-credentials@example.com" == before[-1].actor_email
    assert before == after

"""The sandbox takes what other clients of the API send, and responds as they have seen the API respond."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import FORM, TOKEN_URL, connected, signed_in

S3 = {"type": "s3", "bucket": "b", "prefix": "", "decimalMapping": "legacy"}
SNOWFLAKE = {
    "type": "Snowflake",
    "tablePrefixType": "prefix",
    "transformationType": "copy_table_soft_delete",
    "temporalMapping": "native",
}


def streaming_pipeline(**target: Any) -> dict[str, Any]:
    """A streaming pipeline as the vendor's provider sends it."""
    password = {"secretType": "aws_secrets_manager", "secretName": "db", "secretKey": "pw"}
    return {
        "name": "orders",
        "agentId": "3b0f0d4e-8f1c-4b52-a5a5-1f2b8b7c6d01",
        "streamingSource": {"type": "postgres", "connection": {"password": password}},
        "streamingTarget": target,
        "advancedProperties": {"a": 1, "b": "2"},
    }


async def first_project(client: httpx.AsyncClient) -> str:
    """The path of the first project."""
    found = (await client.get("/v1/projects")).json()["results"][0]["id"]
    return f"/v1/projects/{found}"


async def test_a_token_needs_no_audience() -> None:
    """Scripts in production send none; another audience than the sandbox's is refused all the same."""
    form = {name: value for name, value in FORM.items() if name != "audience"}
    async with connected(ConformingSandbox()) as client:
        response = await client.post(TOKEN_URL, data=form)
        token = response.json()["access_token"]
        listed = await client.get("/v1/projects", headers={"Authorization": f"Bearer {token}"})
        refused = await client.post(TOKEN_URL, data={**FORM, "audience": "https://example.com"})
    assert [200, 200, 400] == [response.status_code, listed.status_code, refused.status_code]


@pytest.mark.parametrize("target", [S3, SNOWFLAKE], ids=["s3", "snowflake"])
async def test_enums_are_taken_in_any_case(target: dict[str, Any]) -> None:
    """What is sent in lower case is given back as the reference has it, and a secret with its ``key``."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        project = await first_project(client)
        response = await client.post(
            f"{project}/streaming-pipelines", json=streaming_pipeline(**target)
        )
        command = await client.post(
            f"{project}/streaming-pipelines/{response.json()['streamingPipelineId']}/commands",
            json={"command": "start"},
        )
    assert (201, 202) == (response.status_code, command.status_code)
    pipeline = response.json()
    password = pipeline["streamingSource"]["connection"]["password"]
    assert ("AWS_SECRETS_MANAGER", "pw") == (password["secretType"], password["key"])
    cased = {
        name: value.lower() if name == "type" else value.upper() if name != "bucket" else value
        for name, value in target.items()
    }
    assert cased == pipeline["streamingTarget"]
    assert {"a": 1, "b": "2"} == pipeline["advancedProperties"]


async def test_an_unknown_value_is_still_refused() -> None:
    """Any case is not any value."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        body = streaming_pipeline(type="s3", decimalMapping="legacies")
        response = await client.post(
            f"{await first_project(client)}/streaming-pipelines", json=body
        )
    assert ["streamingTarget.decimalMapping: must be one of LOGICAL, LEGACY"] == (
        response.json()["violations"]
    )


async def test_an_enum_in_the_query_and_a_constant() -> None:
    """A filter by a status in lower case, and a cancellation that is."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        project = await first_project(client)
        body = {"pipelineName": "daily.orch.yaml", "environmentName": "Environment 1"}
        started = await client.post(f"{project}/pipeline-executions", json=body)
        path = f"{project}/pipeline-executions/{started.json()['pipelineExecutionId']}"
        cancelled = await client.patch(path, json={"status": "cancelled", "forceUpdate": True})
        listed = await client.get("/v1/pipeline-executions", params={"status": "cancelled"})
    assert 200 == cancelled.status_code
    assert ["CANCELLED"] == [row["status"] for row in listed.json()["results"]]


async def test_the_track_of_an_agent_in_lower_case() -> None:
    """It is in upper case in the reference of the change, and in lower case in that of the creation."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        agent = (await client.get("/v1/agents")).json()["results"][0]["agentId"]
        response = await client.patch(f"/v1/agents/{agent}", json={"trackName": "stable"})
        changed = (await client.get(f"/v1/agents/{agent}")).json()
    assert (202, "stable") == (response.status_code, changed["versionDetails"]["trackName"])


async def test_a_connection_to_the_data_platform_as_the_guide_has_it() -> None:
    """In lower case, and so is what it is listed by."""
    body = {
        "name": "redshift-main",
        "platformConnectionType": "dwh",
        "authProvider": "redshift",
        "authType": "password",
    }
    async with signed_in(ConformingSandbox(projects=1)) as client:
        project = await first_project(client)
        response = await client.post(f"{project}/data-platform-connections", json=body)
        listed = (await client.get(f"{project}/connections")).json()["results"]
    assert 201 == response.status_code
    assert [("DWH", "REDSHIFT", "PASSWORD")] == [
        (row["platformConnectionType"], row["authProvider"], row["authType"]) for row in listed
    ]


@pytest.mark.parametrize("is_flat", [False, True])
async def test_the_two_forms_of_the_details_of_an_execution(is_flat: bool) -> None:
    """Under ``result`` and without the project, as live clients have seen it, or flat, as the reference has it."""
    options = {"flat_executions": True} if is_flat else {}
    async with signed_in(ConformingSandbox(projects=1, **options)) as client:
        project = await first_project(client)
        body = {"pipelineName": "daily.orch.yaml", "environmentName": "Environment 1"}
        started = await client.post(f"{project}/pipeline-executions", json=body)
        run = started.json()["pipelineExecutionId"]
        details = (await client.get(f"{project}/pipeline-executions/{run}")).json()
        status = (await client.get(f"{project}/pipeline-executions/{run}/status")).json()
    assert is_flat == ("result" not in details)
    fields = details if is_flat else details["result"]
    assert (run, "QUEUED") == (fields["pipelineExecutionId"], fields["status"])
    assert is_flat == ("projectId" in fields)
    assert {"status": "QUEUED"} == status


async def test_a_paused_agent_does_not_say_until_when() -> None:
    """``pausedUntil`` is a plain string, and may be empty."""
    async with signed_in(ConformingSandbox(projects=1)) as client:
        agent = (await client.get("/v1/agents")).json()["results"][0]["agentId"]
        await client.post(f"/v1/agents/{agent}/commands", json={"command": "pause"})
        assert "" == (await client.get(f"/v1/agents/{agent}")).json()["pausedUntil"]

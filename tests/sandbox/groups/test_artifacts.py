"""Artifacts in the sandbox."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from matillion_api.models.artifact_files import ArtifactFiles
from matillion_api.types import File

from matillion_async import BadRequestError, ConflictError, MatillionClient, NotFoundError
from matillion_async.sandbox._state import Environment
from matillion_async.sandbox.groups.artifacts import artifact_version, published_pipelines
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import signed_in

FIRST, SECOND = "Environment 1", "Environment 2"
FILES = {
    "ingest/daily.orch.yaml": b"type: orchestration",
    "ingest/clean.tran.yaml": b"type: transformation",
    "scripts/load.py": b"print()",
}


def form(files: dict[str, bytes]) -> ArtifactFiles:
    body = ArtifactFiles()
    for name, content in files.items():
        body.extra[name] = File(BytesIO(content), name.rpartition("/")[2], "text/plain")
    return body


async def upload(
    client: MatillionClient,
    project: str,
    version: str,
    environment: str = FIRST,
    files: dict[str, bytes] = FILES,
) -> list[tuple[str | None, str | None]]:
    """Upload a version; what of it was ignored."""
    response = await client.artifacts.upload(
        project,
        body=form(files),
        version_name=version,
        environment_name=environment,
        commit_hash="0a1b2c3d",
        branch="main",
    )
    assert response is not None
    assert version == response.version_name
    return [(str(item.name), str(item.reason)) for item in response.ignored_resources or []]


async def first_project(client: MatillionClient) -> str:
    return (await client.projects.list()).results[0].id


@pytest.mark.virtual_time
async def test_an_upload_is_listed_and_described() -> None:
    """What was sent in headers and names of fields comes back."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        assert [] == await upload(client, project, "1.0")
        listed = await client.artifacts.list(project, environment_name=FIRST).all()
        described = await client.artifacts.details(project, environment_name=FIRST)
    expected = {
        "versionName": "1.0",
        "branch": "main",
        "commitHash": "0a1b2c3d",
        "createdAt": "2026-01-01T00:00:00+00:00",
        "deployedAt": "2026-01-01T00:00:00+00:00",
        "enabled": True,
    }
    assert [expected] == [version.to_dict() for version in listed]
    assert {"details": expected, "assets": list(FILES)} == described.to_dict()


async def test_what_is_no_resource_is_ignored() -> None:
    """Other kinds of files, and those that are not text, are left out with a reason."""
    files = {**FILES, "README.md": b"# x", "bad.sql": b"\xff", "zero.py": b"\0"}
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        ignored = await upload(client, project, "1.0", files=files)
        described = await client.artifacts.details(
            project, environment_name=FIRST, version_name="1.0"
        )
    assert [
        ("README.md", "Unsupported resource type"),
        ("bad.sql", "Not a text file"),
        ("zero.py", "Not a text file"),
    ] == ignored
    assert list(FILES) == described.assets


async def test_a_promoted_version_appears_in_its_target() -> None:
    """It keeps its files; the source keeps the version, too."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        await upload(client, project, "1.0")
        promoted = await client.artifacts.promote(
            project,
            source_environment_name=FIRST,
            target_environment_name=SECOND,
            version_name="1.0",
        )
        found = await client.artifacts.details(project, environment_name=SECOND)
        kept = await client.artifacts.list(project, environment_name=FIRST).all()
    assert promoted is not None
    assert (SECOND, "1.0") == (promoted.environment_name, promoted.version_name)
    assert list(FILES) == found.assets
    assert ["1.0"] == [version.version_name for version in kept]


@pytest.mark.virtual_time
async def test_the_latest_is_what_came_last() -> None:
    """An older version that is promoted now comes after a newer one that was uploaded before."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        await upload(client, project, "1.0")
        await asyncio.sleep(1)
        await upload(client, project, "2.0", SECOND)
        await asyncio.sleep(1)
        await client.artifacts.promote(
            project,
            source_environment_name=FIRST,
            target_environment_name=SECOND,
            version_name="1.0",
        )
        listed = await client.artifacts.list(project, environment_name=SECOND).all()
        latest = await client.artifacts.details(project, environment_name=SECOND)
    assert ["2.0", "1.0"] == [version.version_name for version in listed]
    assert "1.0" == latest.to_dict()["details"]["versionName"]


@pytest.mark.parametrize(
    ("source", "target", "version"),
    [(FIRST, SECOND, "2.0"), (SECOND, FIRST, "1.0"), ("x", FIRST, "1.0"), (FIRST, "x", "1.0")],
)
async def test_promoting_what_is_not_there(source: str, target: str, version: str) -> None:
    """An unknown version or environment gives 404."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        await upload(client, project, "1.0")
        with pytest.raises(NotFoundError):
            await client.artifacts.promote(
                project,
                source_environment_name=source,
                target_environment_name=target,
                version_name=version,
            )


async def test_an_upload_that_cannot_be() -> None:
    """An unknown environment gives 404, a version name that is taken 409; in another environment it is free."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await first_project(client)
        with pytest.raises(NotFoundError):
            await upload(client, project, "1.0", "Nowhere")
        await upload(client, project, "1.0")
        with pytest.raises(ConflictError):
            await upload(client, project, "1.0")
        await upload(client, project, "1.0", SECOND)


async def test_a_form_that_is_not_valid() -> None:
    """No file, no form, and a header with other characters than ASCII get 400 with a violation."""
    sandbox = ConformingSandbox(projects=1)
    headers = {"versionName": "1", "environmentName": FIRST}
    form_type = {"Content-Type": "multipart/form-data; boundary=x"}
    async with signed_in(sandbox) as client:
        project = (await client.get("/v1/projects")).json()["results"][0]["id"]
        url = f"/v1/projects/{project}/artifacts"
        empty = await client.post(url, headers=headers | form_type, content=b"--x--")
        json = await client.post(url, headers=headers, json={"a": "b"})
        odd = await client.post(
            url,
            headers=[(b"versionName", b"\xfc"), (b"environmentName", b"x")],
            files={"a.yaml": b"x"},
        )
    assert ["does not satisfy minProperties"] == empty.json()["violations"]
    assert ["Content-Type: must be multipart/form-data"] == json.json()["violations"]
    assert 400 == odd.status_code
    assert odd.json()["violations"][0].startswith("versionName: must match")


async def test_a_disabled_version() -> None:
    """It is listed only when asked for, and brings no pipelines."""
    sandbox = ConformingSandbox(projects=["Sales"])
    project = next(iter(sandbox._backend.state.projects))
    async with sandbox.client() as client:
        await upload(client, project.id, "1.0")
        assert ["ingest/daily.orch.yaml", "ingest/clean.tran.yaml"] == [
            *published_pipelines(project, FIRST)
        ]

        sandbox.disable_artifact("Sales", FIRST, "1.0")

        listing = client.artifacts.list
        enabled = await listing(project.id, environment_name=FIRST).all()
        every = await listing(project.id, environment_name=FIRST, enabled_only=False).all()
    assert ([], [False]) == (enabled, [version.enabled for version in every])
    assert {} == published_pipelines(project, FIRST)
    found = artifact_version(project, FIRST, "1.0")
    assert found is not None
    assert not found.enabled
    with pytest.raises(LookupError, match="no project 'Sales' has the version '2'"):
        sandbox.disable_artifact("Sales", FIRST, "2")


async def test_a_new_environment_of_an_old_name_is_empty() -> None:
    """What was published to a deleted environment is gone."""
    sandbox = ConformingSandbox(projects=1)
    project = next(iter(sandbox._backend.state.projects))
    async with sandbox.client() as client:
        await upload(client, project.id, "1.0")
        await client.environments.delete(project.id, FIRST)
        project.tables.of(Environment).add(
            FIRST, Environment(FIRST, "3b0f0d4e-8f1c-4b52-a5a5-1f2b8b7c6d01")
        )
        with pytest.raises(NotFoundError):
            await client.artifacts.details(project.id, environment_name=FIRST)
    assert {} == published_pipelines(project, FIRST)


async def test_the_environment_must_be_named() -> None:
    """A listing without an environment is refused."""
    async with ConformingSandbox(projects=1).client() as client:
        with pytest.raises(BadRequestError):
            await client.artifacts.list(await first_project(client), environment_name="")

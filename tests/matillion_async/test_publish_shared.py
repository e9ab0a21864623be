"""client.shared_pipeline_artifacts.publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from matillion_async import (
    APIConnectionError,
    ConflictError,
    InvalidRequestError,
    MatillionClient,
    MatillionError,
    ServerError,
)
from matillion_async._groups.artifacts import IgnoredResource, PublishedSharedPipelines
from matillion_async.sandbox import Fault, Sandbox
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

UPLOAD = "shared_pipeline_artifacts.upload"
BY_PREFIX = {"shared_pipeline_id_prefix": "acme"}
either_way = pytest.mark.parametrize("options", [BY_PREFIX, {}], ids=["prefix", "no prefix"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pipelines, a file that is not one, and one that is left out."""
    for name in ("load.orch.yaml", "clean.tran.yaml", "README.md", "local.txt"):
        (tmp_path / name).write_text(f"content of {name}", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("local.txt\n", encoding="utf-8")
    return tmp_path


async def publish(client: MatillionClient, folder: Path, **options: Any) -> Any:
    """Publish version 2."""
    return await client.shared_pipeline_artifacts.publish(folder, version_name="2", **options)


async def test_a_folder_is_published(folder: Path) -> None:
    """The files are chosen as for a project; the metadata arrive, and what was ignored is told."""
    async with ConformingSandbox().client() as client:
        published = await publish(client, folder, branch="main", commit_hash="0a1b", **BY_PREFIX)
        found = await client.shared_pipeline_artifacts.details(**BY_PREFIX)
    assert ["README.md", "clean.tran.yaml", "load.orch.yaml"] == [
        file.name for file in published.files
    ]
    assert (IgnoredResource("README.md", "Unsupported resource type"),) == (
        published.ignored_resources
    )
    assert (False, False) == (published.is_verified, published.is_dry_run)
    assert found.artifact_details
    assert ("2", "main", "0a1b") == (
        found.artifact_details.version_name,
        found.artifact_details.branch,
        found.artifact_details.commit_hash,
    )


async def test_a_dry_run(folder: Path) -> None:
    """Nothing is sent, not even for a token."""
    sandbox = ConformingSandbox()
    async with sandbox.client() as client:
        plan: PublishedSharedPipelines = await publish(client, folder, dry_run=True)
    assert (True, 3, 0) == (plan.is_dry_run, len(plan.files), sandbox.stats.token_requests)


@either_way
@pytest.mark.parametrize(
    "fault",
    [
        Fault(target=UPLOAD, status=500, processed=True),
        Fault(target=UPLOAD, status=503, processed=True),
        Fault(target=UPLOAD, reset="before"),
        Fault(target=UPLOAD, truncate=5),
    ],
    ids=["500", "503", "reset", "truncated"],
)
async def test_a_lost_response(folder: Path, fault: Fault, options: dict[str, str]) -> None:
    """The version is looked for instead of sent again, and is found."""
    sandbox = Sandbox(faults=[fault])  # what is cut off does not conform
    async with sandbox.client() as client:
        published = await publish(client, folder, **options)
    assert (True, ()) == (published.is_verified, published.ignored_resources)
    assert 1 == sandbox.stats.operations[UPLOAD]


@either_way
async def test_nothing_was_published(folder: Path, options: dict[str, str]) -> None:
    """After a 500 and no version that is certain; after anything else it is not."""
    for status, may_come in ((500, False), (503, True)):
        sandbox = ConformingSandbox(faults=[Fault(target=UPLOAD, status=status)])
        async with sandbox.client() as client:
            with pytest.raises(ServerError, match="there is no version '2'") as caught:
                await publish(client, folder, **options)
        assert may_come == caught.value.may_have_been_processed
        assert 1 == sandbox.stats.operations[UPLOAD]


async def test_a_version_that_was_there_before(folder: Path) -> None:
    """Nobody knows whether it was replaced, and the error says so; without trouble it is refused."""
    sandbox = ConformingSandbox(faults=[Fault(target=UPLOAD, at=2, times=1, status=503)])
    async with sandbox.client() as client:
        await publish(client, folder, **BY_PREFIX)
        with pytest.raises(MatillionError, match="there was a version '2' of shared pipelines"):
            await publish(client, folder, **BY_PREFIX)
        with pytest.raises(ConflictError):
            await publish(client, folder, **BY_PREFIX)


async def test_an_upload_that_was_never_sent(folder: Path) -> None:
    """It is not looked for."""
    sandbox = ConformingSandbox(faults=["token:503"])
    async with sandbox.client(retry=None) as client:
        with pytest.raises(MatillionError) as caught:
            await publish(client, folder)
    assert not isinstance(caught.value, APIConnectionError)
    assert not caught.value.may_have_been_processed


async def test_what_cannot_be_sent(tmp_path: Path, folder: Path) -> None:
    """It is refused before anything is sent, with the name of what was called."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(InvalidRequestError, match=r"shared_pipeline_artifacts.publish: branch"):
            await publish(client, folder, branch="größe")
        (tmp_path / "empty").mkdir()
        with pytest.raises(InvalidRequestError, match="there is nothing to publish"):
            await publish(client, tmp_path / "empty")

"""client.artifacts.publish."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from matillion_api.models.artifact_files import ArtifactFiles

from matillion_async import (
    AiohttpTransport,
    APIConnectionError,
    ConflictError,
    InvalidRequestError,
    MatillionClient,
    MatillionError,
    NotFoundError,
    ServerError,
)
from matillion_async._groups.artifacts import IgnoredResource, PublishedArtifact
from matillion_async._publishing.artifact_files import PIECE_SIZE
from matillion_async.sandbox import Fault, Sandbox, serve
from matillion_async.sandbox._form import read_form
from tests.matillion_async.scripted import Script, scripted_client
from tests.sandbox.conformance import ConformingSandbox

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
ENVIRONMENT = "Environment 1"
NAMES = ["README.md", "ingest/daily.orch.yaml", "ingest/größe.sql"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project: two resources and one file that is not one."""
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"content of {name}\r\n", encoding="utf-8")
    return tmp_path


async def publish(client: MatillionClient, folder: Path, **options: Any) -> PublishedArtifact:
    """Publish to the only project of a sandbox, by its name."""
    return await client.artifacts.publish(
        "Project 1", folder, **{"version_name": "1.0", "environment_name": ENVIRONMENT, **options}
    )


async def assets(client: MatillionClient) -> Any:
    """The files of the version as the API knows them."""
    project = (await client.projects.list()).results[0].id
    found = await client.artifacts.details(
        project, environment_name=ENVIRONMENT, version_name="1.0"
    )
    return found.assets


async def test_a_folder_is_published(folder: Path) -> None:
    """Each file is a part under its path; the metadata arrive; what was ignored is told, with the reason."""
    async with ConformingSandbox(projects=1).client() as client:
        published = await publish(client, folder, branch="main", commit_hash="0a1b2c3d")
        project = (await client.projects.list()).results[0].id
        described = (await client.artifacts.list(project, environment_name=ENVIRONMENT)).results[0]
        assert ["ingest/daily.orch.yaml", "ingest/größe.sql"] == await assets(client)
    assert NAMES == [file.name for file in published.files]
    assert (IgnoredResource("README.md", "Unsupported resource type"),) == (
        published.ignored_resources
    )
    assert (False, False) == (published.is_verified, published.is_dry_run)
    assert ("1.0", "main", "0a1b2c3d") == (
        described.version_name,
        described.branch,
        described.commit_hash,
    )


async def test_the_request(folder: Path) -> None:
    """It is a form of text/plain parts with file names, of known length, and metadata in headers only."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(404 if request.method == "GET" else 201, json={})

    async with scripted_client(respond) as client:
        published = await client.artifacts.publish(
            PROJECT, folder, version_name="1.0", environment_name="Prod EU"
        )
    look, upload = seen
    assert f"/dpc/v1/projects/{PROJECT}/artifacts/details" == look.url.path
    assert b"" == upload.url.query
    assert ("1.0", "Prod EU") == (
        upload.headers["versionName"],
        upload.headers["environmentName"],
    )
    assert [] == [
        name for name in ("commitHash", "branch", "Transfer-Encoding") if name in upload.headers
    ]
    assert upload.headers["Content-Length"] == str(len(upload.content))
    parts = read_form(upload.headers["Content-Type"], upload.content)
    assert {name: f"content of {name}\r\n".encode() for name in NAMES} == {
        name: part.content for name, part in parts.items()
    }
    assert {"text/plain"} == {part.content_type for part in parts.values()}
    assert ["README.md", "daily.orch.yaml", "größe.sql"] == [
        part.file_name for part in parts.values()
    ]
    assert () == published.ignored_resources


async def test_over_a_real_connection(folder: Path) -> None:
    """The transport built in sends the form as it is."""
    sandbox = ConformingSandbox(projects=1)
    async with serve(sandbox) as served:
        options: Any = sandbox.client_options() | {
            "transport": AiohttpTransport(),
            "base_url": f"{served.url}/dpc",
            "token_url": f"{served.url}/oauth/dpc/token",
        }
        async with MatillionClient(rate_limits="none", **options) as client:
            (folder / "large.sql").write_text("select 1;\n" * 200_000)
            await publish(client, folder)
            assert "large.sql" in await assets(client)


class _Counting(httpx.AsyncBaseTransport):
    """Takes a body piece by piece, and keeps their sizes only."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.announced = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(404)
        self.announced = int(request.headers["Content-Length"])
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.sizes = [len(piece) async for piece in request.stream]
        return httpx.Response(200, json={})


async def test_files_are_streamed(tmp_path: Path) -> None:
    """No more than two pieces are in memory at once, and small files share one."""
    (tmp_path / "big.sql").write_bytes(b"x" * 5_000_000)
    for number in range(100):
        (tmp_path / f"{number}.sql").write_bytes(b"y")
    transport = _Counting()
    async with scripted_client(lambda request: httpx.Response(500), transport=transport) as client:
        await client.artifacts.publish(PROJECT, tmp_path, version_name="1", environment_name="e")
    assert transport.announced == sum(transport.sizes)
    assert max(transport.sizes) < 2 * PIECE_SIZE
    assert len(transport.sizes) <= 5_000_000 // PIECE_SIZE + 2


@pytest.mark.virtual_time
async def test_the_body_is_sent_again_after_a_429(folder: Path) -> None:
    """A 429 was not processed: the whole form is sent once more."""
    sandbox = ConformingSandbox(projects=1, faults=["artifacts.upload:429,retry-after=0.01x1"])
    async with sandbox.client() as client:
        await publish(client, folder)
        assert ["ingest/daily.orch.yaml", "ingest/größe.sql"] == await assets(client)
    assert 2 == sandbox.stats.operations["artifacts.upload"]


async def test_a_dry_run_sends_nothing(folder: Path) -> None:
    """It lists what would be sent."""
    sandbox = ConformingSandbox(projects=1)
    async with sandbox.client() as client:
        published = await client.artifacts.publish(
            PROJECT,
            str(folder),
            version_name="1.0",
            environment_name="e",
            exclude=["*.md"],
            dry_run=True,
        )
    assert NAMES[1:] == [file.name for file in published.files]
    assert published.is_dry_run
    assert 0 == sandbox.stats.arrived + sandbox.stats.token_requests


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    "fault",
    [
        Fault(target="artifacts.upload", status=500, processed=True),
        Fault(target="artifacts.upload", status=504, processed=True, body="<html>"),
        Fault(target="artifacts.upload", reset="before"),
        Fault(target="artifacts.upload", reset="middle"),
        Fault(target="artifacts.upload", truncate=5),
    ],
)
async def test_a_version_that_is_there_after_all(folder: Path, fault: Fault) -> None:
    """After a 5xx, a lost or a broken response the version is found, and nothing is sent again."""
    sandbox = Sandbox(projects=1, faults=[fault])
    async with sandbox.client() as client:
        published = await publish(client, folder)
        assert ["ingest/daily.orch.yaml", "ingest/größe.sql"] == await assets(client)
    assert published.is_verified
    assert 1 == sandbox.stats.operations["artifacts.upload"]


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    ("fault", "kind", "unknown", "outcome"),
    [
        (
            Fault(target="artifacts.upload", status=500),
            ServerError,
            False,
            "; there is no version '1.0' in environment 'Environment 1': nothing was published",
        ),
        (
            Fault(target="artifacts.upload", status=503),
            ServerError,
            True,
            " so far: look again before you publish it again",
        ),
    ],
)
async def test_a_version_that_is_not_there(
    folder: Path, fault: Fault, kind: type[MatillionError], unknown: bool, outcome: str
) -> None:
    """The error says whether nothing was published or that may still change; it was looked for three times."""
    sandbox = ConformingSandbox(projects=1, faults=[fault])
    async with sandbox.client() as client:
        with pytest.raises(kind) as caught:
            await publish(client, folder)
    assert caught.value.explanation.endswith(outcome)
    assert "check whether it took effect" not in caught.value.explanation
    assert ("artifacts.upload", unknown) == (
        caught.value.operation,
        caught.value.may_have_been_processed,
    )
    assert (1, 4) == (
        sandbox.stats.operations["artifacts.upload"],
        sandbox.stats.operations["artifacts.details"],
    )


@pytest.mark.virtual_time
async def test_a_version_that_appears_late(folder: Path) -> None:
    """The server may still be at work when its response is lost: it is looked for again after a while."""
    lost = Fault(target="artifacts.upload", reset="before")
    late = [Fault(target="artifacts.details", at=at, status=404) for at in (2, 3)]
    async with ConformingSandbox(projects=1, faults=[lost, *late]).client() as client:
        started = asyncio.get_running_loop().time()
        published = await publish(client, folder)
        waited = asyncio.get_running_loop().time() - started
    assert (True, 7.0) == (published.is_verified, waited)


@pytest.mark.virtual_time
async def test_an_outcome_that_cannot_be_found_out(folder: Path) -> None:
    """When the details cannot be read either, the error says both."""
    faults = [
        Fault(target="artifacts.upload", reset="before"),
        Fault(target="artifacts.details", at=2, status=403),
    ]
    async with ConformingSandbox(projects=1, faults=faults).client() as client:
        with pytest.raises(APIConnectionError) as caught:
            await publish(client, folder)
    assert (
        "; whether there is a version '1.0' in environment 'Environment 1' is unknown: artifacts.details: 403"
        in caught.value.explanation
    )
    assert caught.value.may_have_been_processed


@pytest.mark.virtual_time
async def test_a_version_that_was_there_before(folder: Path) -> None:
    """It is not proof: a name that is taken is the API's to refuse, and after a 500 the outcome is unknown."""
    sandbox = ConformingSandbox(
        projects=1, faults=[Fault(target="artifacts.upload", at=3, status=500)]
    )
    async with sandbox.client() as client:
        await publish(client, folder)
        with pytest.raises(ConflictError):
            await publish(client, folder)
        with pytest.raises(ServerError) as caught:
            await publish(client, folder)
    assert caught.value.explanation.endswith(
        "; there was a version '1.0' in environment 'Environment 1' before, and it is unknown whether this one "
        "replaced it"
    )


def odd_before(upload: httpx.Response) -> Script:
    """A server that first responds with what is not JSON, then to the upload, and after that with a version."""
    version = {"artifactDetails": {"versionName": "1"}, "details": {"versionName": "1"}}
    odd, there = httpx.Response(200, text="<html>"), httpx.Response(200, json=version)
    return Script(odd, upload, there)


async def test_an_odd_response_before_stops_nothing(folder: Path) -> None:
    """What was there before is needed only where the upload itself gets no usable response."""
    script = odd_before(httpx.Response(201, json={}))
    async with scripted_client(script) as client:
        published = await client.artifacts.publish(
            PROJECT, folder, version_name="1", environment_name="e"
        )
    assert ["GET", "POST"] == [request.method for request in script.requests]
    assert not published.is_verified


async def test_an_odd_response_before_leaves_a_lost_upload_unknown(folder: Path) -> None:
    """The version that is there afterwards may be that of before."""
    async with scripted_client(odd_before(httpx.Response(500)), retry=None) as client:
        with pytest.raises(ServerError) as caught:
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    expected = "; there is a version '1' in environment 'e', and it is unknown whether it is this one: before, "
    assert expected in caught.value.explanation
    assert caught.value.may_have_been_processed


@pytest.mark.virtual_time
async def test_a_deadline_is_for_the_looks_as_well(folder: Path) -> None:
    """The look before, the upload, and the looks after a lost response have one deadline together."""

    async def respond(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(1)
        return httpx.Response(503 if request.method == "POST" else 404)

    transport = httpx.MockTransport(respond)
    began = asyncio.get_running_loop().time()
    async with scripted_client(Script(), transport=transport, retry=None, deadline=4) as client:
        with pytest.raises(ServerError) as caught:
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    assert 3 == asyncio.get_running_loop().time() - began
    assert caught.value.explanation.endswith("so far: look again before you publish it again")


async def test_what_was_never_sent_is_not_looked_for(folder: Path) -> None:
    """Without a connection nothing can have been published."""
    seen: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        if request.method == "POST":
            raise httpx.ConnectError("refused")
        return httpx.Response(404)

    async with scripted_client(respond, retry=None) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    assert ["GET", "POST"] == seen
    assert not caught.value.may_have_been_processed


async def test_an_unknown_environment(folder: Path) -> None:
    """The API's 404 comes through as it is."""
    async with ConformingSandbox(projects=1).client() as client:
        with pytest.raises(NotFoundError, match="The environment does not exist"):
            await publish(client, folder, environment_name="Nowhere")


@pytest.mark.parametrize("text", ["", " x", "x ", "a\r\nb: c", "größe", "x\0"])
@pytest.mark.parametrize("name", ["version_name", "environment_name", "branch", "commit_hash"])
async def test_text_that_a_header_cannot_carry(folder: Path, name: str, text: str) -> None:
    """Line breaks, other characters than ASCII and outer spaces are refused; nothing is sent."""
    sandbox = ConformingSandbox(projects=1)
    options: dict[str, Any] = {"version_name": "1", "environment_name": "e", name: text}
    async with sandbox.client() as client:
        with pytest.raises(InvalidRequestError) as caught:
            await client.artifacts.publish(PROJECT, folder, **options)
        with pytest.raises(InvalidRequestError):
            await client.artifacts.upload(PROJECT, body=ArtifactFiles(), **options)
    assert (
        f"artifacts.publish: {name} is sent in a header of HTTP: it must be printable ASCII, and neither be empty "
        "nor begin or end with a space"
    ) == str(caught.value)
    assert 0 == sandbox.stats.arrived + sandbox.stats.token_requests


async def test_a_folder_that_cannot_be_published(folder: Path) -> None:
    """It is refused before anything is sent."""
    (folder / "logo.png").write_bytes(b"\x89PNG\0")
    sandbox = ConformingSandbox(projects=1)
    async with sandbox.client() as client:
        with pytest.raises(InvalidRequestError, match=r"artifacts\.publish: 1 file.*'logo\.png'"):
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    assert 0 == sandbox.stats.arrived + sandbox.stats.token_requests


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("shorter", "'ingest/daily.orch.yaml' changed while it was sent"),
        ("longer, and much so" * 10_000, "'ingest/daily.orch.yaml' changed while it was sent"),
        (None, "'ingest/daily.orch.yaml' cannot be read any more: No such file or directory"),
    ],
)
async def test_a_file_that_changes_meanwhile(folder: Path, change: str | None, reason: str) -> None:
    """A body that would not have the length that was announced is broken off, with the file's name."""

    def respond(request: httpx.Request) -> httpx.Response:
        path = folder / "ingest/daily.orch.yaml"
        path.unlink() if change is None else path.write_text(change)
        return httpx.Response(404)

    async with scripted_client(respond, transport=_Changing(respond)) as client:
        with pytest.raises(InvalidRequestError) as caught:
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    assert caught.value.explanation.endswith(reason)
    assert not caught.value.may_have_been_processed


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("swapped", ["ingest/daily.orch.yaml", "ingest"])
async def test_a_file_that_is_swapped_for_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, swapped: str
) -> None:
    """What the link leads to is not sent, although it has the same name and length."""
    outside = tmp_path_factory.mktemp("outside")
    size = (folder / NAMES[1]).stat().st_size
    (outside / "daily.orch.yaml").write_text("s" * size)

    def respond(request: httpx.Request) -> httpx.Response:
        (folder / swapped).rename(folder / "moved")
        (folder / swapped).symlink_to(outside / "daily.orch.yaml" if "." in swapped else outside)
        return httpx.Response(404)

    async with scripted_client(respond, transport=_Changing(respond)) as client:
        with pytest.raises(InvalidRequestError) as caught:
            await client.artifacts.publish(PROJECT, folder, version_name="1", environment_name="e")
    assert f"'{NAMES[1]}' changed while it was sent" in caught.value.explanation


async def test_a_secret(folder: Path) -> None:
    """It is refused, in a dry run as well, unless it is named."""
    (folder / ".env").write_text("PASSWORD=x")
    async with ConformingSandbox(projects=1).client() as client:
        for dry_run in (False, True):
            with pytest.raises(InvalidRequestError, match=r"'\.env' looks like a secret"):
                await publish(client, folder, dry_run=dry_run)
        published = await publish(client, folder, allow_secrets=[".env"])
    assert ".env" == published.files[0].name


class _Changing(_Counting):
    """Changes a file when the version is looked for, before it is sent."""

    def __init__(self, change: Any) -> None:
        super().__init__()
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            response: httpx.Response = self._change(request)
            return response
        return await super().handle_async_request(request)

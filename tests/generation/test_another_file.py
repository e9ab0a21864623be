"""docs/another-file.md: from a file of another API to a client of it, as the page shows, against a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.reading.about import server_path, version_of
from tests.generation.spec import ROOT
from tests.repository.pages import blocks

JOBS = [{"title": f"job {number}"} for number in range(7)]
ASK = """
import asyncio, logging, sys
from matillion_async import MatillionClient, Token
told = logging.StreamHandler(sys.stdout)
told.addFilter(lambda record: "client.agents" in record.msg % record.args)
logging.getLogger("matillion_async").addHandler(told)
logging.getLogger("matillion_async").setLevel("INFO")
class Source:
    async def fetch(self): return Token("t")
async def main():
    async with MatillionClient(base_url="URL", token_source=Source()) as client:
        print(type(client.agents).__module__, (await client.agents.get(project_id="some name")).name)
        print((await client.request("GET", "/agents/5")).json()["name"])
        for name in ("projects", "pipelines"):
            try:
                getattr(client, name)
            except AttributeError as error:
                print(error, hasattr(client, name))
asyncio.run(main())
"""


class Jobs(BaseHTTPRequestHandler):
    """Serves the jobs in pages, once it has refused the first request for coming too soon."""

    seen: list[str]

    def do_GET(self) -> None:
        seen = type(self).seen
        seen.append(f"{self.path} {self.headers['Authorization']}")
        if len(seen) == 1:
            self.respond(429, {})
            return
        parts = urlsplit(self.path)
        if parts.path.startswith("/api/agents/"):
            self.respond(200, {"name": parts.path})
            return
        asked = {name: int(value[0]) for name, value in parse_qs(parts.query).items()}
        first = asked["page"] * 3
        rows = JOBS[first : first + 3]
        self.respond(200, {"page": asked["page"], "size": 3, "total": len(JOBS), "results": rows})

    def respond(self, status: int, document: object) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The URL of a server without its path, and the requests that it has seen."""
    seen: list[str] = []
    handler = type("Handler", (Jobs,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_address[1]}", seen
        served.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of tests/generation/jobs.yaml."""
    folder = tmp_path_factory.mktemp("made")
    assert 0 == main(
        ["--spec", str(Path(__file__).with_name("jobs.yaml")), "--output", str(folder)]
    )
    return folder


def run(program: Path, made: Path, **variables: str) -> str:
    """What a program prints that finds the package first on its path."""
    inherited = {name: os.environ[name] for name in os.environ if not name.startswith("MATILLION_")}
    done = subprocess.run(
        [sys.executable, program],
        env={**inherited, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(made), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr), done.stderr
    return done.stdout


@pytest.mark.long
def test_the_page(server: tuple[str, list[str]], made: Path, tmp_path: Path) -> None:
    """Its program walks all pages of a listing, each once, with its token, and waits where it is told to."""
    url, seen = server
    [block] = [
        each for each in blocks(ROOT / "docs" / "another-file.md") if each.language == "python"
    ]
    program = tmp_path / "list_jobs.py"
    program.write_text(block.text, encoding="utf-8")
    printed = run(program, made, JOBS_URL=url, JOBS_TOKEN="secret")
    assert [each["title"] for each in JOBS] == printed.splitlines()
    pages = [f"/api/jobs?page={page}&size=50 Bearer secret" for page in range(3)]
    assert [pages[0], *pages] == sorted(seen)


@pytest.mark.long
def test_groups(server: tuple[str, list[str]], made: Path, tmp_path: Path) -> None:
    """A group of one of our names is as generated, and takes ids as they are; one that is not there is named, with those that are."""
    program = tmp_path / "ask.py"
    program.write_text(ASK.replace("URL", server[0]), encoding="utf-8")
    told = "the generated package has no group {!r}: it was made from another file, and has jobs, agents False"
    log, *printed = run(program, made).splitlines()
    assert log.startswith("client.agents has its generated methods only: those written by hand are")
    assert [
        "matillion_api.api.agents /api/agents/some%20name",
        "/api/agents/5",
        told.format("projects"),
        told.format("pipelines"),
    ] == printed


@pytest.mark.long
@pytest.mark.parametrize(
    "command",
    ["projects list", "secrets list Sales", "users list", "agents list", "--sandbox projects list"],
)
def test_the_command_line(server: tuple[str, list[str]], made: Path, command: str) -> None:
    """It knows no other API, and says so in one line."""
    settings = ("CLIENT_ID=x", "CLIENT_SECRET=x", f"BASE_URL={server[0]}", f"TOKEN_URL={server[0]}")
    given = dict(f"MATILLION_{each}".split("=", 1) for each in settings)
    done = subprocess.run(
        [sys.executable, "-m", "matillion_async.cli", *command.split()],
        env={**os.environ, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(made), **given},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert 2 == done.returncode
    last = done.stderr.splitlines()[-1]
    assert last.startswith("matillion: the package matillion_api that comes first on the path was")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("servers", "path"),
    [
        ([{"url": "https://a.example.com/b/c/"}, {"url": "/d"}], "/b/c"),
        ([{"url": "/d"}], "/d"),
        ([{"url": "d/e"}], "/d/e"),
        ([{"url": "../d"}], "/d"),
        ([{"url": "https://a.example.com/a b/ü%20"}], "/a%20b/%C3%BC%20"),
        ([{"url": "//[bad"}], ""),
        ([{"url": "https://a.example.com"}], ""),
        (
            [
                {
                    "url": "https://{h}/{p}",
                    "variables": {"h": {"default": "a"}, "p": {"default": "e"}},
                }
            ],
            "/e",
        ),
        ([{"url": "{site}/api"}], ""),
        ([], ""),
        (None, ""),
        ("x", ""),
    ],
)
def test_the_path_of_the_server(servers: object, path: str) -> None:
    """It is that of the first one, with the defaults of its variables."""
    assert path == server_path({"servers": servers})


@pytest.mark.parametrize(
    ("paths", "version"),
    [
        (["/v1/jobs", "/v1/jobs/{id}", "x-note"], "/v1"),
        (["/v1/jobs", "/v2/jobs", "/v2/jobs/{id}"], "/v2"),
        (["/jobs"], ""),
        (["/version/jobs"], ""),
        ([], ""),
    ],
)
def test_the_version_in_the_paths(paths: list[str], version: str) -> None:
    """An address may end with it, as the operations begin with it."""
    assert version == version_of({"paths": {path: {} for path in paths}})


@pytest.mark.parametrize(
    ("first", "own", "needs"),
    [
        ("https://a.example.com/v2", "https://a.example.com/upload", "needs a client"),
        ("https://a.example.com", "https://b.example.com", "needs a client"),
        ("https://a.example.com/v2", "https://b.example.com", "a client adds /v2"),
        ("/v2", "/upload", "needs a client"),
        ("/v2", "/", "/: it needs the plain functions"),
    ],
)
def test_a_server_of_its_own(first: str, own: str, needs: str) -> None:
    """It is told how the operation is sent there."""
    findings = Findings()
    operation = {"servers": [{"url": own}], "responses": {}}
    prepare({"servers": [{"url": first}], "paths": {"/a": {"get": operation}}}, findings)
    (told,) = findings
    assert needs in str(told)

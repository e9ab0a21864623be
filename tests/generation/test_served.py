"""Generated packages against a server for the file that they were made of: what is sent, and what is read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts._generation.__main__ import main
from scripts._generation.writing.package import PACKAGE
from tests.generation.served.original import Files
from tests.generation.served.proof import CALLER
from tests.generation.served.server import Server
from tests.generation.spec import ROOT
from tests.generation.typed import mistyped

HERE = Path(__file__).parent
QUICK = ("foreign", "any_spec", "jobs")
LONG = ("every_value", "every_body", "every_shape")


def proof_of(name: str, folder: Path) -> dict[str, Any]:
    """What became of calling the package in a folder, in a process of its own."""
    file = HERE / f"{name}.yaml"
    command = [sys.executable, "-m", "tests.generation.served.proof", str(file), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert 0 == done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


Made = Callable[[str], tuple[Path, dict[str, Any]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Gives the folder of the package of a file, and what became of calling it."""

    @cache
    def make(name: str) -> tuple[Path, dict[str, Any]]:
        folder = tmp_path_factory.mktemp(name)
        assert 0 == main(["--spec", str(HERE / f"{name}.yaml"), "--output", str(folder)])
        return folder, proof_of(name, folder)

    return make


@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.long) for name in LONG)]
)
def test_what_is_generated_is_right(name: str, made: Made) -> None:
    """Each operation is called with all that it takes and with what it needs: it arrives as given, and is read as sent."""
    _, proof = made(name)
    assert ({}, {}, []) == (proof["wrong"], proof["unsampled"], proof["left_out"])
    assert proof["right"]
    assert proof["listings"]


def test_what_is_wrong_is_found(made: Made, tmp_path: Path) -> None:
    """A package that sends or reads otherwise than its file says, or wants what the file does not."""
    shutil.copytree(made("foreign")[0] / PACKAGE, tmp_path / PACKAGE)
    for file, right, wrong in (
        ("api/default/list_envelopes.py", '"url": "/envelopes"', '"url": "/answers"'),
        ("models/rule.py", 'field_dict["id"] = id', 'field_dict["id"] = str(id)'),
        ("models/place.py", 'd.pop("name", None)', '"another"'),
        ("api/default/get_by_reference.py", "        undeclared=undeclared,", "        undeclared=undeclared[1:],"),
        ("api/default/__init__.py", "def delete_envelopes(self", "def delete_envelopes(self, why: str"),
    ):  # fmt: skip
        path = tmp_path / PACKAGE / file
        content = re.sub(r"\(\n\s+self,\n\s+\)", "(self)", path.read_text(encoding="utf-8"))
        assert right in content
        path.write_text(content.replace(right, wrong), encoding="utf-8")
    told = proof_of("foreign", tmp_path)["wrong"]
    for request, reason in {
        "GET /envelopes whole": "went to GET /answers",
        "GET /rules whole": "became '",
        "GET /elsewhere bare": "became 'another'",
        "GET /by-reference/{undeclared} whole plain": "sent.path undeclared: ",
        "GET /by-reference/{undeclared} bare plain": "sent.path undeclared: ",
        "DELETE /envelopes bare": "it wants why, which the file does not",
    }.items():
        assert reason in told[request]
    for request in ("POST /files whole", "GET /by-reference/{undeclared} whole"):
        assert request not in told


def test_a_cookie_that_is_written_wrong_is_found(made: Made, tmp_path: Path) -> None:
    """One that goes by another name."""
    shutil.copytree(made("any_spec")[0] / PACKAGE, tmp_path / PACKAGE)
    path = tmp_path / PACKAGE / "api" / "job" / "get_jobs.py"
    content = path.read_text(encoding="utf-8")
    right = 'add_cookie(headers, "page", '
    assert right in content
    path.write_text(content.replace(right, 'add_cookie(headers, "other", '), encoding="utf-8")
    told = proof_of("any_spec", tmp_path)["wrong"]
    for request in ("GET /jobs whole", "GET /jobs whole plain"):
        assert "'cookie page' is lost" in told[request]
    assert "GET /jobs bare" not in told


def test_what_has_no_path_is_called_by_its_plain_function(made: Made) -> None:
    """A client adds the path of the file where the address of another server has none."""
    proof = made("foreign")[1]
    called = [each for each in proof["right"] if "/pathless" in each]
    assert ["GET /pathless whole plain", "GET /pathless bare plain"] == called


@pytest.mark.long
@pytest.mark.parametrize("name", [*QUICK, *LONG])
def test_its_caller_is_typed(name: str, made: Made, mypy_cache: Path) -> None:
    """What calls it, with values of the types that are declared, satisfies mypy as strict as it can be."""
    folder, _ = made(name)
    assert [] == mistyped(folder, mypy_cache, folder / f"{CALLER}.py")


@pytest.mark.parametrize(
    ("request_line", "sent", "status", "reason"),
    [
        ("GET /main/nothing", {}, 404, "the file has no GET /main/nothing"),
        ("GET /rules", {}, 404, "the file has no GET /rules"),
        ("GET /main/rules", {}, 200, None),
        ("GET /main/rules?page=1", {}, 400, "query: the file has no page"),
        ("POST /main/rules", {}, 400, "Content-Type: must be given"),
        ("POST /main/rules", {"data": {"a": "b"}}, 400, "Content-Type: the file has no application/x-www-form-urlencoded"),
        ("POST /main/rules", {"json": {"name": 7, "parent_id": None}}, 400, "body: name: must be of type string"),
        ("POST /main/rules", {"json": {"name": "n", "parent_id": None}}, 201, None),
        ("POST /main/files", {"files": {"other": b""}}, 400, "body: must have body"),
    ],
)  # fmt: skip
async def test_the_server(
    request_line: str, sent: dict[str, Any], status: int, reason: str | None
) -> None:
    """It refuses what the file does not allow, and answers what it does."""
    method, _, url = request_line.partition(" ")
    server = Server(Files(HERE / "foreign.yaml"))
    async with server.served() as base, httpx.AsyncClient(base_url=base) as client:
        headers = {"Authorization": "Bearer t"}
        response = await client.request(method, url, headers=headers, **sent)
    assert (status, reason) == (response.status_code, reason and response.text)


async def test_the_server_wants_a_token() -> None:
    """Where the file does."""
    server = Server(Files(HERE / "foreign.yaml"))
    async with server.served() as base, httpx.AsyncClient(base_url=base) as client:
        response = await client.get("/main/rules")
    assert (400, "Authorization: must be given") == (response.status_code, response.text)

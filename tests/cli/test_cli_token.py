"""The commands ``token`` and ``openapi``: what other tools need."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.command_line import SECONDS, Invoke, Start, environment, on_terminal, run_program


def test_a_token_for_other_tools(invoke: Invoke, served: Start) -> None:
    """Stdout has the token and nothing else, and the API takes it."""
    server = served(projects=2)
    result = invoke("token", env=server.environment)
    assert (0, "") == (result.exit_code, result.stderr)
    token = result.stdout.removesuffix("\n")
    assert token.isprintable()
    response = httpx.get(
        f"{server.environment['MATILLION_BASE_URL']}/v1/projects",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    assert 2 == response.json()["total"]


def test_no_token_is_shown_on_a_terminal(served: Start) -> None:
    """A terminal, which others see and which keeps what it showed, gets a token only when that is asked for."""
    server = served()
    code, shown = on_terminal("token", env=environment(server))
    assert 2 == code
    assert "not written to a terminal" in shown
    assert 0 == server.sandbox.stats.token_requests
    code, shown = on_terminal("token", "--show", env=environment(server))
    assert 0 == code
    assert shown.startswith("eyJ")


def test_no_token_without_credentials(served: Start) -> None:
    """What goes wrong leaves stdout empty, so that no other tool takes it for a token."""
    wrong = environment(served(), MATILLION_CLIENT_SECRET="wrong")
    result = run_program("token", env=wrong)
    assert (1, "") == (result.returncode, result.stdout)
    assert "invalid_client" in result.stderr


@pytest.fixture
def document(invoke: Invoke) -> Any:
    """What the command ``openapi`` writes."""
    result = invoke("openapi")
    assert 0 == result.exit_code
    assert files("matillion_api").joinpath("openapi.json").read_text("utf-8") == result.stdout
    return json.loads(result.stdout)


def test_the_document_says_where_tokens_come_from(document: Any) -> None:
    """Postman and others read the token URL from the security scheme, which all operations have."""
    (name,) = document["security"][0]
    flow = document["components"]["securitySchemes"][name]["flows"]["clientCredentials"]
    assert "https://id.core.matillion.com/oauth/dpc/token" == flow["tokenUrl"]


def test_the_document_has_the_request_for_a_token(document: Any) -> None:
    """It is an operation on its own server, a form with the four fields, and needs no token itself."""
    path = document["paths"]["/oauth/dpc/token"]
    operation = path["post"]
    assert ["https://id.core.matillion.com"] == [server["url"] for server in path["servers"]]
    assert [] == operation["security"]
    ((kind, content),) = operation["requestBody"]["content"].items()
    assert "application/x-www-form-urlencoded" == kind
    form = document["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    assert {"grant_type", "client_id", "client_secret", "audience"} == set(form["properties"])


PAGE = Path(__file__).resolve().parents[2] / "docs" / "authentication.md"
TEXT = PAGE.read_text("utf-8") if PAGE.exists() else ""  # the tests of a wheel have no documents
STEPS = re.findall(r"^```bash\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("jq") is None, reason="no curl")
@pytest.mark.parametrize("steps", STEPS)
def test_the_steps_with_curl(steps: str, served: Start) -> None:
    """What docs/authentication.md shows for curl works, here with the sandbox in place of the real hosts."""
    server = served(projects=["Sales"])
    own = environment(server)
    steps = steps.replace(
        "https://id.core.matillion.com/oauth/dpc/token", own["MATILLION_TOKEN_URL"]
    )
    steps = steps.replace("https://eu1.api.matillion.com/dpc", own["MATILLION_BASE_URL"])
    assert "matillion.com/" not in steps
    commands = os.pathsep.join([str(Path(sys.executable).parent), own["PATH"]])
    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", steps],
        env={**own, "PATH": commands, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert 0 == result.returncode, result.stderr
    assert steps.count("/v1/projects") == result.stdout.count('"Sales"')

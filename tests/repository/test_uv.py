"""scripts/_uv.py: uv asks where pip would, and pip installs where uv cannot. A stand-in plays both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._uv import settings

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/_uv.py"

UV = """#!/usr/bin/env bash
printf '%s\\n' "uv $*" "index ${UV_DEFAULT_INDEX:-}" >>"$LOG"
exit "${UV_FAILS:-0}"
"""
PIP = """
import os, sys
if sys.argv[1:] == ["config", "list"]:
    print(os.environ["SETTINGS"])
else:
    with open(os.environ["LOG"], "a") as log:
        print("pip", *sys.argv[1:], file=log)
    sys.exit(3)
"""


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("", {}),
        ("global.timeout='5'\n:env:.disable-pip-version-check='1'", {}),
        ("global.index-url='https://a/simple'", {"UV_DEFAULT_INDEX": "https://a/simple"}),
        (
            ":env:.index-url='https://b'\nglobal.index-url='https://a'\ninstall.index-url='https://c'",
            {"UV_DEFAULT_INDEX": "https://b"},
        ),
        (
            "global.extra-index-url='\\nhttps://a\\nhttps://b'\nglobal.find-links='/a /b'",
            {"UV_INDEX": "https://a https://b", "UV_FIND_LINKS": "/a,/b"},
        ),
        (
            "install.no-index='true'\nglobal.trusted_host='a'\nglobal.cert='/a.pem'",
            {"UV_NO_INDEX": "true", "UV_INSECURE_HOST": "a", "SSL_CERT_FILE": "/a.pem"},
        ),
        ("download.only-binary=':all:'", {}),
    ],
)
def test_settings_of_pip_become_those_of_uv(listed: str, expected: dict[str, str]) -> None:
    """Those of a variable rule over those of the command, and these over those for all."""
    strategy = {"UV_INDEX_STRATEGY": "unsafe-best-match"} if expected else {}
    assert expected | strategy == settings(listed)


@pytest.mark.parametrize(
    "listed", ["global.proxy='http://proxy'", "install.only-binary=':all:'", ":env:.pre='1'"]
)
def test_a_setting_that_uv_does_not_know(listed: str) -> None:
    """Where it may change what is installed, uv is not asked."""
    assert settings(f"global.index-url='https://a'\n{listed}") is None


class Tools:
    """A folder with a stand-in for uv and one for pip."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.folder = folder
        binary = folder / "uv-binary"
        binary.write_text(UV)
        binary.chmod(0o755)
        for name in ("uv", "pip"):
            (folder / name).mkdir()
            (folder / name / "__init__.py").touch()
        (folder / "uv/__init__.py").write_text(
            f"def find_uv_bin(): return {json.dumps(str(binary))}\n"
        )
        (folder / "pip/__main__.py").write_text(PIP)

    def run(
        self, *arguments: str, listed: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the script with them."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("UV_")}
        own = {"LOG": str(self.log), "SETTINGS": listed, "PYTHONPATH": str(self.folder)}
        return subprocess.run(
            [sys.executable, SCRIPT, *arguments],
            env={**inherited, **own, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self) -> list[str]:
        """What ran, with the index that uv was told of."""
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path)


def test_uv_installs(tools: Tools) -> None:
    """From the index that pip would ask, whose address is not on the command line."""
    done = tools.run("install", "a/python", "-r", "pins", listed="global.index-url='https://a'")
    assert (0, "") == (done.returncode, done.stderr)
    assert ["uv pip install --quiet --python a/python -r pins", "index https://a"] == tools.done()


def test_an_index_of_uv_stays(tools: Tools) -> None:
    """Who has set up uv knows why."""
    tools.run(
        "install", "a", "b", listed="global.index-url='https://a'", UV_DEFAULT_INDEX="https://b"
    )
    assert "index https://b" == tools.done()[1]


@pytest.mark.parametrize("reason", ["it fails", "a setting", "it is not there"])
def test_pip_installs_in_place_of_uv(tools: Tools, reason: str) -> None:
    """The same, into the same environment, and the script says so; its exit code is pip's."""
    environment = {"UV_FAILS": "2"} if reason == "it fails" else {}
    if reason == "it is not there":
        (tools.folder / "uv/__init__.py").write_text("")
    listed = "global.proxy='http://a'" if reason == "a setting" else ""
    done = tools.run("install", "a/python", "-r", "pins", listed=listed, **environment)
    assert (3, "setup: pip installs in place of uv, which takes longer\n") == (
        done.returncode,
        done.stderr,
    )
    expected = "pip --python a/python install -qq --disable-pip-version-check -r pins"
    assert expected == tools.done()[-1]
    assert (reason == "it fails") == (tools.done()[0].startswith("uv "))


def test_pins_are_made_by_uv_alone(tools: Tools) -> None:
    """Pip has no word for it."""
    assert 0 == tools.run("compile", "pyproject.toml").returncode
    assert "uv pip compile pyproject.toml" == tools.done()[0]
    failed = tools.run("compile", "pyproject.toml", UV_FAILS="2")
    assert 1 == failed.returncode
    assert "uv is missing" in failed.stderr


@pytest.mark.parametrize("arguments", [(), ("install", "a"), ("compile",), ("sync",)])
def test_a_wrong_call_says_how_it_is_called(tools: Tools, arguments: tuple[str, ...]) -> None:
    """And runs nothing."""
    refused = tools.run(*arguments)
    assert (2, []) == (refused.returncode, tools.done())
    assert "python scripts/_uv.py install PYTHON" in refused.stderr

"""scripts/_setup: when it installs, what it says when it cannot. A stand-in plays Python, pip and uv."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Behaves as Python and pip do, writes down what was installed, and copies itself into new environments.
STAND_IN = r"""#!/usr/bin/env bash
case "$*" in
  *version_info*) exit "${TOO_OLD:-0}" ;;
  *python_version*) echo "${VERSION:-3.12.1}" ;;
  *base_prefix*) echo "${PREFIX:-/usr}" ;;
  "-m venv --clear "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo "venv" >>"$LOG" ;;
  "-m pip install"*) echo "pip ${*: -1}" >>"$LOG"; exit "${PIP_FAILS:-0}" ;;
  */scripts/_uv.py\ install*) echo "install ${*: -1}" >>"$LOG"; exit "${INSTALL_FAILS:-0}" ;;
esac
"""


class Checkout:
    """The files that _setup reads, in a folder with a space in its name."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "check out"
        (self.root / "scripts").mkdir(parents=True)
        (self.root / "constraints").mkdir()
        shutil.copy(ROOT / "scripts/_setup", self.root / "scripts")
        for name in ("dev", "highest"):
            (self.root / f"constraints/{name}.txt").write_text("a==1\n")
        (self.root / "pyproject.toml").write_text("[project]\n")
        self.python = folder / "a python"
        self.python.write_text(STAND_IN)
        self.python.chmod(0o755)
        self.log = folder / "log"

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Source _setup as the scripts do, from another folder."""
        return subprocess.run(
            ["bash", "-euc", 'source "$1/scripts/_setup"; echo went on', "scripts/test", self.root],
            cwd="/",
            env={"PATH": os.environ["PATH"], "PYTHON": str(self.python), "LOG": str(self.log)}
            | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self) -> list[str]:
        """What was made and installed since the last call."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    @property
    def everything(self) -> list[str]:
        return ["venv", *self.packages]

    @property
    def packages(self) -> list[str]:
        return ["pip uv", f"install {self.root}/constraints/highest.txt", f"install {self.root}"]

    @property
    def runtime(self) -> list[str]:
        return ["pip uv", "install hatchling", f"install {self.root}"]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_it_installs_once(checkout: Checkout) -> None:
    """The first script sets up, and says so in one line; the next ones find it done."""
    first = checkout.set_up()
    assert (0, "went on\n") == (first.returncode, first.stdout)
    assert 1 == len(first.stderr.splitlines())
    assert checkout.everything == checkout.done()
    second = checkout.set_up()
    assert (0, "went on\n", "") == (second.returncode, second.stdout, second.stderr)
    assert [] == checkout.done()


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "constraints/dev.txt", "constraints/highest.txt"]
)
def test_it_installs_again_after_a_change(checkout: Checkout, name: str) -> None:
    """Other pins or another pyproject.toml are installed into the same environment."""
    checkout.set_up()
    checkout.done()
    with (checkout.root / name).open("a") as file:
        file.write("# changed\n")
    assert 0 == checkout.set_up().returncode
    assert checkout.packages == checkout.done()


def test_it_installs_again_after_a_move(checkout: Checkout) -> None:
    """A checkout that was moved is installed from where it is now."""
    checkout.set_up()
    checkout.done()
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    assert 0 == checkout.set_up().returncode
    assert checkout.packages == checkout.done()


def test_it_goes_on_after_a_failure(checkout: Checkout) -> None:
    """A setup that failed or was interrupted stops the script and is done again by the next one."""
    failed = checkout.set_up(INSTALL_FAILS="1")
    assert (1, "") == (failed.returncode, failed.stdout)
    assert "could not be installed" in failed.stderr
    checkout.done()
    assert 0 == checkout.set_up().returncode
    assert checkout.packages == checkout.done()


def test_it_goes_on_without_uv(checkout: Checkout) -> None:
    """Where pip cannot install uv, it installs the rest."""
    assert 0 == checkout.set_up(PIP_FAILS="1").returncode
    assert checkout.everything == checkout.done()


def test_what_runs_the_package_is_enough_for_some(checkout: Checkout) -> None:
    """The tools of development come with the first script that needs them, and stay for the others."""
    assert 0 == checkout.set_up(SETUP="runtime").returncode
    assert ["venv", *checkout.runtime] == checkout.done()
    assert 0 == checkout.set_up(SETUP="runtime").returncode
    assert [] == checkout.done()
    assert 0 == checkout.set_up().returncode
    assert checkout.packages == checkout.done()
    assert 0 == checkout.set_up(SETUP="runtime").returncode
    assert [] == checkout.done()


def test_a_misspelt_set_of_packages(checkout: Checkout) -> None:
    """It says what there is."""
    refused = checkout.set_up(SETUP="runtim")
    assert 1 == refused.returncode
    assert "SETUP is everything or runtime, not 'runtim'" in refused.stderr


def test_another_python_replaces_the_environment(checkout: Checkout) -> None:
    """PYTHON that is not the one of .venv gets a .venv of its own."""
    checkout.set_up()
    checkout.done()
    other = checkout.python.with_name("other")
    other.write_text(STAND_IN.replace("${PREFIX:-/usr}", "/other"))
    other.chmod(0o755)
    assert 0 == checkout.set_up(PYTHON=str(other)).returncode
    assert checkout.everything == checkout.done()


def test_a_broken_environment_is_replaced(checkout: Checkout) -> None:
    """A .venv whose Python does not run any more is made anew."""
    checkout.set_up()
    checkout.done()
    (checkout.root / ".venv/bin/python").write_text("#!/no/such/python\n")
    assert 0 == checkout.set_up().returncode
    assert checkout.everything == checkout.done()


def test_an_old_python(checkout: Checkout) -> None:
    """Python before 3.11: what was found, what is needed, where to get it, how to name another."""
    refused = checkout.set_up(TOO_OLD="1", VERSION="3.9.6")
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "3.11 or newer is needed" in refused.stderr
    assert "a python is Python 3.9.6" in refused.stderr
    assert "python.org" in refused.stderr
    assert "PYTHON=/path/to/python3.13 scripts/test" in refused.stderr
    assert not (checkout.root / ".venv").exists()


def test_no_python(checkout: Checkout) -> None:
    """Without any Python the same message says that none was found."""
    refused = checkout.set_up(PYTHON="no-such-python")
    assert 1 == refused.returncode
    assert "found: none" in refused.stderr

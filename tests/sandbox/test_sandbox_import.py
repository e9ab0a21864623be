"""What importing the sandbox brings, and needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from matillion_async import sandbox


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_package_does_not_import_the_sandbox() -> None:
    """Whoever imports the client only, does not pay for the sandbox."""
    done = run(
        "import sys, matillion_async\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('jsonschema', 'uvicorn')"
        " or name.startswith('matillion_async.sandbox')])"
    )
    assert "[]" == done.stdout.strip(), done.stderr


@pytest.mark.parametrize("missing", ["jsonschema", "uvicorn"])
def test_without_the_extra(missing: str) -> None:
    """The error says what to install."""
    done = run(f"import sys; sys.modules[{missing!r}] = None; import matillion_async.sandbox")
    last = done.stderr.strip().splitlines()[-1]
    assert f"ImportError: the sandbox needs {missing}" in last
    assert "pip install 'matillion-async[sandbox]'" in last


def test_exported_names() -> None:
    """What is exported exists and is sorted."""
    assert sorted(sandbox.__all__) == sandbox.__all__
    assert all(hasattr(sandbox, name) for name in sandbox.__all__)

"""What an import of the package brings in, and what it gives."""

from __future__ import annotations

import subprocess
import sys
import types

import matillion_async

# httpx itself imports click and rich where they are installed, and httpcore imports h11: not among these.
EXTRAS = {"uvicorn", "jsonschema", "referencing"}
TOOLS = {"pytest", "authlib.integrations", "httpx2"}


def test_the_import_is_light() -> None:
    """``import matillion_async`` loads neither the command line nor the sandbox nor what they need."""
    script = "import matillion_async, sys; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(answer.stdout.split())
    assert set() == loaded & (EXTRAS | TOOLS)
    assert [] == [name for name in loaded if name.startswith("matillion_async.cli")]
    assert [] == [name for name in loaded if name.startswith("matillion_async.sandbox")]


def test_all_is_what_is_there() -> None:
    """``__all__`` lists exactly the public names, in the order the linter keeps."""
    public = {
        name
        for name, value in vars(matillion_async).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public | {"__version__"} == set(matillion_async.__all__)
    assert len(set(matillion_async.__all__)) == len(matillion_async.__all__)


def test_public_names_say_where_they_are() -> None:
    """Every public class and function has a docstring."""
    public = [getattr(matillion_async, name) for name in matillion_async.__all__]
    objects = [value for value in public if isinstance(value, type | types.FunctionType)]
    assert [] == [value.__name__ for value in objects if not value.__doc__]

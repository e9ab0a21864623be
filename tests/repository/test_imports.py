"""What an import of the package brings in, and what it gives."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
import types
from pathlib import Path

import matillion_api
import pytest

import matillion_async

# httpx itself imports click and rich where they are installed, and httpcore imports h11: not among these.
EXTRAS = {"uvicorn", "jsonschema", "referencing"}
TOOLS = {"pytest", "authlib", "httpx2"}


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


LAYERS = (
    *(
        "_details",
        "_errors",
        "_trouble",
        "_version",
        "_limits",
        "_listings",
        "_tokens",
        "_settings",
        "_calls",
        "_transport",
    ),
    *(
        "_names",
        "_bulk",
        "_publishing",
        "_groups",
        "_runs",
        "_agent_tasks",
        "artifacts",
        "_resources",
        "_client",
    ),
    *("__init__", "sandbox", "cli"),
)
"""From the lowest to the highest."""


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_one_way(layer: str) -> None:
    """A folder of the package imports from those below it only, except where a function needs the client."""
    lower = {*LAYERS[: LAYERS.index(layer)], layer}
    package = Path(matillion_async.__file__).parent
    files = [package / f"{layer}.py", *(package / layer).rglob("*.py")]
    imported = {
        (path.name, node.module.split(".")[1])
        for path in files
        if path.exists()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("matillion_async.")
        if node.module is not None
    }
    assert set() == {(name, used) for name, used in imported if used not in lower}


def test_generated_code_knows_nothing_of_the_package() -> None:
    """What is generated states what it needs, and imports nothing from the package that is built on it."""
    files = list(Path(matillion_api.__file__).parent.rglob("*.py"))
    assert files
    assert [] == [path.name for path in files if "matillion_async" in path.read_text("utf-8")]


def test_every_folder_has_its_layer() -> None:
    """A new folder or module at the top of the package is put into its place above."""
    package = Path(matillion_async.__file__).parent
    there = {path.stem for path in package.glob("*.py")} | {
        path.name for path in package.iterdir() if (path / "__init__.py").exists()
    }
    assert there == set(LAYERS)


def test_all_is_what_is_there() -> None:
    """``__all__`` lists exactly the names that type checkers see, and each is what its module has under this name."""
    source = Path(matillion_async.__file__).read_text(encoding="utf-8")
    seen = {
        alias.name: node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("matillion_")
        for alias in node.names
    }
    assert set(seen) == set(matillion_async.__all__) == set(dir(matillion_async))
    assert len(set(matillion_async.__all__)) == len(matillion_async.__all__)
    for name, module in seen.items():
        assert getattr(importlib.import_module(str(module)), name) is getattr(matillion_async, name)


def test_a_name_that_is_not_there() -> None:
    """A misspelt name is an AttributeError like that of any module, which ``from … import`` turns into its own."""
    with pytest.raises(AttributeError, match="'matillion_async' has no attribute 'Clinet'"):
        _ = matillion_async.Clinet  # type: ignore[attr-defined]  # the mistake


def test_the_import_brings_in_no_library() -> None:
    """What ``import matillion_async`` costs is paid when a name is used, so that a command line answers at once."""
    script = "import matillion_async.cli, sys; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(answer.stdout.split())
    assert set() == loaded & {
        "aiohttp",
        "httpx",
        "attrs",
        "authlib",
        "click",
        "rich",
        "matillion_api",
    }


def test_no_name_brings_in_an_http_library() -> None:
    """Until a client is made there is nothing to send; only the transport's own name needs what it is built on."""
    script = (
        "import matillion_async as package, sys\n"
        "for name in set(package.__all__) - {'AiohttpTransport'}: getattr(package, name)\n"
        "print(*sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(answer.stdout.split())
    assert "matillion_async._client" in loaded
    assert set() == loaded & {"aiohttp", "httpx", "httpx2", "authlib"}


def test_public_names_say_where_they_are() -> None:
    """Every public class and function has a docstring."""
    public = [getattr(matillion_async, name) for name in matillion_async.__all__]
    objects = [value for value in public if isinstance(value, type | types.FunctionType)]
    assert [] == [value.__name__ for value in objects if not value.__doc__]

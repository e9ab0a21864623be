"""What an import of the package brings in, and what it gives."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import datetime
import importlib
import re
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matillion_api
import matillion_api.models
import pytest
from matillion_api.api import Resources

import matillion_async
from matillion_async import airflow, models
from matillion_async.airflow import provider

# httpx itself imports click and rich where they are installed, and httpcore imports h11: not among these.
EXTRAS = {"uvicorn", "jsonschema", "referencing", "opentelemetry"}
TOOLS = {"pytest", "authlib", "httpx2"}


def test_the_import_is_light() -> None:
    """``import matillion_async`` loads neither the command line nor the sandbox nor what they need."""
    script = "import matillion_async, sys; print(*sys.modules)"
    completed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(completed.stdout.split())
    assert set() == loaded & (EXTRAS | TOOLS)
    assert [] == [name for name in loaded if name.startswith("matillion_async.cli")]
    assert [] == [name for name in loaded if name.startswith("matillion_async.sandbox")]


LAYERS = (
    "_backoff", "_text", "_details", "_errors", "_arguments", "_environment", "_trouble", "_version", "_moments", "_transport", "_observing", "_limits", "_listings",
    "_tokens", "_settings", "_share", "_calls", "_names", "_bulk", "_publishing", "_runs", "_agent_tasks",
    "_groups", "_unknown", "_foreign", "_resources", "_client", "models", "__init__", "otel", "sandbox", "pytest_plugin", "cli", "airflow",
)  # fmt: skip
"""From the lowest to the highest."""


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_one_way(layer: str) -> None:
    """A folder of the package imports from those below it only, within functions and for types as well."""
    lower = {*LAYERS[: LAYERS.index(layer)], layer}
    package = Path(matillion_async.__file__).parent
    files = [package / f"{layer}.py", *(package / layer).rglob("*.py")]
    imported = {
        (path.name, node.module.split(".")[1])
        for path in files
        if path.exists()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("matillion_async.")
        if node.module is not None
    }
    assert set() == {(name, used) for name, used in imported if used not in lower}


GENERATION = (
    ("__init__", "findings", "progress", "digest", "reserved"),
    ("reading",),
    ("preparing",),
    ("writing", "comparing"),
    ("__main__",),
    ("start",),
)
"""The parts of the generation, from the lowest to the highest; what stands beside each other knows nothing of the other."""


def test_imports_of_the_generation_point_one_way() -> None:
    """From a file to a document, to a prepared one, and from there to a package, or to what two of them differ in."""
    folder = Path(__file__).parents[2] / "scripts" / "_generation"
    levels = {part: index for index, parts in enumerate(GENERATION) for part in parts}
    there = {each.stem if each.is_file() else each.name for each in folder.iterdir()}
    assert set(levels) == there - {"__pycache__"}
    for path in folder.rglob("*.py"):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        for used in _used_of_the_generation(path) - {part}:
            is_lowest = levels[part] == 0 == levels[used]
            assert is_lowest or levels[used] < levels[part], f"{path.name} imports {used}"


def _used_of_the_generation(path: Path) -> set[str]:
    """The parts of the generation that a module imports from."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{each.name}" for each in node.names]
    return {each.split(".")[2] for each in found if each.startswith("scripts._generation.")}


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
    """``__all__`` lists exactly the names that type checkers see, from the same modules, and gives each out."""
    source = Path(matillion_async.__file__).read_text(encoding="utf-8")
    seen = {
        alias.name: node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("matillion_")
        for alias in node.names
        if alias.asname == alias.name  # else type checkers take it for a name of the module's own
    }
    assert seen == vars(matillion_async)["_HOMES"]
    assert set(seen) == set(vars(matillion_async)["__all__"]) == set(dir(matillion_async))
    for name, module in seen.items():
        assert getattr(importlib.import_module(str(module)), name) is getattr(matillion_async, name)


def test_models_come_from_the_same_root() -> None:
    """Each model and enum is there by its name, and is the generated one; others are not."""
    assert sorted(matillion_api.models.__all__) == dir(models)
    for name in dir(models):
        assert getattr(models, name) is getattr(matillion_api.models, name)
    with pytest.raises(
        AttributeError, match=r"'matillion_async\.models' has no attribute 'Projct'"
    ):
        _ = models.Projct  # type: ignore[attr-defined]  # the mistake


STANDARD = {
    name for module in (builtins, collections.abc, datetime, typing) for name in dir(module)
} | {"NoneType", "Path", "builtins", "httpx", "httpx2", "os", "ssl"}
"""What annotations may name beside our own: modules, and names of the standard library."""

FOR_USERS = {"MatillionClient", "AiohttpTransport", "RetryPolicy", "Token", "Secret"}
"""Classes that users make; others are made by the package, and their constructors take its parts."""

BEHIND = {
    "api", "polling", "session", "urgent",
    "acquire", "responded", "dropped", "refused", "sending", "try_acquire", "is_valid", "permits_expire",
    "fingerprint",
}  # fmt: skip
"""Doors to what is not of this root: the generated client, and what the package's own parts say to each other."""


async def _public_classes() -> list[type]:
    """What the package exports, and the groups of a client."""
    exported = [getattr(matillion_async, name) for name in dir(matillion_async)]
    async with matillion_async.MatillionClient(
        client_id="a", client_secret="b", region="eu1"
    ) as client:
        names = [name for name in vars(Resources) if not name.startswith("_")]
        groups = [type(getattr(client, name)) for name in names]
    return [each for each in exported if isinstance(each, type)] + groups


def _annotations(public: type) -> Iterator[tuple[str, str]]:
    """The names that annotations of a class, its own public methods and properties have, with where each is."""
    known = vars(sys.modules[public.__module__])
    for name, member in vars(public).items():
        if name in BEHIND or (name.startswith("_") and name != "__init__"):
            continue
        if name == "__init__" and public.__name__ not in FOR_USERS:
            continue
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if isinstance(function, types.FunctionType):
            for annotation in function.__annotations__.values():
                yield from (
                    (each, f"{public.__name__}.{name}") for each in _named(annotation, known)
                )
    for name, annotation in vars(public).get("__annotations__", {}).items():
        if not name.startswith("_") and name not in BEHIND:
            yield from ((each, public.__name__) for each in _named(annotation, known))


def _named(annotation: Any, known: dict[str, Any]) -> Iterator[str]:
    """The names in an annotation; an alias stands for what is in it."""
    if isinstance(annotation, str):
        for node in ast.walk(ast.parse(annotation)):
            if isinstance(node, ast.Name):
                found = known.get(node.id)
                is_alias = typing.get_origin(found) is not None or isinstance(found, str)
                yield from _named(found, known) if is_alias else (node.id,)
    elif isinstance(annotation, list) or typing.get_origin(annotation) is not None:
        is_list = isinstance(annotation, list)
        for part in annotation if is_list else typing.get_args(annotation):
            yield from _named(part, known)
    elif isinstance(annotation, typing.ForwardRef):
        yield from _named(annotation.__forward_arg__, known)
    elif isinstance(annotation, type | typing.TypeVar):
        yield annotation.__name__


async def test_every_type_of_a_public_signature_can_be_imported_from_the_root() -> None:
    """What a method takes or gives has a name that users can write into signatures of their own."""
    ours = {*dir(matillion_async), *dir(models)}
    missing: dict[str, str] = {}
    for public in await _public_classes():
        for name, where in _annotations(public):
            is_left_out = re.fullmatch(
                r"T|[A-Z]\w+T(_co)?|_Unknown", name
            )  # type variables; takes nothing
            if name not in ours | STANDARD and not is_left_out:
                missing.setdefault(name, where)
    assert {} == missing


def test_a_name_that_is_not_there() -> None:
    """A misspelt name is an AttributeError like that of any module, which ``from … import`` turns into its own."""
    with pytest.raises(AttributeError, match="'matillion_async' has no attribute 'Clinet'"):
        _ = matillion_async.Clinet  # type: ignore[attr-defined]  # the mistake


def test_the_import_brings_in_no_library() -> None:
    """What ``import matillion_async`` costs is paid when a name is used, so that a command line starts at once."""
    script = "import matillion_async.cli, sys; print(*sys.modules)"
    completed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(completed.stdout.split())
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
    completed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(completed.stdout.split())
    assert "matillion_async._client" in loaded
    assert set() == loaded & {"aiohttp", "httpx", "httpx2", "authlib", "opentelemetry"}


def test_public_names_say_where_they_are() -> None:
    """Every public class and function has a docstring."""
    public = [getattr(matillion_async, name) for name in dir(matillion_async)]
    objects = [value for value in public if isinstance(value, type | types.FunctionType)]
    assert [] == [value.__name__ for value in objects if not value.__doc__]


def test_the_provider_for_airflow_is_told_of_without_airflow() -> None:
    """What it has can be asked for anywhere; a name of it that needs Airflow says what to install."""
    info = provider.get_provider_info()
    assert "matillion-async" == info["package-name"]
    assert ["MatillionRunSensor"] == [name for name in dir(airflow) if "Sensor" in name]
    with pytest.raises(ImportError, match=r"pip install 'matillion-async\[airflow\]'"):
        _ = airflow.MatillionRunSensor
    with pytest.raises(AttributeError, match="has no attribute 'Sensor'"):
        _ = airflow.Sensor  # type: ignore[attr-defined]  # the mistake

"""The command, run over a document in this process, and what is made of many documents checked at once."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from scripts._generation.__main__ import main
from scripts._generation.writing.package import PACKAGE

_SHARED = ("types.py", "reading.py", "client.py", "errors.py")
"""They are the same in each package, so that they are checked once."""
_IMPORTER = """\
import importlib, pkgutil, sys, traceback, warnings
warnings.simplefilter("error")
for top in sys.argv[1:]:
    try:
        package = importlib.import_module(top)
        for each in pkgutil.walk_packages(package.__path__, f"{top}.", onerror=lambda name: None):
            importlib.import_module(each.name)
        importlib.import_module(f"{top}.api").Resources(None)
    except BaseException as error:
        print(f"{top}: {type(error).__name__}: {error} {traceback.extract_tb(error.__traceback__)[-1]}".replace("\\n", " "))
"""


class Ran(NamedTuple):
    """How the command ended."""

    code: int
    out: str
    err: str


def run(*arguments: Any) -> Ran:
    """Run the command, as ``scripts/generate`` does."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(each) for each in arguments])
    ran = Ran(code, out.getvalue(), err.getvalue())
    f"{ran.out}{ran.err}".encode()  # as a terminal takes it
    return ran


def generate(document: Any, folder: Path) -> Ran:
    """Generate from a document into ``folder``, beside its file."""
    folder.mkdir()
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    return run("--spec", spec, "--output", folder)


class Batch:
    """Packages that were made of many documents, side by side in one folder.

    Args:
        folder: an empty one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []

    def add(self, document: Any, name: str) -> Ran:
        """Generate from a document; a package that comes of it is one of the batch."""
        ran = generate(document, self._folder / name)
        if ran.code == 0:
            self._names.append(name)
            (self._folder / name / "__init__.py").touch()
            self._share(self._folder / name / PACKAGE)
        else:
            shutil.rmtree(self._folder / name)
        return ran

    def not_imported(self) -> list[str]:
        """A line for each package that cannot be imported, which begins with its name."""
        tops = [f"{name}.{PACKAGE}" for name in self._names]
        return _said([sys.executable, "-c", _IMPORTER, *tops], self._folder)

    def mistyped(self, cache: Path) -> list[str]:
        """What mypy says of the packages, as strict as it can be; a line begins with a package's name.

        Args:
            cache: what it knows of the standard library, attrs and httpx, for the batches after this one.
        """
        packages = [f"-p{name}" for name in ("shared", *self._names)]
        options = ("--strict", "--no-error-summary", "--config-file=", "--sqlite-cache")
        mypy = [sys.executable, "-m", "mypy", *options, f"--cache-dir={cache}", *packages]
        return _said(mypy, self._folder)

    def _share(self, package: Path) -> None:
        """Give a package the modules that all have in common."""
        shared = self._folder / "shared"
        if not shared.exists():
            shared.mkdir()
            (shared / "__init__.py").touch()
            for name in _SHARED:
                shutil.copyfile(package / name, shared / name)
        for name in _SHARED:
            assert (shared / name).read_bytes() == (package / name).read_bytes()
            names = sorted(_names(shared / name))
            listed = ", ".join(f"{each} as {each}" for each in names)
            (package / name).write_text(f"from shared.{name[:-3]} import {listed}\n", "utf-8")


def _said(command: list[str], folder: Path) -> list[str]:
    """The lines that a command writes in a folder whose modules it finds."""
    found = {"PYTHONPATH": str(folder), "MYPYPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command,
        env={**os.environ, **found},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return (done.stdout + done.stderr).splitlines()


def _names(module: Path) -> set[str]:
    """The names at the top of a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.col_offset == 0
        ):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.col_offset == 0:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
    return found - {"__all__"}

"""What the tests of generation share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts._generation import digest


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy knows of the standard library, attrs and httpx after its first call."""
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def separate_import() -> Iterator[None]:
    """Lets a test import another matillion_api than the one in the tree."""
    kept = {name: module for name, module in sys.modules.items() if _is_generated(name)}
    for name in kept:
        del sys.modules[name]
    yield
    for name in [name for name in sys.modules if _is_generated(name)]:
        del sys.modules[name]
    sys.modules.update(kept)


def _is_generated(name: str) -> bool:
    return name.partition(".")[0] == "matillion_api"


@pytest.fixture(autouse=True)
def no_record(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test generates counts as checked outside of it."""
    monkeypatch.setattr(digest, "CACHE", tmp_path_factory.mktemp("cache"))

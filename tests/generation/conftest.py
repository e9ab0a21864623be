"""What the tests of generation share."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


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

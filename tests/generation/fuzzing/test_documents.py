"""Documents that nobody has thought of: each gives a package that imports and has right types, or lines; never a traceback.

``FUZZ_DOCUMENTS=10000 scripts/test tests/generation/fuzzing -k many`` looks at so many, with ``-n 4`` on four processors; ``FUZZ_SEED=7``
at others. What is told of one begins with ``made_SEED_NUMBER``: ``numbered(SEED, NUMBER)`` makes it again.
"""

from __future__ import annotations

import copy
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.generation.fuzzing import documents as fuzzing
from tests.generation.fuzzing.documents import Made, documents, numbered
from tests.generation.fuzzing.promises import broken_by_all, broken_by_one
from tests.generation.fuzzing.words import JUNK, VALUES

COUNT = int(os.environ.get("FUZZ_DOCUMENTS", "200"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))
AT_ONCE = 100


@given(documents())
@settings(max_examples=15)
def test_one(made: Made) -> None:
    """A document that hypothesis chose, and makes smaller if it breaks anything."""
    with tempfile.TemporaryDirectory() as folder:
        assert [] == broken_by_one(made, Path(folder)), json.dumps(made.document)


def test_a_document_is_the_same_whatever_was_made_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is broken in one is broken in no other, though many have the same values."""
    kept = copy.deepcopy((VALUES, JUNK))
    monkeypatch.setattr(fuzzing, "break_somewhere", lambda _, document: emptied(document))
    for number in range(100):
        numbered(1, number)
    assert kept == (VALUES, JUNK)


def emptied(node: Any) -> None:
    """Take everything out of an object or a list, and out of all in it."""
    for each in list(node.values() if isinstance(node, dict) else node):
        if isinstance(each, dict | list):
            emptied(each)
    node.clear()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy knows of the standard library, attrs and httpx after the first batch."""
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, COUNT, AT_ONCE))
def test_many(first: int, tmp_path: Path, cache: Path) -> None:
    """As many as are asked for; the packages of some are checked at once."""
    numbers = range(first, min(first + AT_ONCE, COUNT))
    batch = {f"made_{SEED}_{number}": numbered(SEED, number) for number in numbers}
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        assert [] == broken_by_all(batch, Path(folder, "made"), cache)

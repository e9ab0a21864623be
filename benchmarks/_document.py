"""Puts what a benchmark found into its page, between the marks that bear its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_DOCS = Path(__file__).resolve().parents[1] / "docs"
DOCUMENTS = (_DOCS / "performance.md", _DOCS / "why.md")

_BLOCK = re.compile(r"<!-- benchmark (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)


def marked(text: str) -> list[str]:
    """The names of the benchmarks that a document has a place for, in its order."""
    return [name for name, _ in _BLOCK.findall(text)]


def document_of(name: str, documents: Sequence[Path]) -> Path:
    """The page that has a place for a benchmark; the first one where none has."""
    for document in documents:
        if name in marked(document.read_text(encoding="utf-8")):
            return document
    return documents[0]


def with_result(text: str, name: str, result: str) -> str:
    """The document with another result of one benchmark.

    Raises:
        ValueError: the document has no place for it, or more than one.
    """
    places = marked(text).count(name)
    if places != 1:
        raise ValueError(
            f"there are {places} places for {name!r}: write "
            f"'<!-- benchmark {name} -->' and '<!-- end -->' on lines of their own where its tables go"
        )
    block = f"<!-- benchmark {name} -->\n\n{result.strip()}\n\n<!-- end -->"
    return _BLOCK.sub(lambda found: block if found[1] == name else found[0], text)

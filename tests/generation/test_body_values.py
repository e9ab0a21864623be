"""What may be given for the fields of a body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.generation.small import TEXT, body, document, fields, imported, made, models, named

PARTS = {"type": ["array", "null"], "items": named("Part")}
DOCUMENT = document(
    {"POST /things": {"operationId": "send", **body(fields("parts", parts=PARTS))}},
    Part=fields("id", id=TEXT),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(DOCUMENT, tmp_path_factory.mktemp("bodies"), "--strict")


@pytest.fixture
def api(folder: Path, separate_import: None) -> Iterator[Any]:
    with imported(folder) as found:
        yield found


async def test_a_list_that_may_be_null(api: Any) -> None:
    """Takes what one takes that may not: models, mappings, and any sequence."""
    part = models().Part("a")
    for given in ([part], (part,), [{"id": "a"}]):
        await api.default.send(parts=given)
        assert {"parts": [{"id": "a"}]} == api._session.sent["json"]
    await api.default.send(parts=None)
    assert {"parts": None} == api._session.sent["json"]

"""Responses by their status: which of those that a file describes is that of a success."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generation.small import TEXT, content, document, fields, imported, made, named

JOB, ERROR = content(named("Job")), content(named("Error"))
NOTHING = {"description": ""}
DOCUMENT = document(
    {
        "POST /later": {"responses": {"200": JOB, "202": NOTHING, "204": NOTHING}},
        "GET /usual": {"responses": {"default": JOB, "404": ERROR}},
        "GET /moved": {"responses": {"default": ERROR, "302": NOTHING}},
    },
    Job=fields("id", id=TEXT),
    Error=fields("why", why=TEXT),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(DOCUMENT, tmp_path_factory.mktemp("answers"), "--strict")


@pytest.fixture
def api(folder: Path, separate_import: None) -> Iterator[Any]:
    with imported(folder) as found:
        yield found


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(202, text="Accepted"),
        httpx.Response(202, json={"ticket": 1}),
        httpx.Response(202),
        httpx.Response(204),
    ],
)
async def test_a_status_without_a_body(api: Any, answer: httpx.Response) -> None:
    """Whatever a server sends along is nothing that is described: a success is no error because of it."""
    api._session.answer = answer
    assert await api.default.post_later() is None


async def test_the_default_beside_errors(api: Any) -> None:
    """Is what a success has; not where something else than errors is described."""
    api._session.answer = httpx.Response(200, json={"id": "a"})
    assert "a" == (await api.default.post_later()).id
    assert "a" == (await api.default.get_usual()).id
    assert b'{"id":"a"}' == await api.default.get_moved()

"""Reading multipart forms."""

from __future__ import annotations

import httpx
import pytest

from matillion_async.sandbox._form import Part, read_form

KIND = "multipart/form-data; boundary=xyz"


def test_what_httpx_writes() -> None:
    """Names with slashes, quotes, line breaks and non-ASCII text, and any bytes, are read as they were sent."""
    files: list[tuple[str, tuple[str | None, bytes, str]]] = [
        ("a/b c.orch.yaml", ("b c.orch.yaml", b"x: 1\r\n--xy\r\n", "text/plain")),
        ('"q"\r\n', (None, bytes(range(256)), "application/octet-stream")),
        ("größe.sql", ("größe.sql", b"", "text/plain")),
    ]
    request = httpx.Request("POST", "http://localhost", files=files)

    found = read_form(request.headers["Content-Type"], request.read())

    assert {
        name: Part(content, kind, file_name) for name, (file_name, content, kind) in files
    } == found


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("multipart/form-data", b"--xyz--", "Content-Type: must have a boundary"),
        (KIND, b"", "body: must be a whole multipart form"),
        (KIND, b"--abc--\r\n", "body: must be a whole multipart form"),
        (
            KIND,
            b'--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n',
            "body: must be a whole multipart form",
        ),
        (
            KIND,
            b"--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--",
            "body: each part must have a name",
        ),
        (
            KIND,
            b'--xyz\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--xyz--',
            "body: a name in the form is not UTF-8",
        ),
        (
            KIND,
            b'--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2 + b"--xyz--",
            "a: must be given once only",
        ),
    ],
)
def test_what_is_no_form(kind: str, content: bytes, reason: str) -> None:
    """A form that is cut off, has no boundary, or fields without a name or with one name is refused."""
    with pytest.raises(ValueError, match="^" + reason):
        read_form(kind, content)

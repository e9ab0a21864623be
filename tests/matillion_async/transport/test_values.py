"""Requests and responses, and what a URL leads to."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async import Request, Response, Transport
from matillion_async._transport.addresses import origin
from matillion_async._trouble import is_kind


def test_a_request_is_unsent_until_it_is_said() -> None:
    """And whoever wants to know is told, each time."""
    request = Request("GET", "https://a.example/", {})
    assert not request.is_sent
    request.sending()
    assert request.is_sent
    told: list[bool] = []
    request = Request("GET", "https://a.example/", {})
    request.on_sending = lambda: told.append(request.is_sent)
    request.sending()
    assert [True] == told


@pytest.mark.parametrize(("status", "is_success"), [(199, 0), (200, 1), (299, 1), (300, 0)])
def test_a_success_is_2xx(status: int, is_success: int) -> None:
    """Nothing below, and nothing above."""
    assert bool(is_success) is Response(status).is_success


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("200",), "status_code must be a number, not str"),
        ((200, [("a", "b")]), "headers must be a mapping, not list"),
        ((200, {"Retry-After": 5}), "headers must map strings to strings, not str to int"),
        ((200, {b"Date": b""}), "headers must map strings to strings, not bytes to bytes"),
        ((200, {"Date": None}), "headers must map strings to strings, not str to NoneType"),
        ((200, {}, "text"), "content must be bytes, not str"),
        ((200, {}, None), "content must be bytes, not NoneType"),
    ],
)
def test_a_response_of_other_types_is_refused(arguments: Any, told: str) -> None:
    """Where it is made, since later nobody knows who made it."""
    with pytest.raises(TypeError, match=told):
        Response(*arguments)


def test_a_reason_of_another_type_is_refused() -> None:
    """As the rest is: it becomes a part of the message of an error."""
    with pytest.raises(TypeError, match="reason must be a string, not bytes"):
        Response(400, reason=cast("Any", b"Bad Request"))


def test_a_response_needs_a_status_only() -> None:
    """The rest is empty, and nothing of it is shown."""
    response = Response(204)
    assert ({}, b"", "", "") == (
        response.headers,
        response.content,
        response.reason,
        response.text,
    )
    assert "<Response 204>" == repr(response)
    assert None is response.header("Date")


@pytest.mark.parametrize("asked", ["retry-after", "Retry-After", "RETRY-AFTER"])
@pytest.mark.parametrize("sent", ["retry-after", "Retry-After", "RETRY-AFTER"])
def test_names_of_headers_have_no_case(sent: str, asked: str) -> None:
    """Neither in what came, nor in what is asked for."""
    assert "5" == Response(503, {sent: "5", "X": "1"}).header(asked)


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text/plain; charset=utf-8", "é".encode(), "é"),
        ("text/plain; charset=ISO-8859-1", "é".encode("latin-1"), "é"),
        ("text/plain", b"a\xff", "a\ufffd"),
        ("text/plain; charset=none-such", "é".encode(), "é"),
        ("text/plain; charset=idna", "é".encode(), "é"),
        ("text/plain; charset=a\0b", "é".encode(), "é"),
        ("text/plain; charset", b"a", "a"),
        ("", b"a", "a"),
    ],
)
def test_text_is_read_as_its_type_says(kind: str, content: bytes, text: str) -> None:
    """UTF-8 where nothing is said, or nothing that anybody knows; bytes that are not are replaced."""
    assert text == Response(200, {"content-type": kind}, content).text


@pytest.mark.parametrize(
    ("url", "expected", "authority"),
    [
        ("https://A.example/dpc?x=1", ("https", "a.example", 443), "a.example"),
        ("https://a.example:443/", ("https", "a.example", 443), "a.example"),
        ("https://a.example:8443", ("https", "a.example", 8443), "a.example:8443"),
        ("http://a.example:443/", ("http", "a.example", 443), "a.example:443"),
        ("http://[::1]/", ("http", "::1", 80), "[::1]"),
        ("http://[::1]:8000/", ("http", "::1", 8000), "[::1]:8000"),
        ("https://user:pass@a.example/", ("https", "a.example", 443), "a.example"),
    ],
)
def test_where_a_url_leads(url: str, expected: tuple[str, str, int], authority: str) -> None:
    """Scheme, host and port as httpx has them; neither path nor password is part of it."""
    assert (expected, authority) == (origin(url), origin(url).authority)
    assert httpx.URL(url).netloc.decode() == authority


@given(st.sampled_from(["ConnectError", "ReadTimeout", "ProxyError", "DecodingError"]))
def test_kinds_have_one_name_in_all_libraries(name: str) -> None:
    """Also those that are derived from them; others of that name are not meant."""
    error = getattr(httpx, name)("a reason")
    assert is_kind(error, name)
    assert is_kind(cast("type[Exception]", type("Own", (type(error),), {}))("a reason"), name)
    assert not is_kind(error, "NoSuchError")
    assert not is_kind(type(name, (Exception,), {})("a reason"), name)


def test_what_has_the_two_methods_is_a_transport() -> None:
    """It need not be derived from anything."""

    class Own:
        async def send(self, request: Request) -> Response:
            return Response(200)

        async def aclose(self) -> None: ...

    assert isinstance(Own(), Transport)
    assert not isinstance(object(), Transport)

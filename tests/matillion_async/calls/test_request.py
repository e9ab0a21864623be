"""Requests of operations: what httpx would send for the same arguments."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async import InvalidRequestError, Request
from matillion_async._calls.request import RequestBuilder, authorize, merged, sent_token, withdraw

BASE = "https://api.example.com:8443/dpc"
HEADERS = {"Accept": "application/json", "User-Agent": "us"}

values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
queries = st.dictionaries(
    st.sampled_from(["page", "size", "from", "status"]), values | st.lists(values, max_size=3)
)


def expected(method: str, params: Any = None) -> httpx.Request:
    """What httpx makes of the same arguments."""
    return httpx.Request(method, f"{BASE}/v1/a%20b", params=params or None, headers=HEADERS)


def build(method: str, **arguments: Any) -> Request:
    """A request as an operation asks for it."""
    return RequestBuilder(BASE, HEADERS).build({"method": method, "url": "/v1/a%20b", **arguments})


@given(method=st.sampled_from(["get", "delete", "post", "put", "patch"]), params=queries)
def test_a_request_is_the_one_httpx_would_make(method: str, params: dict[str, Any]) -> None:
    """Method and URL, whatever the parameters."""
    made, wanted = build(method, params=params), expected(method.upper(), params)
    assert (wanted.method, wanted.url) == (made.method, httpx.URL(made.url))
    assert (HEADERS, b"") == (made.headers, made.body)


@pytest.mark.parametrize("value", [1, "1"])
def test_names_of_parameters_are_quoted(value: object) -> None:
    """Those of any API, whether all values are numbers or not."""
    made = build("get", params={"page[size]": value, "größe": value, "a b": value, "x&y": value})
    assert "page%5Bsize%5D=1&gr%C3%B6%C3%9Fe=1&a+b=1&x%26y=1" == made.url.partition("?")[2]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_operations_own_headers_win(method: str) -> None:
    """Each header is sent once, in whatever case its name is."""
    made = build(method, headers={"accept": "text/plain", "X-Own": "1"})
    assert {"User-Agent": "us", "accept": "text/plain", "X-Own": "1"} == made.headers


def test_a_body_is_sent_with_its_type() -> None:
    """JSON, as httpx writes it, also with DELETE."""
    document = {"a": 1, "é": "ü"}
    for method in ("post", "delete"):
        made = build(method, json=document)
        assert httpx.Request("POST", BASE, json=document).read() == made.body
        assert "application/json" == made.headers["Content-Type"]


def test_what_is_not_json_is_refused() -> None:
    """NaN is not JSON, and not sent as such."""
    with pytest.raises(InvalidRequestError, match="JSON"):
        build("post", json={"a": float("nan")})


def test_bytes_are_sent_as_they_are() -> None:
    """With the type that the operation says."""
    made = build("put", content=b"a: 1", headers={"Content-Type": "application/yaml"})
    assert b"a: 1" == made.body
    assert "application/yaml" == made.headers["Content-Type"]


async def test_a_form_is_sent_as_httpx_writes_it() -> None:
    """Files in memory, with the length of the whole."""
    made = build("post", files=[("a.orch.yaml", ("a.orch.yaml", b"x: 1", "text/plain"))])
    assert not isinstance(made.body, bytes)
    body = b"".join([piece async for piece in made.body])
    assert b'name="a.orch.yaml"' in body
    assert str(len(body)) == made.headers["Content-Length"]
    assert made.headers["Content-Type"].startswith("multipart/form-data; boundary=")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_is_sent_along(method: str) -> None:
    """Also another one later; other requests have their own, and the headers that they share have none."""
    builder = RequestBuilder(BASE, HEADERS)
    made, other = (builder.build({"method": method, "url": "/v1"}) for _ in range(2))
    authorize(made, "one")
    authorize(other, "two")
    authorize(made, "three")
    assert ("three", "two") == (sent_token(made), sent_token(other))
    assert "Bearer three" == made.headers["Authorization"]
    assert "" == sent_token(builder.build({"method": method, "url": "/v1"}))
    withdraw(made)
    assert HEADERS == made.headers


def test_headers_that_win_do_so_in_any_case() -> None:
    """A name stands once among what is sent."""
    assert {"b": "2", "A": "3"} == merged({"a": "1", "b": "2"}, {"A": "3"})


def test_a_request_shows_no_header() -> None:
    """One of them is the token."""
    made = build("get", params={"page": 1})
    authorize(made, "a-secret")
    assert f"<Request GET {BASE}/v1/a%20b?page=1>" == repr(made)

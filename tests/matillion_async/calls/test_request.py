"""Requests made at the cost of what they need: httpx's in every respect that anybody can see."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._calls.request import PlainRequest, RequestBuilder, address, authorize

BASE = "https://api.example.com:8443/dpc"
HEADERS = {"Accept": "application/json", "User-Agent": "us"}

values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
queries = st.dictionaries(
    st.sampled_from(["page", "size", "from", "status"]), values | st.lists(values, max_size=3)
)


def expected(method: str, params: Any = None, headers: Any = ()) -> httpx.Request:
    """What httpx makes of the same arguments."""
    url = f"{BASE}/v1/a%20b"
    return httpx.Request(method, url, params=params or None, headers={**HEADERS, **dict(headers)})


def build(method: str, **arguments: Any) -> httpx.Request:
    """A request as an operation asks for it."""
    return RequestBuilder(BASE, HEADERS).build({"method": method, "url": "/v1/a%20b", **arguments})


@given(method=st.sampled_from(["get", "delete", "post", "put", "patch"]), params=queries)
def test_a_request_is_the_one_httpx_would_make(method: str, params: dict[str, Any]) -> None:
    """Method, URL, headers and body, whatever the parameters."""
    made, wanted = build(method, params=params), expected(method.upper(), params)
    assert (wanted.method, wanted.url) == (made.method, made.url)
    assert wanted.headers.multi_items() == made.headers.multi_items()
    assert b"" == made.content == made.read() == b"".join(made.stream)  # type: ignore[arg-type]  # a ByteStream


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_operations_own_headers_win(method: str) -> None:
    """Each header is sent once."""
    made = build(method, headers={"accept": "text/plain", "X-Own": "1"})
    assert [("accept", "text/plain")] == [
        pair for pair in made.headers.multi_items() if pair[0] == "accept"
    ]
    assert "1" == made.headers["x-own"]


def test_a_body_is_sent_with_its_length_and_type() -> None:
    """JSON, as httpx writes it, also with DELETE."""
    for method in ("post", "delete"):
        made = build(method, json={"a": 1})
        assert b'{"a":1}' == made.content
        assert ("7", "application/json") == (
            made.headers["content-length"],
            made.headers["content-type"],
        )


def test_bytes_are_sent_as_they_are() -> None:
    """With the type that the operation says."""
    made = build("put", content=b"a: 1", headers={"Content-Type": "application/yaml"})
    assert b"a: 1" == made.content
    assert ("4", "application/yaml") == (
        made.headers["content-length"],
        made.headers["content-type"],
    )


def test_requests_do_not_share_their_headers() -> None:
    """A token that is set on one is on no other."""
    builder = RequestBuilder(BASE, HEADERS)
    first = builder.build({"method": "get", "url": "/v1"})
    first.headers["Authorization"] = "Bearer secret"
    assert "authorization" not in builder.build({"method": "get", "url": "/v1"}).headers


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_is_sent_along(method: str) -> None:
    """Also another one later, and also after somebody looked at the headers; other requests have their own."""
    made, other = build(method), build(method)
    authorize(made, "one")
    authorize(other, "two")
    made.headers["X-Mine"] = "kept"
    assert "Bearer one" == made.headers["Authorization"]

    authorize(made, "three")

    assert ("Bearer three", "kept") == (made.headers["Authorization"], made.headers["X-Mine"])
    assert "Bearer two" == other.headers["Authorization"]
    assert "X-Mine" not in other.headers
    assert "Authorization" not in build(method).headers


def test_requests_with_the_same_token_share_their_headers_until_they_are_looked_at() -> None:
    """A transport that only reads them need not do so for each."""
    builder = RequestBuilder(BASE, HEADERS)
    requests: list[PlainRequest] = []
    for token in ("one", "one", "two"):
        request = builder.build({"method": "get", "url": "/v1"})
        assert isinstance(request, PlainRequest)
        authorize(request, token)
        requests.append(request)
    first, second, third = requests

    assert first.shared_headers is second.shared_headers
    assert first.shared_headers is not third.shared_headers
    assert first.headers == second.shared_headers
    assert first.shared_headers is None


def test_the_url_is_parsed_when_somebody_looks_at_it() -> None:
    """Until then it is text; a URL that somebody set counts."""
    made = build("get")
    assert isinstance(made, PlainRequest)
    assert f"{BASE}/v1/a%20b" == address(made)
    assert vars(made)["_url"] is None
    assert "api.example.com" == made.url.host
    made.url = httpx.URL("https://other.example.com/x")
    assert "https://other.example.com/x" == address(made)
    assert f"{BASE}/v1/a%20b" == address(expected("GET"))


async def test_it_can_be_used_as_any_request() -> None:
    """Represented, read, pickled, asked for what it has not, and sent by an httpx client."""
    made = build("get", params={"page": 1})
    assert f"<PlainRequest('GET', '{BASE}/v1/a%20b?page=1')>" == repr(made)
    assert b"" == await made.aread()
    copy = pickle.loads(pickle.dumps(made))
    assert (made.url, made.headers) == (copy.url, copy.headers)
    with pytest.raises(AttributeError, match="colour"):
        _ = made.colour  # type: ignore[attr-defined]  # that is the point

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=str(request.url))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        assert (
            f"{BASE}/v1/a%20b?page=1" == (await client.send(build("get", params={"page": 1}))).text
        )

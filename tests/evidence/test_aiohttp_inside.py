"""What our transport takes for granted of aiohttp beside its documented interface.

A test here that fails after an upgrade of aiohttp says what to look at in ``_transport``; all that is shown here may change
without notice.
"""

from __future__ import annotations

import asyncio
import inspect

import aiohttp
from aiohttp import hdrs
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import BaseConnector, Connection
from yarl import URL


def parameters(function: object) -> set[str]:
    """The names of a function's parameters."""
    assert callable(function)
    return set(inspect.signature(function).parameters)


async def test_a_connector_makes_the_protocols_of_its_connections_with_its_factory() -> None:
    """``connector`` puts a protocol of our own there, and is asked for connections by this method."""
    connector = aiohttp.TCPConnector()
    try:
        assert isinstance(connector._factory(), ResponseHandler), "TCPConnector._factory"
    finally:
        await connector.close()
    assert {"req", "traces", "timeout"} <= parameters(BaseConnector.connect), (
        "BaseConnector.connect"
    )
    assert isinstance(BaseConnector.force_close, property), "BaseConnector.force_close"


def test_a_connection_has_what_a_lease_has() -> None:
    """``pool`` stands in for it, and reads these of aiohttp's own."""
    for name in ("protocol", "transport", "close", "release"):
        assert hasattr(Connection, name), f"Connection.{name}"
    assert "_connector" in inspect.getsource(Connection.__init__), "Connection._connector"


async def test_a_protocol_has_what_a_kept_connection_asks_for() -> None:
    """``pool`` looks at the first before a connection is used again, and ``first_response`` forbids it with the second."""
    handler = ResponseHandler(loop=asyncio.get_running_loop())
    for name in ("should_close", "force_close"):
        assert hasattr(handler, name), f"ResponseHandler.{name}"


async def test_a_protocol_parses_by_an_object_that_it_makes_for_each_response() -> None:
    """``first_response`` stands before that parser."""
    handler = ResponseHandler(loop=asyncio.get_running_loop())
    handler.set_response_params()
    assert handler._parser is not None, "ResponseHandler._parser"
    for name in ("feed_data", "feed_eof"):
        assert callable(getattr(handler._parser, name)), f"HttpResponseParser.{name}"
    source = inspect.getsource(ResponseHandler.data_received)
    assert "self._parser.feed_data(data)" in source, "ResponseHandler.data_received"


async def test_a_request_is_written_in_one_go_to_what_its_connection_gives() -> None:
    """``connector.Outgoing`` and ``one_write`` hang on how a request is sent: the head alone, at once, to the protocol's transport."""
    written: list[bytes] = []

    class Wire:
        force_close = writing_paused = False

        @property
        def _connector(self) -> Wire:
            return self

        protocol = transport = _connector

        def start_timeout(self) -> None: ...

        def is_closing(self) -> bool:
            return False

        def write(self, data: bytes) -> None:
            written.append(bytes(data))

    async with aiohttp.ClientSession() as session:
        request = aiohttp.ClientRequest(
            "POST", URL("http://a.example/x"), session=session, loop=asyncio.get_running_loop()
        )
        assert {hdrs.HOST, hdrs.CONTENT_LENGTH} <= set(request.headers), "ClientRequest.headers"
        assert not request.body, "ClientRequest.body"
        response = await request.send(Wire())  # type: ignore[arg-type] # as our own does
        response.close()
    assert 1 == len(written), "ClientRequest.send"
    assert written[0].startswith(b"POST /x HTTP/1.1\r\nHost: a.example\r\n")
    assert written[0].endswith(b"\r\n\r\n")


async def test_a_request_and_its_response_need_no_session() -> None:
    """``exchange`` has none: it makes requests, sends them, and reads what comes by itself."""
    made = {"skip_auto_headers", "data", "loop", "response_class", "proxy", "timer", "ssl"}
    assert made <= parameters(aiohttp.ClientRequest.__init__), "ClientRequest.__init__"
    read = {"timer", "skip_payload", "read_until_eof", "auto_decompress", "timeout_ceil_threshold"}
    read |= {"max_line_size", "max_field_size"}
    assert read <= parameters(ResponseHandler.set_response_params), "set_response_params"
    url = URL("http://a.example/x")
    request = aiohttp.ClientRequest("GET", url, loop=asyncio.get_running_loop())
    assert request.session is None, "ClientRequest.session"
    assert ["connection"] == [
        name for name in parameters(aiohttp.ClientResponse.start) if name != "self"
    ], "ClientResponse.start"


def test_default_headers_are_an_attribute_of_the_request() -> None:
    """``connector.Outgoing`` has none of them."""
    assert {hdrs.ACCEPT, hdrs.ACCEPT_ENCODING} == set(aiohttp.ClientRequest.DEFAULT_HEADERS)
    assert callable(aiohttp.ClientRequest.update_auto_headers)

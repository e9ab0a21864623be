"""A sandbox on a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from typing import Any

import httpx
import pytest
import uvicorn

from matillion_async import ConfigurationError, MatillionClient
from matillion_async.sandbox import Sandbox, Served, serve
from matillion_async.sandbox._clock import moment
from matillion_async.sandbox._serve import _Connections
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import FORM

PROJECT = {"name": "Sales", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}


async def raw_exchange(served: Served, method: str = "GET", body: bytes = b"") -> bytes:
    """Everything that comes back on a connection of its own, until it is closed."""
    async with httpx.AsyncClient() as client:
        response = await client.post(f"{served.url}/oauth/dpc/token", data=FORM)
    request = (
        f"{method} /dpc/v1/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Bearer {response.json()['access_token']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    port = httpx.URL(served.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request.encode() + body)
        return await reader.read()
    finally:
        writer.close()


async def test_a_client_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variables are all that a client needs."""
    sandbox = ConformingSandbox(projects=250)
    async with serve(sandbox) as served:
        monkeypatch.delenv("MATILLION_REGION", raising=False)
        for name, value in served.environment.items():
            monkeypatch.setenv(name, value)
        async with MatillionClient(rate_limits="none") as client:
            projects = await client.projects.list().all()
    assert 250 == len(projects)
    assert 3 == sandbox.stats.arrived


async def test_a_response_waits_for_no_acknowledgement() -> None:
    """Head and body are sent apart, so connections must not hold small pieces back."""
    options = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        connection = scope["extensions"]["matillion_async.sandbox.connection"]
        options.append(
            connection.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        )
        await Sandbox()(scope, receive, send)

    sandbox: Any = app
    async with serve(sandbox) as served, httpx.AsyncClient() as client:
        await client.get(served.url)
    assert options
    assert all(options)


async def test_a_reset_before_the_response() -> None:
    """The connection is reset without a byte, after the call was carried out."""
    sandbox = Sandbox(faults=["projects.create:reset"])
    async with serve(sandbox) as served:
        with pytest.raises(ConnectionResetError):
            await raw_exchange(
                served,
                "POST",
                b'{"name":"x","warehouse":"SNOWFLAKE","agentDeploymentType":"HYBRID"}',
            )
        response = await raw_exchange(served)
    assert b'"total": 1' in response


@pytest.mark.parametrize("projects", [0, 20])
async def test_a_reset_in_the_middle_of_the_response(projects: int) -> None:
    """The connection is closed before the body is as long as its length says."""
    async with serve(Sandbox(projects=projects, faults=["reset-middle"])) as served:
        head, _, body = (await raw_exchange(served)).partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert head.startswith(b"HTTP/1.1 200")
    assert 0 < len(body) < length


async def test_a_reset_in_the_middle_of_a_response_without_a_body() -> None:
    """It cannot be taken for a whole one either."""
    sandbox = Sandbox(projects=1, faults=["environments.create:reset-middle"])
    async with (
        serve(sandbox) as served,
        MatillionClient(**_options(sandbox, served), retry=None, rate_limits="none") as client,
    ):
        project = (await client.projects.list()).results[0]
        with pytest.raises(Exception, match="may have been processed") as caught:
            await client.environments.create(
                project.id,
                name="x",
                default_agent_id="y",
                default_user_access_level="admin",
                default_connections={},
                connection_overrides=[{"connectionName": "m", "connectionProperties": {}}],
            )
    assert "APIConnectionError" == type(caught.value).__name__


def _options(sandbox: Sandbox, served: Served) -> dict[str, Any]:
    options = sandbox.client_options()
    return {
        "client_id": options["client_id"],
        "client_secret": options["client_secret"],
        "base_url": f"{served.url}/dpc",
        "token_url": f"{served.url}/oauth/dpc/token",
    }


async def test_a_truncated_body_is_a_whole_response() -> None:
    """Only the body is cut off; the connection is fine."""
    async with serve(Sandbox(projects=20, faults=["truncate=15"])) as served:
        head, _, body = (await raw_exchange(served)).partition(b"\r\n\r\n")
    assert b"content-length: 15" in head
    assert 15 == len(body)


class _Announcing(Sandbox):
    """Says when a call of the API has arrived."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.arrived = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith("/dpc"):
            self.arrived.set()
        await super().__call__(scope, receive, send)


async def test_responses_under_way_end_with_the_block(caplog: pytest.LogCaptureFixture) -> None:
    """Leaving the block neither waits for a slow response nor logs anything about it."""
    sandbox = _Announcing(faults=["delay=3600"])
    async with serve(sandbox) as served:
        waiting = asyncio.create_task(raw_exchange(served))
        await sandbox.arrived.wait()
    assert b"" == await waiting
    assert [] == caplog.records


async def test_serving_and_its_end_wait_for_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever serves a sandbox for each of their tests would wait hundreds of times."""
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noting(delay: float, result: Any = None) -> Any:
        pauses.append(delay)
        return await sleep(delay, result)

    monkeypatch.setattr(asyncio, "sleep", noting)
    async with serve(Sandbox(projects=1)) as served:
        await raw_exchange(served)
    assert {0} == {0, *pauses}


async def test_nothing_is_logged_and_no_signal_is_taken(caplog: pytest.LogCaptureFixture) -> None:
    """The sandbox is a guest in the program that serves it."""
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    levels = {
        name: logging.getLogger(name).level
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access")
    }
    caplog.set_level(logging.INFO)
    async with serve(Sandbox(faults=["reset@1", "reset-middle@2"])) as served:
        assert handlers == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        with pytest.raises(ConnectionResetError):
            await raw_exchange(served)
        await raw_exchange(served)
        caplog.clear()
        await raw_exchange(served)
        assert [] == [seen for seen in caplog.records if seen.name.startswith("uvicorn")]
    assert [] == [seen for seen in caplog.records if seen.levelno >= logging.WARNING]
    assert levels == {name: logging.getLogger(name).level for name in levels}


async def test_the_port_is_free_again() -> None:
    """What was served once can be served on the same port at once."""
    async with serve(Sandbox()) as first:
        port = httpx.URL(first.url).port
        assert port is not None
    async with serve(Sandbox(), port=port) as second:
        assert first.url == second.url


async def test_ipv6() -> None:
    """The other loopback address works too."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with serve(Sandbox(), host="::1") as served, httpx.AsyncClient() as client:
        assert served.url.startswith("http://[::1]:")
        assert 404 == (await client.get(served.url)).status_code


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
async def test_a_host_that_others_can_reach(host: str) -> None:
    """Refused before anything is bound."""
    with pytest.raises(ConfigurationError, match="use localhost or a loopback address"):
        async with serve(Sandbox(), host=host):
            pass


@pytest.mark.parametrize("port", [-1, 70_000])
async def test_a_port_that_does_not_exist(port: int) -> None:
    """One clear error."""
    with pytest.raises(ConfigurationError, match=f"port .*{port}"):
        async with serve(Sandbox(), host="localhost", port=port):
            pass


async def test_a_port_that_is_taken() -> None:
    """One clear error, and what is there stays."""
    async with serve(Sandbox()) as served:
        port = httpx.URL(served.url).port
        assert port is not None
        with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1 port {port}"):
            async with serve(Sandbox(), port=port):
                pass


async def test_an_error_inside_the_block_is_not_hidden() -> None:
    """It passes through, and the port is closed."""
    url = ""
    with pytest.raises(RuntimeError, match="mine"):  # noqa: PT012 - the block is what is tested
        async with serve(Sandbox()) as served:
            url = served.url
            raise RuntimeError("mine")
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


async def test_a_connection_that_comes_as_the_serving_ends_is_broken() -> None:
    """The server would wait until the client closes it, which may be never."""
    app = _Connections(Sandbox())
    config = uvicorn.Config(app, http=app.protocol, log_config=None)
    config.load()

    def protocol() -> asyncio.Protocol:
        return app.protocol(config=config, server_state=app.state, app_state={})

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    async with server:
        await app.aclose()
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        try:
            async with asyncio.timeout(10):
                assert b"" == await reader.read()
        finally:
            writer.close()


@pytest.mark.parametrize("turns", range(5))
async def test_no_connection_is_left_open(turns: int) -> None:
    """However far those are that were just accepted when the serving ends: an open one would warn when it is collected."""
    async with serve(Sandbox()) as served:
        port = int(served.url.rpartition(":")[2])
        peers = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(3)]
        for _ in range(turns):
            await asyncio.sleep(0)
    for peer in peers:
        with peer, contextlib.suppress(ConnectionResetError):
            assert b"" == peer.recv(1)
    gc.collect()


async def test_a_served_response_has_one_date() -> None:
    """That of the sandbox's clock, not of the server before it; the client learns from it what time it is there."""
    sandbox = Sandbox(projects=1, clock=lambda: asyncio.get_running_loop().time() - 7200)
    async with serve(sandbox) as served:
        response = await raw_exchange(served)
        assert 1 == response.lower().count(b"\r\ndate: ")
        options = sandbox.client_options()
        options["base_url"] = f"{served.url}/dpc"
        options["token_url"] = f"{served.url}/oauth/dpc/token"
        del options["transport"]  # type: ignore[misc]  # so that it is the built-in one
        async with MatillionClient(**options) as client:
            loop = asyncio.get_running_loop()
            await client.projects.list()
            ahead = client._own_session.connection.clock.ahead(loop.time())
            assert ahead is not None
            there = moment(loop.time() - 7200).timestamp() - loop.time()
            assert ahead.least < there < ahead.most < ahead.least + 30

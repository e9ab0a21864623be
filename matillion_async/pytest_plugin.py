"""Fixtures for pytest, which finds them by an entry point: a sandbox, a client of it, and the sandbox on a port.

pytest imports this module in every run of whoever has the package installed, so it imports nothing that a run does not
have anyway: the sandbox is imported by the first test that asks for a fixture.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from matillion_async import MatillionClient
    from matillion_async.sandbox import Sandbox, Served

_MARKERS = {
    "matillion_sandbox": "(**options): arguments of Sandbox for the fixtures of matillion-async, such as "
    "projects=['Sales'], limits='60/min' or faults='projects.list:503x2'.",
    "matillion_client": "(**options): arguments of MatillionClient for the fixture matillion_client, such as retry=None.",
}


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the markers."""
    for name, description in _MARKERS.items():
        config.addinivalue_line("markers", f"{name}{description}")


@pytest.fixture
def matillion_sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox of the API in this process, as ``@pytest.mark.matillion_sandbox(…)`` says."""
    from matillion_async import ConfigurationError
    from matillion_async._arguments import misnamed
    from matillion_async.sandbox import Sandbox

    options = _options(request, "matillion_sandbox")
    known = inspect.signature(Sandbox).parameters
    if not options.keys() <= known.keys():
        _refuse("matillion_sandbox", misnamed("Sandbox", options, known))
    try:
        return Sandbox(**options)
    except ConfigurationError as error:
        _refuse("matillion_sandbox", str(error))


@pytest.fixture
def matillion_client(
    request: pytest.FixtureRequest, matillion_sandbox: Sandbox
) -> Iterator[MatillionClient]:
    """A client of the sandbox without a network, as ``@pytest.mark.matillion_client(…)`` says; it is closed for you.

    It belongs to the event loop that it is first used on, whoever made that: pytest-asyncio, anyio or ``asyncio.run``.
    """
    from matillion_async import ConfigurationError

    try:
        client = matillion_sandbox.client(**_options(request, "matillion_client"))
    except ConfigurationError as error:
        _refuse("matillion_client", str(error))
    yield client
    _close(client)


@pytest.fixture
def matillion_server(matillion_sandbox: Sandbox) -> Iterator[Served]:
    """The sandbox on a loopback port; the environment connects a ``MatillionClient()`` and the command line to it."""
    from matillion_async.sandbox._thread import served_in_thread

    with served_in_thread(matillion_sandbox) as served, pytest.MonkeyPatch.context() as patch:
        # None of a real account is left, which a test would reach by a setting that the sandbox does not replace.
        for name in [name for name in os.environ if name.startswith("MATILLION_")]:
            patch.delenv(name)
        for name, value in served.environment.items():
            patch.setenv(name, value)
        patch.setenv("MATILLION_RATE_LIMITS", "none")  # as of a client in this process
        yield served


def _options(request: pytest.FixtureRequest, name: str) -> dict[str, Any]:
    """The arguments of all markers of this name; what is nearer to the test wins."""
    options: dict[str, Any] = {}
    for mark in reversed(list(request.node.iter_markers(name))):
        if mark.args:
            _refuse(name, f"arguments are given by name, not as {mark.args[0]!r}")
        options.update(mark.kwargs)
    return options


def _refuse(name: str, reason: str) -> NoReturn:
    raise pytest.fail.Exception(f"@pytest.mark.{name}: {reason}", pytrace=False) from None


def _close(client: MatillionClient) -> None:
    """Close a client on its event loop, which does not run between tests; or on a new one, once that is closed."""
    import asyncio  # which pytest does not import

    loop = client._own_session.connection.loop
    if loop is not None and not loop.is_closed():
        loop.run_until_complete(client.aclose())
        return
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(client.aclose())
    finally:
        loop.close()

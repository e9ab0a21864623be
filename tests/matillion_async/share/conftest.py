"""What the tests of sharing use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.matillion_async.share.real_server import RealServer, running


@pytest.fixture
def real_server() -> Iterator[RealServer]:
    """A server of the test's own."""
    with running() as server:
        yield server

"""What every test can use: an asyncio event loop, real or virtual."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async.sandbox import VirtualTimeLoop


@pytest.fixture
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Real time, or virtual time for tests marked ``virtual_time``."""
    if request.node.get_closest_marker("virtual_time"):
        return "asyncio", {"loop_factory": VirtualTimeLoop}
    return "asyncio", {}

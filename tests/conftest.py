"""What every test can use: an asyncio event loop, real or virtual."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import settings

from matillion_async.sandbox import VirtualTimeLoop

# The same cases on each run: a suite that fails now and then tells nobody what broke. HYPOTHESIS_PROFILE=default
# looks for new ones.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Real time, or virtual time for tests marked ``virtual_time``."""
    if request.node.get_closest_marker("virtual_time"):
        return "asyncio", {"loop_factory": VirtualTimeLoop}
    return "asyncio", {}

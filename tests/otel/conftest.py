"""The real SDK; where it is not installed, as with the wheel alone, these tests are not there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.otel.telemetry import Telemetry

HAS_SDK = find_spec("opentelemetry") is not None and find_spec("opentelemetry.sdk") is not None
collect_ignore_glob = [] if HAS_SDK else ["test_*.py"]


@pytest.fixture
def telemetry() -> Iterator[Telemetry]:
    """Providers that keep in memory what they would export."""
    from tests.otel.telemetry import Telemetry

    kept = Telemetry()
    yield kept
    kept.shutdown()

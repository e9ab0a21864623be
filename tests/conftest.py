"""What every test can use: an asyncio event loop, real or virtual."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from matillion_async.sandbox import VirtualTimeLoop

# The same cases on each run: a suite that fails now and then tells nobody what broke. HYPOTHESIS_PROFILE=default
# looks for new ones.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

if sys.platform != "win32" and sys.implementation.name == "cpython":
    import uvloop

    EVENT_LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
        "asyncio": asyncio.new_event_loop,
        "uvloop": uvloop.new_event_loop,
    }
else:
    EVENT_LOOPS = {"asyncio": asyncio.new_event_loop}

ON_EVERY_LOOP = [
    Path(__file__).parent / folder
    for folder in (
        "matillion_async/bulk",
        "matillion_async/limits",
        "matillion_async/runs",
        "matillion_async/transport",
        "scenarios",
    )
]
"""What asks something of the event loop itself: timers, sockets, cancellations."""
SLOW_ON_EVERY_LOOP = [Path(__file__).parent / "matillion_async/share"]
"""The same, but waits so much that only one event loop has its turn unless the long tests run."""


def pytest_collection_finish() -> None:
    """Keep modules and tests out of the garbage collector: hundreds of tests have it look for what they left behind,
    which takes half a second each where all tests are in one process."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _nothing_of_other_modules() -> Iterator[None]:
    """Keep what is still there after a module out of the garbage collector as well, for the same reason."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _signals_are_not_ignored() -> Iterator[None]:
    """Under nohup, as some servers run jobs, or in the background of a shell, programs started here would ignore them too."""
    numbers = [getattr(signal, name) for name in ("SIGHUP", "SIGINT") if hasattr(signal, name)]
    ignored = [number for number in numbers if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of these folders that use real time on every event loop that users have, but for those that name one."""
    given = (mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "anyio_backend" not in metafunc.fixturenames or "anyio_backend" in given:
        return
    is_virtual = metafunc.definition.get_closest_marker("virtual_time") is not None
    is_slow = any(map(metafunc.definition.path.is_relative_to, SLOW_ON_EVERY_LOOP))
    is_for_all = any(map(metafunc.definition.path.is_relative_to, ON_EVERY_LOOP))
    if not is_virtual and (is_slow or is_for_all):
        backends = [
            pytest.param(
                ("asyncio", {"loop_factory": new}),
                id=name,
                marks=[pytest.mark.long] if is_slow and name != "asyncio" else [],
            )
            for name, new in EVENT_LOOPS.items()
        ]
        metafunc.parametrize("anyio_backend", backends)


@pytest.fixture
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Real time, or virtual time for tests marked ``virtual_time``."""
    if request.node.get_closest_marker("virtual_time"):
        return "asyncio", {"loop_factory": VirtualTimeLoop}
    return "asyncio", {}

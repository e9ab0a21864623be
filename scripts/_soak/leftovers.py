"""What a client leaves behind: tasks, descriptors, timers, memory."""

from __future__ import annotations

import asyncio
import gc
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")
_FEWEST_SAMPLES = 6
_OBJECTS_SHARE, _OBJECTS = 0.03, 2_000
_MEMORY_SHARE, _MEMORY = 0.10, 8.0
_PAGE: int = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0


@dataclass(frozen=True, slots=True)
class Level:
    """What there is at a moment of rest; None where this system does not tell."""

    objects: int
    """That the garbage collector follows."""
    memory: float | None
    """Megabytes of the process."""
    descriptors: int | None
    tasks: int


def measure() -> Level:
    """What there is now, without garbage."""
    gc.collect()
    return Level(
        objects=len(gc.get_objects()),
        memory=_memory(),
        descriptors=len(list(_DESCRIPTORS.iterdir())) if _DESCRIPTORS.exists() else None,
        tasks=len(asyncio.all_tasks()),
    )


async def warm_up() -> None:
    """Let the running loop open what it keeps for good: uvloop does with its first server."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
    server.close()
    await server.wait_closed()


def live_timers() -> list[str]:
    """Timers of the running loop that will still fire, where it tells of them; uvloop does not."""
    scheduled = getattr(asyncio.get_running_loop(), "_scheduled", ())
    return [repr(timer)[:200] for timer in scheduled if not timer.cancelled()]


def growth(levels: Sequence[Level]) -> list[str]:
    """What has grown since the warm-up, in words; nothing if there are too few levels to tell."""
    if len(levels) < _FEWEST_SAMPLES:
        return []
    third = len(levels) // 3
    early, late = levels[third : 2 * third], levels[2 * third :]
    found = []
    before, after = _middle(early, "objects"), _middle(late, "objects")
    if after - before > _OBJECTS + _OBJECTS_SHARE * before:
        found.append(f"objects grew from {before:.0f} to {after:.0f}")
    if levels[0].memory is not None:
        before, after = _middle(early, "memory"), _middle(late, "memory")
        if after - before > _MEMORY + _MEMORY_SHARE * before:
            found.append(f"memory grew from {before:.0f} to {after:.0f} MB")
    return found


def _middle(levels: Sequence[Level], name: str) -> float:
    return float(statistics.median(getattr(level, name) for level in levels))


def _memory() -> float | None:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return None
    pages = int(statm.read_text(encoding="ascii").split()[1])
    return pages * _PAGE / 1e6

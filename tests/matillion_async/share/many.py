"""Processes that begin in the same moment, each of which wants one permit.

    python -m tests.matillion_async.share.many FOLDER PROCESSES SECONDS

Prints when the permits were used, in seconds, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.budget import SharedBudget
from matillion_async._share.host import HostShare


async def _one(path: Path, seconds: float, output: int) -> None:
    budget = SharedBudget(HostShare(path), "account", parse_rate_limits("60/min,5/s"))
    limiter = Limiter(budget)
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + seconds
    try:
        async with asyncio.timeout(seconds):
            permit = await limiter.acquire()
    except TimeoutError:
        return
    sent_at = loop.time()
    limiter.sending(permit)
    os.write(output, f"{time.monotonic()}\n".encode())
    await asyncio.sleep(0.02)
    limiter.responded(permit, sent_at)
    await asyncio.sleep(ends_at - loop.time())  # it tells that its request has ended


def _child(path: Path, seconds: float, output: int) -> None:
    """A process that was forked: it ends here, and does nothing that its parent has to do."""
    status = 1
    try:
        asyncio.run(_one(path, seconds, output))
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    folder, processes, seconds = sys.argv[1:]
    reading, writing = os.pipe()
    children = []
    for _ in range(int(processes)):
        child = os.fork()
        if not child:
            _child(Path(folder) / "share.sqlite", float(seconds), writing)
        children.append(child)
    os.close(writing)
    with os.fdopen(reading) as times:
        json.dump(sorted(float(line) for line in times), sys.stdout)
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    if failed:
        sys.exit(f"{len(failed)} processes failed")


if __name__ == "__main__":
    main()

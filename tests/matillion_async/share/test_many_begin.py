"""Processes that begin together are in each other's way: none takes the whole limit since it could not hear of the others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.account import Account
from matillion_async._share.budget import SharedBudget
from matillion_async._share.host import HostShare
from matillion_async._share.record import encode
from matillion_async._share.report import Report
from matillion_async.sandbox._limits import ServerLimit
from tests.matillion_async.share.fleet import ROOT

LIMITS = parse_rate_limits("60/min,5/s")


async def test_who_cannot_be_heard_hears_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nine processes share the limit, and one of them stands still in the middle of a change: the tenth takes a tenth."""
    account = Account(LIMITS)
    share = HostShare(tmp_path / "share.sqlite")
    for number in range(9):
        account.exchange(Report(str(number), LIMITS, 0, 0), time.monotonic())
    share.update("account", lambda kept, now: (encode(account), None))
    await share.aclose()
    limiter = Limiter(SharedBudget(HostShare(tmp_path / "share.sqlite"), "account", LIMITS))
    with contextlib.closing(sqlite3.connect(tmp_path / "share.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        call = asyncio.ensure_future(limiter.acquire())
        for _ in range(200):
            await asyncio.sleep(0.01)
            if limiter.stats().processes > 1:
                break
        assert 10 == limiter.stats().processes
        assert 6 == limiter.stats().requests_per_minute
        assert "goes on with one part in 10 of it" in caplog.text
    call.cancel()
    await limiter.aclose()


async def test_who_can_hear_nothing_waits(tmp_path: Path) -> None:
    """Where others lock a database that is only being made, they are there: nobody takes the whole beside them."""
    path = tmp_path / "share.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        limiter = Limiter(SharedBudget(HostShare(path), "account", LIMITS))
        call = asyncio.ensure_future(limiter.acquire())
        await asyncio.sleep(2.5)
        assert not call.done()
    async with asyncio.timeout(5):
        limiter.responded(await call, 0.0)
    await limiter.aclose()


@pytest.mark.long
@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="so many processes begin together by a fork only"
)
def test_two_hundred_that_begin_in_the_same_moment_keep_the_limit(tmp_path: Path) -> None:
    """Each sends when it has a permit; on two cores they need seconds to hear of each other."""
    command = [sys.executable, "-m", "tests.matillion_async.share.many", str(tmp_path), "200", "15"]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    times = json.loads(output)
    server = ServerLimit("sliding-window", LIMITS)
    assert len(times) > 5
    assert not any(server.hit(at) for at in times)

"""A client that nobody closes: one warning that names it, and what it had open is closed without another word."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from matillion_async.sandbox import Sandbox, serve

HERE = Path(__file__).parents[2]
PROGRAM = """
import asyncio, contextlib, gc, sys
from matillion_async import MatillionClient, Token, UnauthorizedError

async def use(client):
    await asyncio.gather(*(client.projects.list() for _ in range(3)))

class Mine(MatillionClient):
    pass

async def forgotten():
    await use(Mine())
    gc.collect()
    await asyncio.sleep(0)
    print("goes on", file=sys.stderr)
    await asyncio.sleep(0.1)

async def dropped_at_the_end():
    client = Mine()
    await use(client)

class Slow:
    token = Token("a", expires_in=1e-9)

    async def fetch(self):
        given, self.token = self.token, None
        if given is None:
            await asyncio.Event().wait()
        return given

async def dropped_in_a_renewal():
    client = Mine(token_source=Slow())
    for _ in range(2):
        with contextlib.suppress(UnauthorizedError, TimeoutError):
            async with asyncio.timeout(0.5):
                await use(client)

async def left_at_the_end():
    global kept
    kept = Mine()
    await use(kept)

async def with_a_call_under_way():
    await left_at_the_end()
    global task
    task = asyncio.ensure_future(use(kept))
    await asyncio.sleep(0)

async def shared():
    client = Mine()
    other = client.with_options(timeout=5)
    await use(client)
    del client
    await use(other)
    await other.aclose()

async def closed():
    async with Mine() as client:
        await use(client)

async def closed_later():
    await left_at_the_end()

async def not_used():
    global kept
    kept = Mine()

for name in sys.argv[1:]:
    asyncio.run(globals()[name]())
    if name == "closed_later":
        asyncio.run(kept.aclose())
    print("end", file=sys.stderr)
"""


async def _said(names: list[str], tmp_path: Path, variables: dict[str, str]) -> list[str]:
    """What Python says in its development mode of a program that runs these functions."""
    program = tmp_path / "app.py"
    program.write_text(PROGRAM)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "dev", str(program), *names),
        stderr=subprocess.PIPE,
        env={"PATH": "", "PYTHONPATH": f"{HERE}:{HERE / 'generated'}", **variables},
    )
    _, error = await process.communicate()
    assert 0 == process.returncode, error.decode()
    told = error.decode().splitlines()
    sources = ("Executing ", "  kept =", "  client =", "  await use(")
    return [line for line in told if not line.startswith(sources)]


WHILE_IT_RUNS = {
    "forgotten": ["WARNING", "goes on", "end"],
    "dropped_at_the_end": ["WARNING", "end"],
    "dropped_in_a_renewal": ["WARNING", "end"],
    "shared": ["end"],
    "closed": ["end"],
    "closed_later": ["end"],
}
"""What is said of clients that are gone before the program ends, so that one program does for all."""


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (list(WHILE_IT_RUNS), [line for said in WHILE_IT_RUNS.values() for line in said]),
        (["left_at_the_end"], ["end", "WARNING"]),
        (["with_a_call_under_way"], ["end", "WARNING"]),
        (["not_used"], ["end"]),
    ],
    ids=["while it runs", "left_at_the_end", "with_a_call_under_way", "not_used"],
)
async def test_it_is_told_once_and_nothing_else_is(
    names: list[str], said: list[str], tmp_path: Path
) -> None:
    """Where the client was made, what it is, and what to write."""
    sandbox = Sandbox(projects=1)
    async with serve(sandbox) as served:
        variables = sandbox.environment(served.url)
        lines = await _said(names, tmp_path, variables)
    warning = f"ResourceWarning: <Mine {variables['MATILLION_BASE_URL']}> was never closed: write 'async with"
    found = ["WARNING" if warning in line and "app.py:" in line else line for line in lines]
    assert said == found

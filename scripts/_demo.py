"""Lists 1,000 projects from a sandbox over a real socket while their token is renewed; scripts/demo runs it.

Nothing is faked on the way: OAuth 2.0 over HTTP, the generated client, typed models. Only the server is a sandbox.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
import textwrap
from collections.abc import AsyncIterator

from matillion_api.models import Project

from matillion_async import MatillionClient
from matillion_async.sandbox import Sandbox, serve

PROJECTS = 1000
TOKEN_LIFE = 2.0  # seconds; the API's own tokens live 1,800
RATE = "8/s"  # slow enough for 40 pages to outlive a token

INTRODUCTION = """\
A sandbox of the API listens on {url}. It has {projects:,} projects, and its tokens live {life:.0f} seconds.
This lists them through it, at no more than {rate}:

{code}"""

CONCLUSION = """
{arrived} requests with {tokens_issued} tokens, {failed} of them failed. What to try next:

  .venv/bin/matillion projects list --sandbox    the same from the command line
  .venv/bin/matillion sandbox                    a sandbox for your own programs
  scripts/test                                   the tests

With an account, set MATILLION_CLIENT_ID, MATILLION_CLIENT_SECRET and MATILLION_REGION, and leave out --sandbox."""


async def all_projects() -> AsyncIterator[Project]:
    async with MatillionClient(rate_limits=RATE) as client:
        async for project in client.projects.list(size=25):
            yield project


async def main() -> None:
    sandbox = Sandbox(projects=PROJECTS, token_ttl=TOKEN_LIFE)
    async with serve(sandbox) as served:
        os.environ.update(served.environment)
        code = textwrap.indent(inspect.getsource(all_projects), "    ")
        print(
            INTRODUCTION.format(
                url=served.url, projects=PROJECTS, life=TOKEN_LIFE, rate=RATE, code=code
            )
        )
        await watch(sandbox)
    stats = sandbox.stats
    failed = sum(count for status, count in stats.statuses.items() if status >= 400)
    print(
        CONCLUSION.format(arrived=stats.arrived, tokens_issued=stats.tokens_issued, failed=failed)
    )


async def watch(sandbox: Sandbox) -> None:
    """List the projects and print what happens meanwhile, with the seconds since the start."""
    loop = asyncio.get_running_loop()
    start = loop.time()

    def say(what: str) -> None:
        print(f"{loop.time() - start:5.1f} s  {what}", flush=True)

    ids: set[str] = set()
    tokens = 0
    async for project in all_projects():
        ids.add(project.id)
        if sandbox.stats.tokens_issued > tokens:
            tokens = sandbox.stats.tokens_issued
            say(f"token {tokens} fetched" + (" while the listing went on" if tokens > 1 else ""))
        if len(ids) % 200 == 0:
            say(f"{len(ids):>5,} projects, the latest is {project.name!r}")
    if len(ids) != PROJECTS or tokens < 2:
        sys.exit(f"demo: {len(ids)} projects and {tokens} tokens: this is not what it should show")


if __name__ == "__main__":
    asyncio.run(main())

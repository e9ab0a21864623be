"""The story that scripts/demo tells: 1,000 projects through the real path, with a token renewed under way."""

from __future__ import annotations

import asyncio
import os

from matillion_async import MatillionClient
from matillion_async.sandbox import Sandbox, serve

PROJECTS = 1000
TOKEN_LIFE = 2.0


async def main() -> None:
    """Serve a sandbox on loopback, list its projects twice, and tell what happened."""
    sandbox = Sandbox(projects=PROJECTS, token_ttl=TOKEN_LIFE)
    async with serve(sandbox) as served:
        print(
            f"A sandbox of the API listens on {served.url}; its tokens live {TOKEN_LIFE:g} seconds.\n"
        )
        print("    async with MatillionClient() as client:")
        print("        async for project in client.projects.list(size=25):")
        print("            ...\n")
        os.environ.update(served.environment)
        async with MatillionClient(rate_limits="10/s") as client:
            await walk(client, sandbox)
    print("\nThe same with your account: set MATILLION_CLIENT_ID, MATILLION_CLIENT_SECRET and")
    print("MATILLION_REGION, and type: .venv/bin/matillion projects list")


async def walk(client: MatillionClient, sandbox: Sandbox) -> None:
    """List all projects, 25 to a page and 10 pages a second, and say when there is a new token."""
    count = tokens = 0
    async for project in client.projects.list(size=25):
        count += 1
        if sandbox.tokens_issued != tokens:
            tokens = sandbox.tokens_issued
            print(f"{count:>5}  {project.id}  {project.name:<13}  token {tokens} was fetched")
    print(
        f"{count:>5}  projects in {sandbox.arrived['list_projects']} requests, with {tokens} tokens;"
    )
    print("       none was missed, and no line above deals with tokens or pages.")


if __name__ == "__main__":
    asyncio.run(main())

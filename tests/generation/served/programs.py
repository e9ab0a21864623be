"""Programs of users of a generated package, each a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

Ask: TypeAlias = Callable[..., Awaitable[Any]]

_ASKED = """
for line in sys.stdin:
    print(json.dumps(asyncio.run(main(*json.loads(line)))), flush=True)
"""


@contextlib.contextmanager
def running(program: str, made: Path) -> Iterator[Ask]:
    """Run a program with the packages of a folder; it must end well, and say nothing else.

    Gives what calls its ``main``, with arguments that JSON knows, and gives what comes of it.

    Args:
        program: its text, with a coroutine function ``main`` and the imports of asyncio, json and sys.
        made: the folder.
    """
    inherited = {name: os.environ[name] for name in os.environ if not name.startswith("MATILLION_")}
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(
            [sys.executable, "-c", program + _ASKED],
            env={**inherited, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(made)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        ) as process,
    ):

        def line(asked: str) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{asked}\n")
            process.stdin.flush()
            return process.stdout.readline()

        def complaints() -> str:
            said.seek(0)
            return said.read()

        async def ask(*arguments: Any) -> Any:
            told = await asyncio.to_thread(line, json.dumps(arguments))
            assert told, complaints()
            return json.loads(told)

        yield ask
        process.communicate()
        assert (0, "") == (process.returncode, complaints())

"""Programs of users of a generated package, each a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any


async def output_of(program: str, made: Path, *arguments: str) -> Any:
    """What a program prints as JSON, with the packages of a folder; it must end well, and say nothing else.

    Args:
        program: its text.
        made: the folder.
        arguments: of the program.
    """
    inherited = {name: os.environ[name] for name in os.environ if not name.startswith("MATILLION_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, *arguments),
        env={**inherited, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(made)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert (0, "") == (process.returncode, err.decode()), err.decode()
    return json.loads(out)

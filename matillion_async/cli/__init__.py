"""The command ``matillion``; it needs the extra ``cli``: ``pip install 'matillion-async[cli]'``."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line; without its packages, say what to install and exit with 2."""
    if find_spec("click") is None or find_spec("rich") is None:
        sys.stderr.write(
            "matillion: the command line is not installed: pip install 'matillion-async[cli]'\n"
        )
        sys.exit(2)
    from matillion_async.cli._app import matillion

    matillion.main(prog_name="matillion")


__all__ = ["main"]

"""The command ``matillion``; its parts are imported when it runs."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; without the extra ``cli``, say how to install it."""
    try:
        from matillion_async.cli._main import run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("matillion"):
            raise
        message = f"matillion: needs {error.name}: pip install 'matillion-async[cli]'\n"
        sys.stderr.write(message)
        sys.exit(2)
    sys.exit(run())

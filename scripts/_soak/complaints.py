"""What is complained of where no call sees it: by asyncio, by the interpreter, in the log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Iterator
from typing import Any

from scripts._soak.witness import Witness


@contextlib.contextmanager
def complaints(witness: Witness, secrets: tuple[str, ...]) -> Iterator[None]:
    """Note what asyncio, the interpreter and the log complain of, which no call sees."""
    loop = asyncio.get_running_loop()
    hook, before = sys.unraisablehook, loop.get_exception_handler()

    def unraisable(seen: Any) -> None:
        witness.breach(
            "an exception that nobody could raise", f"{seen.exc_value!r} in {seen.object!r}"
        )

    def complained(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        witness.breach("asyncio complained", f"{context['message']}: {error!r}")

    handler = _Log(witness, secrets)
    logger = logging.getLogger("matillion_async")
    loop.set_exception_handler(complained)
    sys.unraisablehook = unraisable
    logger.addHandler(handler)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = propagates
        logger.removeHandler(handler)
        sys.unraisablehook = hook
        loop.set_exception_handler(before)


class _Log(logging.Handler):
    """Keeps what the client logs in the history, and looks for secrets in it."""

    def __init__(self, witness: Witness, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._witness = witness
        self._secrets = secrets

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if any(secret in text for secret in self._secrets):
            self._witness.breach("a secret in the log", record.name)
        else:
            self._witness.event("", f"log: {text[:200]}")

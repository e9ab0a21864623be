"""The standard streams; each is None when the shell closed it."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import BinaryIO, TextIO

from matillion_async.cli._failures import Failure


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at the other end."""
    return stream is not None and stream.isatty()


def binary_stdout() -> BinaryIO:
    """Stdout for bytes, so that the locale does not change what is written."""
    if sys.stdout is None:
        raise Failure("stdout is closed")
    return sys.stdout.buffer


def escape_unprintable() -> None:
    """Let stdout write what its encoding lacks as escapes, instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Let what cannot be written go nowhere, so that the interpreter's last flush does not fail again."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            with suppress(io.UnsupportedOperation):  # a stream without a file, in a test
                descriptor = os.open(os.devnull, os.O_WRONLY)
                os.dup2(descriptor, stream.fileno())
                os.close(descriptor)

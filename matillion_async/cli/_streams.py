"""The standard streams; each is None when the shell closed it.

What comes from outside must not steer a terminal: there, control characters and what changes the direction of text are
written as their escapes. Into a file or a pipe goes what came.
"""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import suppress
from typing import BinaryIO, Protocol, TextIO

import click

from matillion_async.cli._failures import Failure

_STEERING = (
    r"\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f"
)
"""What is not a control character of ASCII: those of ISO 8859, marks of direction, what is invisible, and tags."""
_IN_LINE = rf"[\x00-\x1f{_STEERING}]"
_IN_TEXT = rf"[\x00-\x08\x0b-\x1f{_STEERING}]"
"""The same, but for tabs and the ends of lines."""


class Sink(Protocol):
    """Takes bytes."""

    def write(self, content: bytes, /) -> int:
        """Take the next ones."""
        ...

    def flush(self) -> None:
        """Hand on what was taken."""
        ...


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at the other end."""
    return stream is not None and stream.isatty()


def binary_stdout() -> Sink:
    """Stdout for bytes, whole lines of UTF-8 at a time, so that the locale does not change what is written."""
    if sys.stdout is None:
        raise Failure("stdout is closed")
    stream = sys.stdout.buffer
    return _Terminal(stream) if is_terminal(sys.stdout) else stream


def say(text: str) -> None:
    """Write one line to stderr, in which nothing steers a terminal, wherever the parts of it came from."""
    click.echo(re.sub(_IN_LINE, _escape, text), err=True)


def put(text: str) -> None:
    """Write one line to stdout; as it is, unless it goes to a terminal."""
    click.echo(re.sub(_IN_LINE, _escape, text) if is_terminal(sys.stdout) else text)


class _Terminal:
    """A terminal that nothing can steer. The escapes are those of JSON, so that JSON stays what it is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, content: bytes, /) -> int:
        text = content.decode(errors="backslashreplace")
        return self._stream.write(re.sub(_IN_TEXT, _escape, text).encode())

    def flush(self) -> None:
        self._stream.flush()


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


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

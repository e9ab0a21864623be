"""Events as JSON lines, to stdout or to a file that is either whole or not there."""

from __future__ import annotations

import functools
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from matillion_async._listings.windows import EventListing
from matillion_async.cli._cells import as_json_text
from matillion_async.cli._connection import CliClient
from matillion_async.cli._dates import MOMENT_FORM, moment
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._listing import Model, wants_progress
from matillion_async.cli._output import Format, say_incomplete
from matillion_async.cli._progress import progress
from matillion_async.cli._streams import Sink, binary_stdout, say

ModelT = TypeVar("ModelT", bound=Model)

_EVENTS_PER_UPDATE = 100
_NAME = 40
"""Characters of a name that are part of another name, which must not become too long."""


def export_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--from``, ``--to`` and ``--output`` to a command, which gets ``start``, ``end`` and ``path``."""

    @click.option(
        "--from",
        "start",
        type=moment,
        required=True,
        metavar="DATE",
        help=f"{MOMENT_FORM}.",
    )
    @click.option(
        "--to",
        "end",
        type=moment,
        metavar="DATE",
        help="Likewise; not in the range itself. Now unless given.",
    )
    @click.option(
        "--output",
        "path",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE in place of stdout. The file appears only when the export is complete.",
    )
    @functools.wraps(function)
    def command(*args: Any, end: datetime | None, **options: Any) -> None:
        function(*args, end=datetime.now(UTC) if end is None else end, **options)

    return command


async def export(connection: CliClient, listing: EventListing[ModelT], path: Path | None) -> None:
    """Write events as they come, one JSON object on each line, and say how many there were."""
    streams = Format.JSON if path is None else Format.TABLE  # only the former may reach a terminal
    bar = progress("events", is_wanted=wants_progress(connection, streams))
    count = 0
    try:
        with _target(path) as stream, bar as shown:
            async with aclosing(aiter(listing)) as events:
                async for event in events:
                    stream.write(_line(event))
                    count += 1
                    if count % _EVENTS_PER_UPDATE == 0:
                        shown.update(count, None)
    except BrokenPipeError:
        raise  # nobody reads the rest
    except BaseException:
        if count and path is None:
            say_incomplete(count)
        raise
    written = "1 event" if count == 1 else f"{count} events"
    say(f"Wrote {written}{f' to {path}' if path else ''}.")


def _line(event: Model) -> bytes:
    # A lone surrogate, which JSON text can hold, has no UTF-8 form: it is written as its JSON escape.
    text = as_json_text(event.to_dict())
    return text.encode("utf-8", errors="backslashreplace") + b"\n"


@contextmanager
def _target(path: Path | None) -> Iterator[Sink]:
    """Where to write. A file is written under another name beside its own, and renamed at the end."""
    if path is None:
        stream = binary_stdout()
        yield stream
        stream.flush()
    elif path.exists() and not path.is_file():  # a pipe or a device, which must not be replaced
        with _opened(path) as stream:
            yield stream
    else:
        with _replaced(path, Path(os.path.realpath(path))) as stream:  # a link stays one
            yield stream


@contextmanager
def _replaced(shown: Path, final: Path) -> Iterator[Sink]:
    """A new file that gets its name at the end, with the mode of the file before, or as of any new file.

    Until then nobody else can read it. Its name is random: what a killed export left behind is in nobody's way.
    """
    mode = _mode(final)
    part: Path | None = None
    try:
        try:
            handle, name = tempfile.mkstemp(".part", f".{final.name[:_NAME]}.", final.parent)
        except OSError as error:
            raise UsageFailure(f"cannot write {shown}: {error.strerror}") from None
        part = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(mode)
        part.replace(final)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The permissions that a file has, or that a new one gets."""
    if path.is_file():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0o077)  # there is no other way to read it
    os.umask(mask)
    return 0o666 & ~mask


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise UsageFailure(f"cannot write {path}: {error.strerror}") from None

"""A form with files (multipart/form-data, RFC 7578) that is read from disk while it is sent."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Sequence

from matillion_async._errors import InvalidRequestError
from matillion_async._publishing.artifact_files import PIECE_SIZE, SourceFile
from matillion_async._publishing.opened import ChangedError, reopened


class MultipartFiles:
    """The body of a request; it can be sent more than once, and holds one piece of one file in memory.

    Args:
        files: the name of each is the name of a field. Names must not have quotes, backslashes or line breaks.
    """

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._boundary = secrets.token_hex(16)
        self._files = files

    @property
    def headers(self) -> dict[str, str]:
        """What describes the body."""
        length = sum(len(self._head(file)) + file.size + len(b"\r\n") for file in self._files)
        return {
            "Content-Type": f"multipart/form-data; boundary={self._boundary}",
            "Content-Length": str(length + len(self._end)),
        }

    def __aiter__(self) -> _Reader:
        return _Reader(self._gathered())

    def _gathered(self) -> Iterator[bytes]:
        """The body in pieces of at least ``PIECE_SIZE`` bytes, the last one aside."""
        gathered = bytearray()
        for piece in self._pieces():
            gathered += piece
            if len(gathered) >= PIECE_SIZE:
                yield bytes(gathered)
                gathered.clear()
        yield bytes(gathered)

    def _pieces(self) -> Iterator[bytes]:
        for file in self._files:
            yield self._head(file)
            yield from _content(file)
            yield b"\r\n"
        yield self._end

    def _head(self, file: SourceFile) -> bytes:
        base = file.name.rpartition("/")[2]
        return (
            f"--{self._boundary}\r\n"
            f'Content-Disposition: form-data; name="{file.name}"; filename="{base}"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode()

    @property
    def _end(self) -> bytes:
        return f"--{self._boundary}--\r\n".encode()


class _Reader:
    """Takes the next piece in a thread, so that a slow disk holds up nothing else."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> _Reader:
        return self

    async def __anext__(self) -> bytes:
        piece = await asyncio.to_thread(next, self._pieces, None)
        if piece is None:
            raise StopAsyncIteration
        return piece


def _content(file: SourceFile) -> Iterator[bytes]:
    """The content of a file, which must have the size that was announced."""
    left = file.size
    try:
        with reopened(file.path, file.fingerprint) as stream:
            while piece := stream.read(PIECE_SIZE):
                left -= len(piece)
                if left < 0:
                    break
                yield piece
    except ChangedError:
        raise InvalidRequestError(f"{file.name!r} changed while it was sent") from None
    except OSError as error:
        raise InvalidRequestError(
            f"{file.name!r} cannot be read any more: {error.strerror}"
        ) from None
    if left:
        raise InvalidRequestError(f"{file.name!r} changed while it was sent")

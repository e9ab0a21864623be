"""Types of arguments and options."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import click
from click.types import StringParamType


class Text(StringParamType):
    """A string; one that holds bytes which are not text in the locale's encoding is refused, since no request can hold it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text: str = super().convert(value, param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError as error:  # the text itself may hold a secret
            self.fail(f"it is not valid text from character {error.start + 1} on", param, ctx)
        return text


class Given(Text):
    """A string that is not blank: a variable of the shell that is not set must not lift a restriction."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = super().convert(value, param, ctx)
        if not text.strip():
            self.fail("it must not be empty", param, ctx)
        return text


class HeaderText(Text):
    """A string that is sent in a header, and arrives there as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from matillion_api.errors import InvalidArgument
        from matillion_api.types import check_headers

        text = super().convert(value, param, ctx)
        try:
            check_headers({"it": text})
        except InvalidArgument as error:
            self.fail(str(error), param, ctx)
        return text


class TextFile(Text):
    """A file or ``-`` for stdin, whose text is the value, without one end of line at its end.

    What is in a file is not on the command line, which other users can read.
    """

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            if value == "-":
                content = sys.stdin.buffer.read() if sys.stdin is not None else b""
            else:
                content = Path(value).read_bytes()
            text = content.decode()
        except OSError as error:
            self.fail(f"{value} cannot be read: {error.strerror}", param, ctx)
        except UnicodeDecodeError:
            self.fail(f"{value} is not text in UTF-8", param, ctx)
        return text.removesuffix("\n").removesuffix("\r")


class Seconds(click.FloatRange):
    """A number of seconds, more than 0 unless ``min`` says more."""

    def __init__(self, min: float | None = None) -> None:
        super().__init__(min=min or 0, min_open=min is None)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            number = float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number of seconds, such as 90 or 0.5", param, ctx)
        seconds: float = super().convert(number, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds


TEXT = Text()
GIVEN = Given()
HEADER_TEXT = HeaderText()
TEXT_FILE = TextFile()
SECONDS = Seconds()

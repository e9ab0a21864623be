"""``matillion openapi``: the document that everything here is generated from."""

from __future__ import annotations

from importlib.resources import files

import click

from matillion_async.cli._commands import Command
from matillion_async.cli._streams import binary_stdout


@click.command(name="openapi", cls=Command)
def command() -> None:
    """Write the OpenAPI document of the API to stdout, for Postman and other tools.

    It has all operations, the request for a token among them, and says where tokens come from.

    \b
    Example: matillion openapi > openapi.json
    """
    stream = binary_stdout()
    stream.write(files("matillion_api").joinpath("openapi.json").read_bytes())
    stream.flush()

"""Errors as the command line shows them: one line, and the details when asked for."""

from __future__ import annotations

from collections.abc import Iterator

import click

from matillion_async._errors import (
    AgentTaskTimeoutError,
    APIConnectionError,
    ConfigurationError,
    InvalidRequestError,
    MatillionError,
    PagingError,
    PipelineRunTimeoutError,
    RateLimitedError,
    ResourceNameError,
    ResponseDecodingError,
    ServerError,
    StatusError,
    TokenUnavailableError,
)
from matillion_async._text import one_line


class Failure(click.ClickException):
    """A command that did not do what it was asked: the API or a pipeline failed.

    Args:
        message: one line.
        details: lines that follow with ``--verbose``.
    """

    exit_code = 1

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details

    @staticmethod
    def of(error: MatillionError, *, is_verbose: bool = False) -> Failure:
        """The failure that an error of the client stands for."""
        # A name is wrong for whatever was to be done with it.
        text = error.explanation if isinstance(error, ResourceNameError) else str(error)
        return _kind(error)(text, tuple(_details(error)) if is_verbose else ())


class UsageFailure(Failure):
    """A command or a configuration that is wrong in itself."""

    exit_code = 2


class OutOfTimeFailure(Failure):
    """A run, or a task of an agent, did not end in the time that it was given."""

    exit_code = 3


class NoResponseFailure(Failure):
    """No good response came: that is for another try, or for whoever runs the network or the server."""

    exit_code = 4


def _kind(error: MatillionError) -> type[Failure]:
    match error:
        case ConfigurationError() | InvalidRequestError():
            return UsageFailure
        case PipelineRunTimeoutError() | AgentTaskTimeoutError():
            return OutOfTimeFailure
        case APIConnectionError() | TokenUnavailableError() | ServerError() | RateLimitedError():
            return NoResponseFailure
        case ResponseDecodingError() | PagingError():
            return NoResponseFailure
    return Failure


def report(error: click.ClickException) -> None:
    """Write an error to stderr: one line, then its details."""
    message = one_line(error.format_message())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message = f"{message.rstrip('.')} (see '{error.ctx.command_path} --help')"
    click.echo(f"matillion: {message}", err=True)
    for detail in error.details if isinstance(error, Failure) else ():
        click.echo(f"  {detail}", err=True)


def _details(error: MatillionError) -> Iterator[str]:
    yield f"error: {type(error).__name__}"
    if error.operation:
        yield f"operation: {error.operation}"
    status = getattr(error, "status_code", None)
    if status is not None:
        yield f"status: {status}"
    if isinstance(error, StatusError):
        problem = error.problem
        for name in ("type", "title", "detail", "instance"):
            value = getattr(problem, name)
            if value:
                yield f"problem {name}: {one_line(value)}"
        for violation in problem.violations:
            yield f"violation: {one_line(violation)}"
    if isinstance(error, StatusError | ResponseDecodingError):
        if error.request_id:
            yield f"request id: {one_line(error.request_id)}"
        if error.body:
            yield f"body: {one_line(error.body)}"
    if error.attempts:
        yield f"attempts: {error.attempts}"
    if error.timing is not None:
        yield f"time: {error.timing}"
    for note in getattr(error, "__notes__", ()):
        yield f"note: {one_line(note)}"
    if error.may_have_been_processed:
        yield "the server may have carried it out: look before you repeat it"

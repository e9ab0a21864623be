"""What a response means: its status first, then its body."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator
from typing import Any, TypeVar

from matillion_api import reading
from matillion_api.errors import Contradiction, Unreadable
from matillion_api.types import Operation, UnreadableRow

from matillion_async._calls.echoes import without_token
from matillion_async._calls.json_slices import SLICE, read
from matillion_async._calls.references import check_created
from matillion_async._calls.request_id import request_id
from matillion_async._details import Problem
from matillion_async._errors import (
    BadRequestError,
    ConflictError,
    GoneError,
    MatillionError,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    RateLimitedError,
    ResponseDecodingError,
    ServerError,
    StatusError,
    UnauthorizedError,
    UnreadableRowsError,
)
from matillion_async._limits.retry_after import retry_after
from matillion_async._text import one_line
from matillion_async._transport.values import Response

T = TypeVar("T")

# What reading a body raises that is not JSON or has another shape.
_UNREADABLE = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)

_BODY_LIMIT = 2000
_BODY_START = 200
_TEXT_LIMIT = 500
_WITHHELD = "(left out: it may hold a secret)"
_OTHER_SHAPE = "the response has another shape than documented"
_STATUS_ERRORS: dict[int, type[StatusError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    429: RateLimitedError,
}


def error_from_response(response: Response) -> StatusError:
    """The error for a response whose status is not a success, whatever its body is."""
    problem = _problem(response)
    error = _status_error(response.status_code)(
        _message(response, problem),
        status_code=response.status_code,
        problem=problem,
        body=_trimmed(response),
        request_id=request_id(response),
    )
    if isinstance(error, RateLimitedError):
        error.retry_after = retry_after(response)
    return error


def decode(operation: Operation[T], response: Response) -> T:
    """Read a successful response.

    Raises:
        ResponseDecodingError: the body is not JSON, was cut off, or has another shape.
        UnreadableRowsError: so have some rows of a page.
        PagingError: a page contradicts itself.
    """
    try:
        result = operation.decode(response)
        check_created(operation, result)
    except _UNREADABLE as error:
        failure = _decoding_error(error, operation, response)
    else:
        return result
    # Outside of the handler: the error behind it holds the body, which may hold a secret.
    shown = without_token(response)
    if shown is not response:
        return decode(operation, shown)
    if operation.paging is not None:
        failure = _unreadable_rows(operation, response) or failure
    raise failure


def is_large(operation: Operation[T], response: Response) -> bool:
    """Whether a response is to be read in slices, because reading it takes long."""
    is_json = operation.body == "json" and not operation.by_status
    return is_json and len(response.content) > SLICE


async def decode_in_slices(operation: Operation[T], response: Response) -> T:
    """Read a successful response that is large, and let other tasks run in between.

    Raises:
        ResponseDecodingError: the body is not JSON, was cut off, or has another shape.
        UnreadableRowsError: so have some rows of a page.
        PagingError: a page contradicts itself.
    """
    slices = _read(operation, response.content)
    failure: MatillionError
    try:
        while True:
            next(slices)
            await asyncio.sleep(0)
    except StopIteration as end:
        result: T
        result, rows = end.value
        if not rows:
            return result
        failure = _rows_error(operation, response, result, rows)
    except _UNREADABLE as error:
        failure = _decoding_error(error, operation, response)
    shown = without_token(response)
    if shown is not response:
        return await decode_in_slices(operation, shown)
    raise failure


def _read(
    operation: Operation[T], content: bytes
) -> Generator[None, None, tuple[T, list[UnreadableRow]]]:
    """The result of an operation and rows that cannot be read; the items of a page become models a few at a time."""
    data = yield from read(content)
    paging = operation.paging
    if paging is None:
        return operation.parse(data), []
    body = reading.envelope(paging, data)
    items = body[paging.items_key]
    count = max(1, len(items) * SLICE // 2 // len(content))  # a model takes longer than its JSON
    page, rows = _part(operation, body, [], 0)
    for start in range(0, len(items), count):
        yield
        part = items[start : start + count]
        more, more_rows = _part(operation, body, part, start)
        getattr(page, paging.items).extend(getattr(more, paging.items))
        rows += more_rows
        items[start : start + count] = [None] * len(part)  # all at once would take long to free
    return page, rows


def _part(
    operation: Operation[T], body: dict[str, Any], items: list[Any], start: int
) -> tuple[T, list[UnreadableRow]]:
    """A page with some of its items, the first of which has the index ``start``, and those of them that cannot be read."""
    key = operation.paging.items_key if operation.paging is not None else ""
    try:
        return operation.parse({**body, key: items}), []
    except _UNREADABLE:
        operation.parse({**body, key: []})  # raises if it is not the items that cannot be read
    readable, rows = [], []
    for index, item in enumerate(items, start):
        try:
            operation.parse({**body, key: [item]})
        except _UNREADABLE as error:
            if isinstance(error, Unreadable):
                del error.path[:2]  # that is the row itself
            reason = _reason(error, operation.secret)
            rows.append(reading.unreadable_row(index, item, reason, operation.secret))
        else:
            readable.append(item)
    return operation.parse({**body, key: readable}), rows


def _unreadable_rows(operation: Operation[T], response: Response) -> UnreadableRowsError | None:
    """The error for a page that cannot be read, if the reason is in some of its rows."""
    slices = _read(operation, response.content)
    try:
        while True:
            next(slices)
    except StopIteration as end:
        page, rows = end.value
    except _UNREADABLE:
        return None
    return _rows_error(operation, response, page, rows) if rows else None


def _rows_error(
    operation: Operation[T], response: Response, page: T, rows: list[UnreadableRow]
) -> UnreadableRowsError:
    readable = len(getattr(page, operation.paging.items)) if operation.paging is not None else 0
    return UnreadableRowsError(
        f"{len(rows)} of {len(rows) + readable} rows cannot be read, the first being {rows[0]}; "
        "skip_unreadable() goes on without them",
        status_code=response.status_code,
        body=_WITHHELD if operation.secret else _trimmed(response),
        request_id=request_id(response),
        page=page,
        rows=tuple(rows),
    )


def _decoding_error(
    error: Exception, operation: Operation[T], response: Response
) -> ResponseDecodingError | PagingError:
    if isinstance(error, Contradiction):
        return PagingError(f"the server contradicts itself: {error.reason}")
    if isinstance(error, Unreadable) and not error.is_json:
        reason = f"the response is not JSON ({error.reason})"
    elif isinstance(error, json.JSONDecodeError):
        reason = f"the response is not JSON ({error.msg} at character {error.pos})"
    elif isinstance(error, UnicodeDecodeError):
        reason = f"the response is not JSON (its bytes are not {error.encoding})"
    elif isinstance(error, RecursionError):
        reason = "the response is nested too deeply"
    elif isinstance(error, KeyError) or (isinstance(error, Unreadable) and error.is_missing):
        reason = f"the response {_reason(error, operation.secret)}"
    elif isinstance(error, Unreadable):
        reason = f"{_OTHER_SHAPE} ({_reason(error, operation.secret)})"
    else:
        reason = _OTHER_SHAPE
        reason += "" if operation.secret else f" ({one_line(str(error), _TEXT_LIMIT)})"
    return ResponseDecodingError(
        f"{reason}; it has status {response.status_code} and {len(response.content)} bytes",
        status_code=response.status_code,
        body=_WITHHELD if operation.secret else _trimmed(response),
        request_id=request_id(response),
    )


def _reason(error: Exception, is_secret: bool) -> str:
    """What is wrong with a part of a response, and where; its value only if that cannot be a secret."""
    if isinstance(error, KeyError):
        return f"lacks the field {error}"
    if not isinstance(error, Unreadable):
        return "has another form than documented"
    if error.is_missing:
        *above, field = error.path
        error.path = above
        return f"lacks the field {field!r}" + (f" in {error.place}" if above else "")
    text = f"{error.place or 'it'} {error.reason}"
    if error.value is not None and not is_secret:
        text = f"{text}: {error.value!r}"
    return one_line(text, _TEXT_LIMIT)


def _status_error(status_code: int) -> type[StatusError]:
    if 500 <= status_code <= 599:
        return ServerError
    return _STATUS_ERRORS.get(status_code, StatusError)


def _problem(response: Response) -> Problem:
    try:
        data = json.loads(response.content)
    except (RecursionError, ValueError):
        return Problem()
    if not isinstance(data, dict):
        return Problem()
    violations = data.get("violations")
    status = data.get("status")
    return Problem(
        type=_text(data.get("type")),
        title=_text(data.get("title")),
        status=status if isinstance(status, int) else None,
        detail=_text(data.get("detail")),
        instance=_text(data.get("instance")),
        violations=tuple(str(item) for item in violations) if isinstance(violations, list) else (),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _message(response: Response, problem: Problem) -> str:
    title = one_line(problem.title or response.reason or "error", _TEXT_LIMIT)
    details = [*filter(None, [problem.detail]), *problem.violations]
    if not problem.title and not details:
        details = [one_line(_trimmed(response), _BODY_START)]
    # Without full stops, since more may follow.
    texts = [one_line(detail, _TEXT_LIMIT).removesuffix(".") for detail in details]
    return ": ".join(filter(None, [f"{response.status_code} {title}", "; ".join(texts)]))


def _trimmed(response: Response) -> str:
    text = response.content[: _BODY_LIMIT * 4].decode("utf-8", errors="replace")
    return text if len(text) <= _BODY_LIMIT else text[:_BODY_LIMIT] + " …"

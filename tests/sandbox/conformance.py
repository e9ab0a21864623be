"""A sandbox that checks each of its responses against the OpenAPI document before it sends it."""

from __future__ import annotations

import json
from typing import Any

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._delivery import Message, Receive, Scope, Send
from matillion_async.sandbox._spec import SpecOperation, bundled_spec
from matillion_async.sandbox._validation import Validator

_PROBLEM = "#/components/schemas/Problem"
WRAPPED = {
    operation["operationId"]: operation["x-unwrap"]
    for item in bundled_spec().document["paths"].values()
    for operation in item.values()
    if "x-unwrap" in operation
}
"""Where a response may be under a name, by operation: a schema cannot say so without becoming another type."""


class ConformingSandbox(Sandbox):
    """A sandbox whose undocumented responses are AssertionErrors; mounted in-process they reach the caller."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._checker = Validator(self.spec)
        self.checked = 0
        """How many responses were found to be as documented."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, and check the response."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await super().__call__(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        segments = scope["raw_path"].decode().split("/")[1:]
        match = self.spec.match(segments)
        operation = match.methods.get(scope["method"]) if match else None
        check_response(self._checker, operation, messages[0]["status"], headers, body)
        self.checked += 1
        for message in messages:
            await send(message)


def check_response(
    checker: Validator,
    operation: SpecOperation | None,
    status: int,
    headers: dict[str, str],
    body: bytes,
) -> None:
    """Raise AssertionError unless the response is one that the document describes for the operation."""
    media_type = headers.get("content-type", "").partition(";")[0]
    if operation is None:
        assert status in (404, 405), (
            f"status {status} on a path or with a method that is not documented"
        )
        assert media_type == "application/problem+json"
        assert (status == 405) == ("allow" in headers)
        documented = {"application/problem+json": _PROBLEM}
    else:
        found = operation.response(status)
        assert found is not None, (
            f"{operation.name} responded with {status}, which is not documented"
        )
        documented = dict(found)
    if not documented:
        assert body == b"", f"status {status} has a body, and none is documented"
        return
    assert media_type in documented, (
        f"status {status} is documented as {list(documented)}, not {media_type!r}"
    )
    value = json.loads(body) if media_type.endswith("json") else body.decode()
    if operation is not None and operation.id in WRAPPED and WRAPPED[operation.id] in value:
        value = value[WRAPPED[operation.id]]
    assert checker.violations(value, documented[media_type]) == []
    assert status != 401 or media_type == "application/json" or "www-authenticate" in headers
    assert status != 429 or float(headers["retry-after"]) > 0

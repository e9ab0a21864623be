"""Every answer of the sandbox, held against the spec."""

from __future__ import annotations

import json
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._contract import Route


class Conforming:
    """An ASGI application in front of a sandbox; an answer that the spec does not describe is an error."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.app: ASGIApp = sandbox
        self.checked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, keep)
        found = self.sandbox.contract.find(scope["method"], scope["raw_path"].decode())
        if isinstance(found, tuple):
            self.check(found[0], sent)
        for message in sent:
            await send(message)

    def check(self, route: Route, sent: list[Message]) -> None:
        """Hold status, content type and body against what the spec says of the operation."""
        status = sent[0]["status"]
        headers = {name.lower(): value.decode() for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        where = f"{route.operation_id} answered {status}"
        pointer = self.sandbox.contract.response_pointer(route, status)
        assert pointer is not None, f"{where}, which is not documented"
        content: dict[str, Any] = self.sandbox.contract.at(pointer).get("content", {})
        kind = headers.get(b"content-type", "").partition(";")[0]
        assert bool(content) == bool(body), f"{where} with {len(body)} bytes, documented: {content}"
        if body:
            assert kind in content, f"{where} as {kind}, documented are {list(content)}"
            if "json" in kind:
                schema = f"{pointer}/content/{kind.replace('/', '~1')}/schema"
                problems = self.sandbox.contract.problems(schema, json.loads(body))
                assert problems == [], f"{where}: {problems}"
        self.checked += 1

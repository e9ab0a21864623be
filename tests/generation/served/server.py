"""Serves any OpenAPI file: requests are checked against it, and answered with what its schemas allow."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any

from aiohttp import web

from tests.generation.served.described import (
    Media,
    Operation,
    bare,
    operations,
    patterns,
    server_path,
)
from tests.generation.served.given import fields
from tests.generation.served.original import Files
from tests.generation.served.samples import NoSample, Samples
from tests.generation.served.wire import Values, Wire, Wrong


@dataclass
class Exchange:
    """One request, and what became of it."""

    operation: Operation
    values: Values = field(default_factory=dict)
    media_type: str = ""
    body: Any = None
    wrong: str = ""
    """Why it was refused."""
    status: int = 0
    answer: Any = None
    """What was answered: JSON, text or bytes; None for no body."""


class Server:
    """What a file describes.

    Args:
        files: the file.
        whole: answers are those of the lowest status, with all fields that a schema has; otherwise those of the highest
            one, with the fields that are required.
        answers: what makes the answers of some operations of what was given, such as the pages of ``GET /jobs``, in place of any
            answer that the file allows.
    """

    def __init__(
        self,
        files: Files,
        *,
        whole: bool = True,
        answers: Mapping[str, Callable[[Values], Any]] = MappingProxyType({}),
    ) -> None:
        self.operations = list(operations(files))
        self.prefix = server_path(files.root)
        self.samples = Samples(files)
        self.whole = whole
        self.exchanges: list[Exchange] = []
        self.called: Operation | None = None
        """Of operations whose paths differ in the names of parameters alone, that which a request is taken for."""
        self._answers = answers
        self._wire = Wire(self.samples.checked)
        self._patterns = patterns(
            dict.fromkeys(each.prefix + each.path for each in self.operations)
        )

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serve on a loopback port until the block ends; gives the URL without a path."""
        # A test of a parameter such as Content-Encoding sends nothing that is compressed.
        runner = web.ServerRunner(web.Server(self._handle, auto_decompress=False))
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            yield f"http://{host}:{port}"
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        found = self._find(request.method.lower(), path, query)
        if found is None:
            return web.Response(status=404, text=f"the file has no {request.method} {path}")
        operation, parts = found
        exchange = Exchange(operation)
        self.exchanges.append(exchange)
        headers = {name.lower(): value for name, value in request.headers.items()}
        content = await request.read()
        try:
            self._read(exchange, parts, query, headers, content)
        except Wrong as error:
            exchange.wrong = str(error)
            return web.Response(status=400, text=exchange.wrong)
        try:
            return self._answer(exchange)
        except NoSample as error:
            exchange.wrong = f"no answer: {error}"
            return web.Response(status=501, text=exchange.wrong)

    def _read(
        self,
        exchange: Exchange,
        path: dict[str, str],
        query: str,
        headers: dict[str, str],
        content: bytes,
    ) -> None:
        operation, content_type = exchange.operation, headers.get("content-type", "")
        if operation.needs_token and "authorization" not in headers:
            raise Wrong("Authorization: must be given")
        exchange.values = self._wire.parameters(operation, path, query, headers)
        if content or operation.body_required:
            media = _media(operation, content_type)
            exchange.media_type = media.media_type
            exchange.body = self._wire.body(media, content_type, content)

    def _find(self, method: str, path: str, query: str) -> tuple[Operation, dict[str, str]] | None:
        for template, expression in self._patterns.items():
            match = expression.fullmatch(path)
            fixed = template.partition("#")[0].partition("?")[2]
            if match is None or not set(fixed.split("&")) <= {"", *query.split("&")}:
                continue
            for operation in self.operations:
                if (operation.method, operation.prefix + operation.path) == (method, template):
                    return self._meant(operation, path) or (operation, match.groupdict())
        return None

    def _meant(self, found: Operation, path: str) -> tuple[Operation, dict[str, str]] | None:
        called = self.called
        if called is None or (called.method, _shape(called)) != (found.method, _shape(found)):
            return None
        match = self._patterns[called.prefix + called.path].fullmatch(path)
        return None if match is None else (called, match.groupdict())

    def _answer(self, exchange: Exchange) -> web.Response:
        status, medias = exchange.operation.answers[0 if self.whole else -1]
        exchange.status = status
        if not medias or exchange.operation.method == "head" or status in (204, 205):
            return web.Response(status=status)
        media = next((each for each in medias if each.is_json), medias[0])
        content_type = media.bare
        if media.is_json:
            content_type = "application/json" if "*" in content_type else content_type
            exchange.answer = self._json(exchange, media)
            content = json.dumps(exchange.answer).encode()
        elif content_type.startswith("text/"):
            exchange.answer = "some text"
            content = b"some text"
        else:
            exchange.answer = content = b"\x00some bytes"
            content_type = "application/octet-stream" if "*" in content_type else content_type
        return web.Response(status=status, body=content, content_type=content_type)

    def _json(self, exchange: Exchange, media: Media) -> Any:
        made = self._answers.get(str(exchange.operation))
        if made is not None:
            value = made(exchange.values)
            told = self.samples.checked.violations(value, media.schema, sent=False)
            if told:
                raise NoSample("; ".join(told))
            return value
        random = Random(f"{exchange.operation}{len(self.exchanges)}")
        value = self.samples.value(media.schema, random, sent=False, whole=self.whole)
        if isinstance(value, dict) and not _has_any(media, value):
            # An object without any of its fields counts as something else.
            value = self.samples.value(media.schema, random, sent=False, whole=True)
            if not _has_any(media, value):
                raise NoSample("no object with one of its fields was found")
        return value


def _shape(operation: Operation) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", operation.prefix + operation.path)


def _has_any(media: Media, value: dict[str, Any]) -> bool:
    """Whether an object has one of the fields that are stated of it, or none are."""
    stated = fields(media.schema)
    return not stated or any(name in value for name in stated)


def _media(operation: Operation, content_type: str) -> Media:
    """What of an operation's bodies was sent."""
    sent = bare(content_type)
    if not sent:
        raise Wrong("Content-Type: must be given")
    for media in operation.body:
        stated = media.bare
        if stated in (sent, "*/*") or (stated.endswith("/*") and sent.startswith(stated[:-1])):
            return media
    raise Wrong(f"Content-Type: the file has no {sent}")

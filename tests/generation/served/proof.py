"""Holds a generated package against the file that it was made of: calls its operations, and compares both ends.

Each is called as a method of the client and as a plain function.

``python -m tests.generation.served.proof FILE FOLDER [NUMBER]`` prints a line of JSON for the package in ``FOLDER``.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import importlib
import importlib.util
import json
import logging
import sys
import typing
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from tests.generation.served import callers, results
from tests.generation.served.described import Media, Operation
from tests.generation.served.given import Given, given
from tests.generation.served.meaning import meaning
from tests.generation.served.original import Files
from tests.generation.served.samples import NoSample
from tests.generation.served.server import Server

CALLER = "caller_of_the_package"
_WRITES = ("post", "put", "patch")
_TOKEN = "a-token-of-the-test"


@dataclass
class Proof:
    """What became of the calls of one package."""

    right: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    """What is wrong, by the operation."""
    unsampled: dict[str, str] = field(default_factory=dict)
    """Why nothing could be called: the file allows no value, or none was found."""
    left_out: list[str] = field(default_factory=list)
    """Parameters that may be absent, and that the package does not have."""
    listings: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    """Right ones that give a list or a page, and right ones that send a body."""


@dataclass
class Call:
    """One call of a method."""

    label: str
    method: callers.Method
    values: Given
    text: str
    whole: bool


def prove(file: Path, folder: Path, number: int | None = None) -> Proof:
    """Call operations of a package, with all that they take and with no more than they need.

    Args:
        file: the OpenAPI file.
        folder: where the package ``matillion_api`` is; the caller is written beside it.
        number: how many operations at most.
    """
    files, proof = Files(file), Proof()
    server = Server(files)
    calls = _calls(server, proof, number)
    text = callers.module([(each.text, each.method) for each in calls])
    path = folder / f"{CALLER}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(CALLER, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    asyncio.run(_run(server, module, calls, proof))
    return proof


def _calls(server: Server, proof: Proof, number: int | None) -> list[Call]:
    known = callers.methods()
    chosen = _chosen([each for each in server.operations if callers.method_of(each, known)], number)
    calls: list[Call] = []
    for operation in chosen:
        method = callers.method_of(operation, known)
        assert method is not None
        for whole in (True, False):
            for how in (method, method.plain("asyncio" if whole else "asyncio_detailed")):
                _add(calls, server, proof, operation, how, whole=whole)
    return calls


def _add(
    calls: list[Call],
    server: Server,
    proof: Proof,
    operation: Operation,
    method: callers.Method,
    *,
    whole: bool,
) -> None:
    """Add a call, or why there is none."""
    request = f"{operation} {'whole' if whole else 'bare'}"
    label = f"{request} plain" if method.is_plain else request
    if not (operation.prefix or method.is_plain) and server.prefix:
        return  # its server has no path, and a client would add that of the file: only plain functions call it
    try:
        values = given(operation, server.samples, Random(request), whole=whole)
    except NoSample as error:
        proof.unsampled[label] = str(error)[:300]
        return
    names = list(values.values)
    try:
        text = callers.call(method, values)
        calls.append(Call(label, method, values, text, whole))
    except callers.NotCallable as error:
        proof.wrong[label] = f"not callable: {error}"
    missing = (
        f"{operation} {place} {name}" for place, name in names if (place, name) not in values.values
    )
    proof.left_out += [each for each in missing if each not in proof.left_out]


def _chosen(found: list[Operation], number: int | None) -> list[Operation]:
    """Some operations: a listing and a write first, then from all over the file."""
    if number is None or len(found) <= number:
        return found
    first = [
        next((each for each in found if each.method == "get" and _lists(each)), None),
        next((each for each in found if each.body and each.method in _WRITES), None),
    ]
    kept = [each for each in first if each is not None]
    rest = [each for each in found if each not in kept]
    step = len(rest) / (number - len(kept))
    return kept + [rest[int(index * step)] for index in range(number - len(kept))]


def _lists(operation: Operation) -> bool:
    """Whether an operation answers with a list, or with an object that has one."""
    schema = next((media.schema for media in operation.answers[0][1]), None)
    if schema is None:
        return False
    found = meaning(schema)
    return "array" in {found.type, *(meaning(each).type for each in found.properties.values())}


async def _run(server: Server, module: Any, calls: list[Call], proof: Proof) -> None:
    async with server.served() as url, contextlib.AsyncExitStack() as stack:
        clients: dict[tuple[str, bool], Any] = {}
        for index, call in enumerate(calls):
            # An operation with a server of its own needs a client with that address.
            key = call.values.operation.prefix, call.method.is_plain
            if key not in clients:
                client = _client(url + key[0], plain=key[1])
                clients[key] = await stack.enter_async_context(client)
            server.exchanges.clear()
            server.whole = call.whole
            server.called = call.values.operation
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                try:
                    result = await getattr(module, f"call_{index}")(clients[key])
                except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                    result = error
            _judge(server, call, result, proof)


def _client(url: str, *, plain: bool) -> Any:
    """What methods or plain functions are called with."""
    if plain:
        package = importlib.import_module("matillion_api")
        return package.Client(url, headers={"Authorization": f"Bearer {_TOKEN}"})
    from matillion_async import MatillionClient, Token

    class Source:
        async def fetch(self) -> Token:
            return Token(_TOKEN)

    # The path of a file's server is added to an address without a path.
    base_url = url if urlsplit(url).path else f"{url}/"
    return MatillionClient(
        base_url=base_url, token_source=Source(), rate_limits="100000/s", retry=None
    )


def _judge(server: Server, call: Call, result: Any, proof: Proof) -> None:
    exchange = server.exchanges[-1] if server.exchanges else None
    if exchange is not None and exchange.wrong.startswith("no answer: "):
        proof.unsampled[call.label] = exchange.wrong[:300]
        told = _sent(call, exchange)
        if told:
            proof.wrong[call.label] = "; ".join(told)[:600]
        return
    if isinstance(result, Exception) or exchange is None:
        server_says = (
            "" if exchange is None else f" (server: {exchange.wrong}; {exchange.answer!r:.300})"
        )
        proof.wrong[call.label] = f"{type(result).__name__}: {result}{server_says}"[:900]
        return
    told = _sent(call, exchange)
    answered = result if isinstance(result, bytes | str) else results.plain(result)
    if exchange.answer is None and answered == b"":
        answered = None  # where no response is documented, there are bytes, of which none came
    told += [f"answer{each}" for each in results.differences(exchange.answer, answered)]
    declared = call.method.result
    if call.method.is_listing:
        declared = typing.get_args(declared)[1]
    if not results.fits(result, declared):
        told.append(f"the answer is {type(result).__name__}, declared as {declared}")
    if told:
        proof.wrong[call.label] = "; ".join(told)[:900]
        return
    proof.right.append(call.label)
    is_many = isinstance(exchange.answer, list) or (
        isinstance(exchange.answer, dict)
        and any(isinstance(each, list) for each in exchange.answer.values())
    )
    if call.values.operation.method == "get" and is_many:
        proof.listings.append(call.label)
    if call.values.media is not None and call.values.operation.method in _WRITES:
        proof.writes.append(call.label)


def _sent(call: Call, exchange: Any) -> list[str]:
    """What arrived otherwise than it was given."""
    given_texts = {f"{place} {name}": value for (place, name), value in call.values.values.items()}
    seen_texts = {f"{place} {name}": value for (place, name), value in exchange.values.items()}
    for key, value in seen_texts.items():
        # Of what may be a list or one value, a list of one is written as that one is.
        if (
            isinstance(value, list)
            and len(value) == 1
            and not isinstance(given_texts.get(key), list)
        ):
            seen_texts[key] = value[0]
    told = results.differences(results.as_texts(given_texts), results.as_texts(seen_texts), "sent")
    if exchange.operation is not call.values.operation:
        told.append(f"it went to {exchange.operation}")
    media = call.values.media
    if media is not None and exchange.media_type == media.media_type:
        body, arrived = call.values.body, exchange.body
        if media.bare.startswith("text/"):
            body = body.encode()
        if not media.is_json:  # fields of a form are texts
            body, arrived = results.as_texts(body), results.as_texts(arrived)
        told += results.differences(body, _without_defaults(media, body, arrived), "body")
    elif media is not None:
        told.append(f"it was sent as {exchange.media_type or 'nothing'}, not as {media.media_type}")
    return told


def _without_defaults(media: Media, given: Any, arrived: Any) -> Any:
    """A body without what was not given, where it is what the file says that it is then."""
    if media.schema is None or not (isinstance(given, dict) and isinstance(arrived, dict)):
        return arrived
    stated = meaning(media.schema).properties
    return {
        key: value
        for key, value in arrived.items()
        if key in given or key not in stated or value != meaning(stated[key]).keys.get("default")
    }


def main() -> None:
    """Print the proof of a package as JSON."""
    logging.disable()
    file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.insert(0, str(folder))
    number = int(sys.argv[3]) if len(sys.argv) > 3 else None
    sys.stdout.write(json.dumps(dataclasses.asdict(prove(file, folder, number))) + "\n")


if __name__ == "__main__":
    main()

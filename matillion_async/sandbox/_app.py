"""The sandbox: an ASGI application that behaves like the API."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from matillion_async.sandbox import _projects  # noqa: F401 - registers its handlers
from matillion_async.sandbox._answers import HANDLERS, Answer, ApiRequest, problem
from matillion_async.sandbox._contract import Contract, Route
from matillion_async.sandbox._state import State
from matillion_async.sandbox._tokens import TokenIssuer

if TYPE_CHECKING:
    from matillion_async import MatillionClient

_TOKEN_OPERATION = "create_token"


class Sandbox:
    """An ASGI application that behaves like Matillion's API, for tests, demos and examples.

    It has the token endpoint, projects and environments, with state that changes. Every request is checked against
    the spec first. A size above 100 gets 400 here; what the real API does is not documented.

    >>> async with Sandbox(projects=3).client() as client:
    ...     projects = await client.projects.list().all()

    Args:
        projects: how many projects there are at the start, or their names.
        environments_per_project: how many environments each of them has.
        token_ttl: seconds an access token lives.
        client_id: the one client the token endpoint knows.
        client_secret: its secret.
        audience: the audience the token endpoint issues tokens for.
        clock: seconds, on any clock that does not go back; the running event loop's unless given.

    Attributes:
        state: what the sandbox remembers; tests may look and change.
        arrived: requests that arrived so far, by operationId.
    """

    def __init__(
        self,
        *,
        projects: int | Iterable[str] = 0,
        environments_per_project: int = 2,
        token_ttl: float = 1800.0,
        client_id: str = "sandbox",
        client_secret: str = "sandbox-secret",
        audience: str = "https://api.matillion.com",
        clock: Callable[[], float] | None = None,
    ) -> None:
        self.state = State()
        self.arrived: Counter[str] = Counter()
        self._contract = Contract()
        self._credentials = {
            "client_id": client_id,
            "client_secret": client_secret,
            "audience": audience,
        }
        self._tokens = TokenIssuer(
            client_id=client_id,
            client_secret=client_secret,
            audience=audience,
            life=token_ttl,
            clock=clock or (lambda: asyncio.get_running_loop().time()),
        )
        names = (
            [f"Project {number + 1}" for number in range(projects)]
            if isinstance(projects, int)
            else projects
        )
        for name in names:
            project = self.state.add_project(name, f"Made by the sandbox as {name}.")
            for number in range(environments_per_project):
                self.state.add_environment(project, f"Environment {number + 1}")

    @property
    def contract(self) -> Contract:
        """The spec that requests are checked against."""
        return self._contract

    @property
    def tokens_issued(self) -> int:
        """Access tokens issued so far."""
        return self._tokens.issued

    def revoke_tokens(self) -> None:
        """Refuse all access tokens issued so far."""
        self._tokens.revoke_all()

    def client_options(self) -> dict[str, Any]:
        """Arguments for a MatillionClient that talks to this sandbox within the process."""
        return {
            **self._credentials,
            "base_url": "http://localhost/dpc",
            "token_url": "http://localhost/oauth/dpc/token",
            "transport": httpx.ASGITransport(app=self),
        }

    def client(self, **options: Any) -> MatillionClient:
        """A MatillionClient that talks to this sandbox within the process."""
        from matillion_async import MatillionClient

        return MatillionClient(**(self.client_options() | options))

    def environment(self, url: str) -> dict[str, str]:
        """The environment variables for a client of this sandbox when it is served at ``url``."""
        return {
            "MATILLION_CLIENT_ID": self._credentials["client_id"],
            "MATILLION_CLIENT_SECRET": self._credentials["client_secret"],
            "MATILLION_AUDIENCE": self._credentials["audience"],
            "MATILLION_BASE_URL": f"{url}/dpc",
            "MATILLION_TOKEN_URL": f"{url}/oauth/dpc/token",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"the sandbox speaks HTTP only, not {scope['type']}")
        request = Request(scope, receive)
        raw_path = scope.get("raw_path") or scope["path"].encode()
        answer = await self._answer(request, raw_path.partition(b"?")[0].decode("latin-1"))
        await _response(answer)(scope, receive, send)

    async def _answer(self, request: Request, path: str) -> Answer:
        found = self._contract.find(request.method, path)
        if isinstance(found, list):
            self.arrived["unknown"] += 1
            if not found:
                return problem(404, "There is no such resource.", path)
            refused = problem(405, "The resource does not know this method.", path)
            return Answer(405, refused.json, {"Allow": ", ".join(found)}, is_problem=True)
        route, parameters = found
        self.arrived[route.operation_id] += 1
        content_type = request.headers.get("content-type", "")
        if route.operation_id == _TOKEN_OPERATION:
            return self._tokens.answer(content_type, await request.body())
        if not self._tokens.is_valid(request.headers.get("authorization", "")):
            refused = problem(401, "The access token is not valid.", path)
            return Answer(401, refused.json, {"WWW-Authenticate": "Bearer"}, is_problem=True)
        return self._handled(route, parameters, request, await request.body(), path)

    def _handled(
        self, route: Route, parameters: dict[str, str], request: Request, body: bytes, path: str
    ) -> Answer:
        arguments, violations = self._contract.arguments(
            route, parameters, request.scope["query_string"]
        )
        content_type = request.headers.get("content-type", "")
        value, body_violations = self._contract.body(route, content_type, body)
        violations += body_violations
        if violations:
            return problem(400, "The request is not valid.", path, violations)
        handler = HANDLERS[route.operation_id]
        return handler(self.state, ApiRequest(arguments, value, path))


def _response(answer: Answer) -> Response:
    if answer.text is not None:
        return Response(answer.text, answer.status, answer.headers, "text/plain")
    if answer.json is None:
        return Response(None, answer.status, answer.headers)
    kind = "application/problem+json" if answer.is_problem else "application/json"
    body = json.dumps(answer.json, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate in a name is no UTF-8; it goes back escaped, as it came.
    return Response(
        body.encode("utf-8", "surrogatepass") if body.isascii() else _utf8(answer.json, body),
        answer.status,
        answer.headers,
        kind,
    )


def _utf8(value: Any, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()

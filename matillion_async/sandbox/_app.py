"""The sandbox: an ASGI application that behaves like the API."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, get_args

import httpx

from matillion_async._arguments import (
    check,
    flag_fault,
    hook_fault,
    seconds_fault,
    strings,
    text_fault,
)
from matillion_async._errors import ConfigurationError
from matillion_async._limits.rates import RateLimit
from matillion_async.sandbox._agent_work import AgentWork
from matillion_async.sandbox._delivery import Disconnected, Receive, Scope, Send
from matillion_async.sandbox._fault_text import parse_fault
from matillion_async.sandbox._faults import Fault, FaultPlan
from matillion_async.sandbox._handling import Backend, Handling
from matillion_async.sandbox._limits import Algorithm, ServerLimit
from matillion_async.sandbox._pipelines import EXAMPLE_PIPELINES, Pipeline
from matillion_async.sandbox._seed import (
    seed_directory,
    seed_history,
    seed_pipelines,
    seed_projects,
)
from matillion_async.sandbox._spec import Spec, bundled_spec
from matillion_async.sandbox._state import State
from matillion_async.sandbox._stats import RecordedRequest, Stats
from matillion_async.sandbox._tokens import TokenIssuer
from matillion_async.sandbox._validation import Validator
from matillion_async.sandbox.groups.artifacts import disable
from matillion_async.sandbox.groups.shared_pipelines import seed_shared_pipelines

if TYPE_CHECKING:
    from matillion_async import MatillionClient


class ClientOptions(TypedDict):
    """Arguments of ``MatillionClient`` that connect it to a sandbox."""

    client_id: str
    client_secret: str
    base_url: str
    token_url: str
    audience: str
    transport: httpx.AsyncBaseTransport


class Sandbox:
    """An ASGI application that behaves like the API: tokens that expire, paging, problem details, state.

    Mount it in your tests, without a socket:

    >>> sandbox = Sandbox(projects=3)
    >>> async with sandbox.client() as client:
    ...     print([project.name async for project in client.projects.list()])
    ['Project 1', 'Project 2', 'Project 3']

    or serve it on loopback with :func:`serve`. Every request is checked against the API's OpenAPI document first.
    Where the API is not documented the sandbox decides: a ``size`` above 100 gives 400, a page beyond the end is
    empty, listings are in the order of creation, and a second environment of the same name gives 409.

    Args:
        projects: how many projects there are at the start, or their names.
        environments_per_project: how many environments each of them has.
        audit_events: how many audit events there are from the 90 days before the sandbox was first used.
        lineage_events: likewise, lineage events.
        pipelines: what is published to each of these, as :class:`Pipeline`, which says how long it runs and how it
            ends, or as names. By default ``daily.orch.yaml`` and ``ingest/orders.orch.yaml``, which succeed after
            two seconds, and ``fail.orch.yaml``, which fails.
        token_ttl: life of a token in seconds, at least 1.
        client_id: the credentials that are accepted.
        client_secret: likewise.
        audience: the OAuth 2.0 audience that is accepted; a token request may leave it out.
        clock: gives the time in seconds; without it, the running event loop's.
        agent_work: what its AI agent does with each message of a task.
        flat_executions: whether the details of an execution are a flat object, as in the vendor's reference; otherwise
            they are under ``result``, as clients of the live service have seen them. This package reads both.
        limits: rate limits, such as ``("60/min", "5/s")`` or ``"60/min, 5/s"``; a call above them gets 429 with Retry-After in whole
            seconds. Every request counts except those for tokens and those that are refused.
        limit_algorithm: how calls are counted: ``bucket``, ``sliding-window`` or ``fixed-window``.
        faults: what goes wrong, one or more, as :class:`Fault` or as a string such as ``projects.list:503x2``.
        seed: the same seed and the same requests give the same ids.
        spec: another OpenAPI document than the one in the package.

    Raises:
        ConfigurationError: an argument is out of bounds; the message says which.
    """

    def __init__(
        self,
        *,
        projects: int | Iterable[str] = 0,
        environments_per_project: int = 2,
        audit_events: int = 500,
        lineage_events: int = 500,
        pipelines: Iterable[Pipeline | str] = EXAMPLE_PIPELINES,
        agent_work: AgentWork = AgentWork(),  # noqa: B008 - immutable
        flat_executions: bool = False,
        token_ttl: float = 1800.0,
        client_id: str = "sandbox",
        client_secret: str = "sandbox-secret",
        audience: str = "https://api.matillion.com",
        clock: Callable[[], float] | None = None,
        limits: str | Sequence[str] = (),
        limit_algorithm: Algorithm = "bucket",
        faults: str | Sequence[Fault | str] = (),
        seed: int = 0,
        spec: Spec | None = None,
    ) -> None:
        check(
            ConfigurationError,
            flat_executions=flag_fault(flat_executions),
            token_ttl=seconds_fault(token_ttl, must_end=True),
            client_id=text_fault(client_id),
            client_secret=text_fault(client_secret),
            audience=text_fault(audience),
            clock=None if clock is None else hook_fault(clock),
        )
        if token_ttl < 1:
            raise ConfigurationError(f"token_ttl must be at least 1 second, not {token_ttl}")
        if not isinstance(agent_work, AgentWork):
            raise ConfigurationError(
                f"agent_work must be an AgentWork, not {type(agent_work).__name__}"
            )
        if isinstance(seed, bool) or not isinstance(seed, int):
            raise ConfigurationError(f"seed must be an integer, not {seed!r}")
        spec = spec if spec is not None else bundled_spec()
        if not isinstance(spec, Spec):
            raise ConfigurationError(f"spec must be a Spec, not {type(spec).__name__}")
        parsed = _parsed(faults)
        self._backend = Backend(
            spec=spec,
            state=State(seed),
            validator=Validator(spec),
            issuer=TokenIssuer(client_id, client_secret, audience, token_ttl),
            limit=_server_limit(limits, limit_algorithm),
            faults=FaultPlan(parsed, spec),
            now=clock or _loop_time,
        )
        seed_projects(self._backend.state, projects, environments_per_project)
        seed_history(self._backend.state, audit_events, lineage_events)
        seed_directory(self._backend.state)
        seed_pipelines(self._backend.state, pipelines)
        seed_shared_pipelines(self._backend.state)
        self._backend.state.tables.of(AgentWork).add("", agent_work)
        self._backend.state.has_flat_executions = flat_executions

    @property
    def stats(self) -> Stats:
        """Counts of what arrived and what became of it, since the start or :meth:`reset_stats`."""
        return self._backend.stats

    @property
    def requests(self) -> deque[RecordedRequest]:
        """The last 10,000 requests, without headers and bodies."""
        return self._backend.requests

    @property
    def spec(self) -> Spec:
        """The OpenAPI document that requests are checked against."""
        return self._backend.spec

    def client_options(self) -> ClientOptions:
        """Arguments for a ``MatillionClient`` that talks to this sandbox in-process."""
        issuer = self._backend.issuer
        return {
            "client_id": issuer.client_id,
            "client_secret": issuer.client_secret,
            "base_url": "http://localhost/dpc",
            "token_url": "http://localhost/oauth/dpc/token",
            "audience": issuer.audience,
            "transport": httpx.ASGITransport(app=self, raise_app_exceptions=True),
        }

    def client(self, **options: Any) -> MatillionClient:
        """A client that talks to this sandbox in-process; without ``rate_limits`` it sends as fast as it can, and without
        ``share`` it shares nothing, whatever the environment says.

        Args:
            **options: as of ``MatillionClient``; they win over what the sandbox would set.
        """
        from matillion_async import MatillionClient

        if options.get("rate_limits") is None:
            options["rate_limits"] = "none"
        options.setdefault("share", "none")
        return MatillionClient(**{**self.client_options(), **options})

    def environment(self, url: str) -> dict[str, str]:
        """Environment variables that connect a client to this sandbox, served at ``url``."""
        url = url.rstrip("/")
        issuer = self._backend.issuer
        return {
            "MATILLION_CLIENT_ID": issuer.client_id,
            "MATILLION_CLIENT_SECRET": issuer.client_secret,
            "MATILLION_BASE_URL": f"{url}/dpc",
            "MATILLION_TOKEN_URL": f"{url}/oauth/dpc/token",
            "MATILLION_AUDIENCE": issuer.audience,
        }

    def revoke_tokens(self) -> None:
        """Make all tokens invalid that were issued so far."""
        self._backend.issuer.revoke_all()

    def disable_artifact(self, project: str, environment_name: str, version_name: str) -> None:
        """Disable a version that is published to an environment, as people do in the user interface.

        Args:
            project: id or exact name of the project.
            environment_name: name of the environment.
            version_name: name of the version.

        Raises:
            LookupError: there is no such version.
        """
        disable(self._backend.state, project, environment_name, version_name)

    def reset_stats(self) -> None:
        """Start counting and recording afresh."""
        self._backend.stats = Stats()
        self._backend.requests.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as an ASGI application."""
        if scope["type"] == "http":
            try:
                await Handling(self._backend, scope).run(receive, send)
            except Disconnected:
                return
        elif scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await send({"type": "websocket.close", "code": 1000})


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


def _parsed(faults: str | Sequence[Fault | str]) -> list[Fault]:
    listed: Any = [faults] if isinstance(faults, str | Fault) else faults
    for each in listed if isinstance(listed, Iterable) else [listed]:
        if not isinstance(each, str | Fault):
            kind = type(each).__name__
            raise ConfigurationError(f"faults must be a Fault or a string, or several, not {kind}")
    return [parse_fault(fault) if isinstance(fault, str) else fault for fault in listed]


def _server_limit(limits: str | Sequence[str], algorithm: Algorithm) -> ServerLimit:
    if algorithm not in get_args(Algorithm):
        raise ConfigurationError(
            f"limit_algorithm must be one of {', '.join(get_args(Algorithm))}, not {algorithm!r}"
        )
    if isinstance(limits, str):
        limits = limits.split(",")
    parsed = []
    for text in strings(ConfigurationError, "limits", limits, or_one=True):
        try:
            parsed.append(RateLimit.parse(text))
        except ConfigurationError:
            raise ConfigurationError(
                f"limits: {text!r} is not a rate limit; write for example '60/min' or '5/s'"
            ) from None
    return ServerLimit(algorithm, parsed)

"""Faults by rule: which calls go wrong, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Literal

from matillion_async._arguments import check, count_fault, flag_fault, seconds_fault, text_fault
from matillion_async._errors import ConfigurationError
from matillion_async._names.suggestions import near
from matillion_async.sandbox._problems import PROBLEM_JSON, Response, problem
from matillion_async.sandbox._spec import Spec, SpecOperation

TOKEN_OPERATION = "create_token"
_METHOD_AND_PATH = re.compile(r"([A-Z]+|\*) (/.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A rule that makes calls go wrong.

    It counts the calls that match ``target`` and hits the n-th ones that ``at``, ``every`` and ``times`` say. If
    several faults hit a call, their delays add up and the first one with an outcome decides the response. Calls that
    a rate limit refuses are not counted.

    Args:
        target: ``projects.list`` or another operation as the client calls it; a pattern such as ``projects.*``;
            ``*`` for every call except those for tokens; ``token`` for those; or method and path, such as
            ``GET /v1/projects/*``.
        at: the first call that is hit; 1 is the first that matches.
        every: from then on, every call with this distance to the one before.
        times: how many calls are hit. Without it: one if ``at`` is given and ``every`` is not, or if the fault is
            ``token_outage`` or ``revoke_token``; all others have no end.
        status: respond with this status from 400 to 599, as problem details (429 as plain text).
        retry_after: value of ``Retry-After`` in that response, such as ``30``.
        body: body of that response instead, such as a gateway's HTML.
        processed: carry the call out before ``status`` is the response; otherwise it changes nothing.
        delay: seconds until the call is carried out.
        reset: break the connection after the call was carried out: ``before`` the response, or in the ``middle`` of
            it. A real connection is reset or closed; a sandbox mounted in ``httpx.ASGITransport`` raises
            ``httpx.ReadError`` or ``httpx.RemoteProtocolError``, as httpx does for a broken connection.
        truncate: send only this many bytes of the body, as if they were the whole response.
        slow_body: seconds over which the body is sent, in ten pieces.
        token_outage: seconds from the call during which the token endpoint responds with 503.
        revoke_token: revoke all tokens just before the call, so that it gets 401.

    Raises:
        ConfigurationError: the rule says nothing, or contradicts itself.
    """

    target: str = "*"
    at: int | None = None
    every: int | None = None
    times: int | None = None
    status: int | None = None
    retry_after: str | None = None
    body: str | None = None
    processed: bool = False
    delay: float = 0.0
    reset: Literal["before", "middle"] | None = None
    truncate: int | None = None
    slow_body: float | None = None
    token_outage: float | None = None
    revoke_token: bool = False

    def __post_init__(self) -> None:
        check(
            ConfigurationError,
            target=text_fault(self.target, may_be_empty=True),
            retry_after=text_fault(self.retry_after, may_be_empty=True, or_none=True),
            body=text_fault(self.body, may_be_empty=True, or_none=True),
        )
        if not self.target:
            raise ConfigurationError("there is no target")
        counts = {"at": 1, "every": 1, "times": 1, "truncate": 0}
        for name, least in counts.items():
            fault = count_fault(getattr(self, name), least, or_none=True)
            check(ConfigurationError, **{name: fault})
        for name in ("delay", "slow_body", "token_outage"):
            fault = seconds_fault(
                getattr(self, name), may_be_zero=True, must_end=True, or_none=name != "delay"
            )
            check(ConfigurationError, **{name: fault})
        check(
            ConfigurationError,
            status=count_fault(self.status, 0, or_none=True),
            processed=flag_fault(self.processed),
            revoke_token=flag_fault(self.revoke_token),
        )
        if self.status is not None and not 400 <= self.status <= 599:
            raise ConfigurationError(f"status must be from 400 to 599, not {self.status}")
        if self.reset not in (None, "before", "middle"):
            raise ConfigurationError(f"reset must be 'before' or 'middle', not {self.reset!r}")
        outcomes = [name for name in _OUTCOMES if getattr(self, name) is not None]
        if len(outcomes) > 1:
            raise ConfigurationError(f"{' and '.join(outcomes)} exclude each other")
        if self.retry_after is not None and not re.fullmatch("[ -~]+", self.retry_after):
            raise ConfigurationError("retry_after must be visible ASCII")
        if self.status is None and (self.retry_after or self.body is not None or self.processed):
            raise ConfigurationError("retry_after, body and processed need a status")
        if not (outcomes or self.delay or self.token_outage or self.revoke_token):
            raise ConfigurationError("a fault must say what goes wrong")

    def __str__(self) -> str:
        """The rule in short, for the record of requests."""
        parts = [
            f"{field.name}={getattr(self, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != field.default
        ]
        return ", ".join(parts)

    @property
    def has_outcome(self) -> bool:
        """Whether the fault decides the response to the call."""
        return any(getattr(self, name) is not None for name in _OUTCOMES)

    @property
    def limit(self) -> int | None:
        """How many calls are hit at most; None for no end."""
        if self.times is not None:
            return self.times
        once = self.token_outage is not None or self.revoke_token
        return 1 if once or (self.at is not None and self.every is None) else None

    def response(self, instance: str) -> Response:
        """The response with ``status``."""
        assert self.status is not None
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        if self.body is not None:
            kind = "text/html" if self.body.lstrip().startswith("<") else "text/plain"
            return Response(self.status, self.body, headers, kind)
        if self.status == 429:
            return Response(429, "Too many requests", headers, "text/plain")
        response = problem(self.status, "A fault of the sandbox.", instance)
        return Response(self.status, response.body, headers, PROBLEM_JSON)


_OUTCOMES = ("status", "reset", "truncate", "slow_body")


class FaultPlan:
    """The faults of a sandbox, each with the count of the calls it has seen.

    Raises:
        ConfigurationError: a fault's target is not an operation of the API.
    """

    def __init__(self, faults: Iterable[Fault], spec: Spec) -> None:
        self._rules = [_Rule(fault) for fault in faults]
        for rule in self._rules:
            _check_target(rule.fault.target, spec)

    def hits(self, operation: SpecOperation | None, method: str, path: str) -> list[Fault]:
        """Count a call, and say which faults hit it; ``path`` is as in the document, without the prefix."""
        return [rule.fault for rule in self._rules if rule.hits(operation, method, path)]


class _Rule:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._hit = 0

    def hits(self, operation: SpecOperation | None, method: str, path: str) -> bool:
        fault = self.fault
        if not _matches(fault.target, operation, method, path):
            return False
        self._seen += 1
        every = fault.every or 1
        distance = self._seen - (fault.at or every)
        if distance < 0 or distance % every:
            return False
        if fault.limit is not None and self._hit >= fault.limit:
            return False
        self._hit += 1
        return True


def _matches(target: str, operation: SpecOperation | None, method: str, path: str) -> bool:
    is_token = operation is not None and operation.id == TOKEN_OPERATION
    if target == "token" or is_token:
        return is_token and target in (
            "token",
            TOKEN_OPERATION,
            operation.name if operation else "",
        )
    pair = _METHOD_AND_PATH.fullmatch(target)
    if pair:
        return fnmatchcase(method, pair[1]) and fnmatchcase(path, pair[2])
    if operation is None:
        return target == "*"
    return fnmatchcase(operation.name, target) or operation.id == target


def _check_target(target: str, spec: Spec) -> None:
    if target == "token" or _METHOD_AND_PATH.fullmatch(target):
        return
    names = sorted(operation.name for operation in spec.operations.values())
    if target not in spec.operations and not any(fnmatchcase(name, target) for name in names):
        raise ConfigurationError(
            f"{target!r} is not an operation; {near(target, {name: name for name in names})}; give one as the client calls "
            "it, such as 'projects.list', a pattern such as 'projects.*', 'token', '*', or method and path such as "
            "'GET /v1/projects/*'"
        )

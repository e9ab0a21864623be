"""What the API of the soak knows, and how it responds: no faults, no limits, no tokens."""

from __future__ import annotations

import json
import random
import re
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SYNTHETIC = "get-"
"""How the id of an execution begins that nobody started: asked for, it is there."""
PROJECTS = ("11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000")
"""Where pipelines are started: few, so that one execution may be taken for another."""
PIPELINES = tuple(f"load_{number}.orch.yaml" for number in range(4))
ENVIRONMENTS = ("Development", "Test", "Production")
_EXECUTIONS = re.compile(
    r"/dpc/v1/projects/([^/]+)/pipeline-executions(?:/([^/]+)(/status|/steps)?)?"
)
_PROJECT = re.compile(r"/dpc/v1/projects/([^/]+)(/environments|/artifacts|/artifacts/details)?")
_REMEMBERED = 3_600.0
_FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def marker(self) -> str:
        """What tells the call it was made for from all others; empty if that cannot be told."""
        path = self.path
        if self.method == "GET":
            found = _EXECUTIONS.fullmatch(path)
            if found and found[2]:
                return found[2]
            project = _PROJECT.match(path)
            return self.query.get("versionName", project[1] if project else "")
        if path.endswith("/artifacts"):
            return self.headers.get("versionname", "")
        if self.method == "DELETE":
            return path.rpartition("/")[2]
        body = _json(self.body)
        return str(body.get("scalarVariables", {}).get("marker", body.get("name", "")))


@dataclass(frozen=True, slots=True)
class Reply:
    """A response."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_effect(self) -> bool:
        """Whether a request with this response was carried out."""
        return self.status < 300


@dataclass(frozen=True, slots=True)
class Execution:
    """A pipeline that was started."""

    id: str
    marker: str
    project: str
    pipeline: str
    environment: str
    tag: str | None
    began: float
    visible: float
    """From when on it is found in listings."""
    ends: float
    outcome: str

    def status(self, now: float) -> str:
        """Where it is."""
        return self.outcome if now >= self.ends else "RUNNING"


class World:
    """Projects, environments, executions and versions.

    Args:
        chance: draws the time of day, how long an execution takes, and how it ends.
        clock: the time in seconds.
        longest: seconds that an execution takes at most.
    """

    def __init__(self, chance: random.Random, clock: Callable[[], float], longest: float) -> None:
        self._chance = chance
        self._clock = clock
        self._longest = longest
        # Drawn, and not this machine's time: what a client makes of Date and startedAt hangs on when a second strikes.
        self._start = _FIRST_DAY + timedelta(seconds=chance.uniform(0, _DAY) - clock())
        self._executions: OrderedDict[str, Execution] = OrderedDict()
        self._versions: OrderedDict[tuple[str, str], float] = OrderedDict()

    def moment(self, now: float) -> datetime:
        """The time of day by the server's clock."""
        return self._start + timedelta(seconds=now)

    def execution(self, execution_id: str) -> Execution | None:
        """The execution with an id, if there is one."""
        return self._executions.get(execution_id)

    def is_published(self, project: str, version: str) -> bool:
        """Whether a version was published."""
        return (project, version) in self._versions

    def handle(self, request: Request) -> Reply:
        """Carry out a request."""
        self._forget()
        path, method = request.path, request.method
        if path == "/dpc/v1/projects" and method == "POST":
            return _reply(201, {"projectId": created_id(request.marker)})
        if path == "/dpc/v1/pipeline-executions":
            return self._listing(request.query)
        if found := _EXECUTIONS.fullmatch(path):
            if method == "POST":
                return self._started(found[1], _json(request.body))
            return self._execution(found[1], found[2], found[3] or "")
        if found := _PROJECT.fullmatch(path):
            return self._project(request, found[1], found[2] or "")
        return _reply(404, {"title": "Not Found"})

    def _project(self, request: Request, project: str, part: str) -> Reply:
        if request.method == "DELETE":
            return Reply(204)
        if part == "/environments":
            return _page(environment_names(project), request.query)
        if request.method == "POST":
            self._versions[project, request.marker] = self._clock()
            return _reply(200, {"versionName": request.marker, "ignoredResources": []})
        version = request.query.get("versionName", "")
        if (project, version) not in self._versions:
            return _reply(404, {"title": "Not Found"})
        created = self._text(self._versions[project, version])
        details = {"versionName": version, "createdAt": created, "deployedAt": created}
        return _reply(200, {"details": details, "assets": []})

    def _started(self, project: str, body: dict[str, Any]) -> Reply:
        now, chance, tag = self._clock(), self._chance, body.get("executionTag")
        running = [run for run in self._executions.values() if run.ends > now]
        if tag is not None and any(run.tag == tag for run in running):
            return _reply(409, {"title": "Conflict", "detail": "the tag is in use"})
        run = Execution(
            id=str(uuid.UUID(int=chance.getrandbits(128))),
            marker=body.get("scalarVariables", {}).get("marker", ""),
            project=project,
            pipeline=body["pipelineName"],
            environment=body["environmentName"],
            tag=tag,
            began=now,
            visible=now + chance.choice((0.0, 0.0, 0.2, 1.0)),
            ends=now + chance.uniform(0.05, 1.0) * self._longest,
            outcome=chance.choices(("SUCCESS", "FAILED", "CANCELLED"), (8, 1, 1))[0],
        )
        self._executions[run.id] = run
        return _reply(201, {"pipelineExecutionId": run.id})

    def _execution(self, project: str, execution_id: str, part: str) -> Reply:
        if part == "/steps":
            return _reply(200, {"page": 0, "size": 100, "total": 0, "results": []})
        now = self._clock()
        run = self._executions.get(execution_id)
        if run is None and execution_id.startswith(SYNTHETIC):
            run = Execution(
                execution_id,
                "",
                project,
                PIPELINES[0],
                ENVIRONMENTS[0],
                None,
                now - 9,
                0,
                0,
                "SUCCESS",
            )
        if run is None or run.project != project:
            return _reply(404, {"title": "Not Found"})
        if part == "/status":
            return _reply(200, {"status": run.status(now)})
        return _reply(200, self._row(run, now))

    def _listing(self, query: dict[str, str]) -> Reply:
        now = self._clock()
        after = datetime.fromisoformat(query.get("startedAfter", "2000-01-01T00:00:00Z"))
        found = [
            run
            for run in reversed(self._executions.values())
            if run.visible <= now
            and query.get("projectId", run.project) == run.project
            and query.get("environmentName", run.environment) == run.environment
            and query.get("pipelineName", "") in run.pipeline
            and self.moment(run.began) >= after
        ]
        first, size = (
            int(query.get("paginationToken", "0")),
            min(100, int(query.get("limit", "25"))),
        )
        response: dict[str, Any] = {
            "results": [self._row(run, now) for run in found[first : first + size]]
        }
        if first + size < len(found):
            response["more"] = str(first + size)
        return _reply(200, response)

    def _row(self, run: Execution, now: float) -> dict[str, Any]:
        return {
            "pipelineExecutionId": run.id,
            "projectId": run.project,
            "environmentName": run.environment,
            "pipelineName": run.pipeline,
            "pipelineType": "ORCHESTRATION",
            "status": run.status(now),
            "message": "",
            "startedAt": self._text(run.began),
            "finishedAt": self._text(run.ends) if run.ends <= now else None,
            "trigger": "API",
        }

    def _text(self, when: float) -> str:
        return self.moment(when).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _forget(self) -> None:
        """Keep an hour, so that memory does not grow."""
        before = self._clock() - _REMEMBERED
        while self._executions and next(iter(self._executions.values())).ends < before:
            self._executions.popitem(last=False)
        while self._versions and next(iter(self._versions.values())) < before:
            self._versions.popitem(last=False)


def environment_names(project: str) -> list[str]:
    """The environments that a project has: 0 to 240 of them, each with the project in its name."""
    count = int(project[:4], 16) % 241
    return [f"{project[:13]}-{number}" for number in range(count)]


def created_id(marker: str) -> str:
    """The id of the project that is made for a marker."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, marker))


def _page(names: list[str], query: dict[str, str]) -> Reply:
    page, size = int(query.get("page", "0")), int(query.get("size", "25"))
    rows = [{"name": name} for name in names[page * size : (page + 1) * size]]
    return _reply(200, {"page": page, "size": size, "total": len(names), "results": rows})


def _reply(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(body).encode(), (("Content-Type", "application/json"),))


def _json(body: bytes) -> dict[str, Any]:
    data = json.loads(body or b"{}")
    return data if isinstance(data, dict) else {}

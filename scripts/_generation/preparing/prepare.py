"""The document as the generator reads it: what it cannot read is written otherwise, or left out and told."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from scripts._generation.findings import Finding, Findings, Place, SpecError
from scripts._generation.preparing.bodies import Bodies
from scripts._generation.preparing.classes import fit_classes, rename_schemas
from scripts._generation.preparing.docstrings import docstring_of
from scripts._generation.preparing.facts import facts_of
from scripts._generation.preparing.names import fitting_tag, group_of, python_name
from scripts._generation.preparing.operation_names import OperationNames
from scripts._generation.preparing.parameters import Parameters, Reader
from scripts._generation.preparing.routes import Route, parts_of, routes, servers_of
from scripts._generation.preparing.schemas import Schemas
from scripts._generation.preparing.siblings import with_siblings
from scripts._generation.preparing.styles import Unsendable
from scripts._generation.preparing.uses import Uses
from scripts._generation.reading.about import encoded, server_path
from scripts._generation.reading.rules import KEYS, unfit


def prepare(document: dict[str, Any], findings: Findings | None = None) -> dict[str, Any]:
    """The document as the generator reads it.

    Each operation has its facts attached, and names that are free; schemas are as ``Schemas`` makes them. Error
    responses are left out, since the status of a response is judged before anything is parsed.

    Args:
        document: as it was read; it is not changed.
        findings: what is told of it. Without them the first one is raised.

    Raises:
        SpecError: there is a finding, and nowhere to put it.
    """
    told = Findings() if findings is None else findings
    prepared = _Preparation(with_siblings(document), told).run()
    if findings is None:
        for finding in told:
            raise SpecError(str(finding), finding.place)
    return prepared


class _Preparation:
    def __init__(self, document: dict[str, Any], findings: Findings) -> None:
        self._document = document
        self._findings = findings
        self._uses = Uses(document)
        self._schemas = Schemas(document, findings, self._uses)
        self._bodies = Bodies(document, self._schemas)
        self._parameters = Reader(document, self._schemas, findings)
        self._servers: tuple[str, ...] = ()
        tags = document.get("tags")
        self._groups = {
            fitting_tag(tag["name"]): tag["description"].strip()
            for tag in (tags if isinstance(tags, list) else [])
            if isinstance(tag, dict)
            and isinstance(tag.get("name"), str)
            and isinstance(tag.get("description"), str)
        }

    def run(self) -> dict[str, Any]:
        found = [
            route
            for route in routes(self._document, self._schemas.places, self._findings)
            if route.operation.get("x-generate") is not False
        ]
        for route in found:
            self._bodies.note_uses(route, self._uses)
        stated = Counter(route.servers for route in found if route.servers)
        self._servers = servers_of(self._document) or next(iter(stated.most_common(1)), ((), 0))[0]
        made: list[tuple[Route, dict[str, Any], Parameters]] = []
        for route in found:
            try:
                made.append((route, *self._operation(route)))
            except Unsendable as error:
                self._leave_out(route, str(error), error.place)
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                self._leave_out(
                    route, f"a part of it has another form than OpenAPI has: {error}", ()
                )
        prepared: dict[str, Any] = {
            "openapi": "3.1.0",
            "info": {
                "title": _text(self._document, "title"),
                "version": _text(self._document, "version"),
            },
            "paths": {},
            "components": {"schemas": self._schemas.finish()},
        }
        rename_schemas(prepared, [operation for _, operation, _ in made])
        self._attach_facts(prepared, made)
        return prepared

    def _operation(self, route: Route) -> tuple[dict[str, Any], Parameters]:
        """An operation as the generator sees it, without facts."""
        stated = route.operation
        if not route.path.startswith("/"):
            raise Unsendable("its path does not begin with /", route.place)
        path, query, fragment = parts_of(route.path)
        if "{" in f"{query}{fragment}" or path.count("{") != path.count("}"):
            raise Unsendable(
                "its path has a parameter in a query or a fragment, or a brace without counterpart",
                route.place,
            )
        if route.servers and not set(route.servers) & set(self._servers):
            reason = f"its server is another one, {self._needing(route.servers[0])}"
            self._findings.add(Finding(reason, route.place, route.request, is_note=True))
        kept = ("tags", "deprecated")
        made = {key: stated[key] for key in stated if key in kept or key in KEYS}
        for key, reason in unfit(stated).items():
            self._tell(f"{reason}: it is ignored", route.request, (*route.place, key))
            del made[key]
        made["tags"] = [fitting_tag(_first_tag(stated))]
        made["summary"], made["description"] = docstring_of(stated, route.request)
        body = self._bodies.request(route)
        own = stated.get("parameters")
        parameters = self._parameters.read(
            route.request,
            route.path,
            [*route.shared, *(own if isinstance(own, list) else [])],
            route.place,
            has_body=body is not None,
        )
        made["parameters"] = parameters.seen
        if body is not None:
            made["requestBody"], made["x-sent-as"] = body
        made["responses"] = self._bodies.responses(route)
        return made, parameters

    def _needing(self, server: str) -> str:
        """A server, and what has its address."""
        path = server.partition("://")[2].partition("/")[2] if "://" in server else server
        added = server_path(self._document)
        if path.strip("/") or not added:
            return f"{server}: it needs a client with that address"
        return f"{server or '/'}: it needs the plain functions, as a client adds {added} to an address without a path"

    def _attach_facts(
        self, prepared: dict[str, Any], made: list[tuple[Route, dict[str, Any], Parameters]]
    ) -> None:
        """Name the operations, and put them where the generator finds them."""
        names = OperationNames(self._findings)
        groups: set[str] = set()
        found: list[dict[str, Any]] = []
        for route, operation, parameters in made:
            try:
                facts = facts_of(prepared, route.path, route.method, operation, route.place)
            except SpecError as error:
                self._leave_out(route, str(error).removeprefix(f"{route.request}: "), error.place)
                continue
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                self._leave_out(
                    route, f"a part of it has another form than OpenAPI has: {error}", ()
                )
                continue
            path = _with_names(route.path, parameters)
            if route.method in prepared["paths"].get(path, {}):
                self._leave_out(
                    route, "another operation has the same method and path", route.place
                )
                continue
            names.add(route, operation, facts)
            group = group_of(operation)
            groups.add(group)
            facts |= {
                "prepared_path": path,
                "request": route.request,
                "place": list(route.place),
                "group": self._groups.get(operation["tags"][0])
                or f"The operations of the group ``{operation['tags'][0]}``.",
                "wire": parameters.wire,
                "styles": parameters.styles,
                "types": parameters.types,
                "deprecated_arguments": parameters.deprecated,
                "sent_as": operation.pop("x-sent-as", None),
            }
            for response in operation["responses"].values():
                response["x-operation"] = facts
            prepared["paths"].setdefault(path, {})[route.method] = operation
            found.append(facts)
        names.give()
        classes = fit_classes(prepared, groups)
        if not any(facts["id"] == "projects.list" and facts["paging"] for facts in found):
            for facts in found:
                facts["projects"] = []  # without a listing a client cannot take their names
        for facts in found:
            facts["group_class"] = classes[facts["id"].partition(".")[0]]

    def _leave_out(self, route: Route, reason: str, place: Place) -> None:
        self._tell(reason, route.request, place or route.place, leaves_out=True)

    def _tell(
        self,
        reason: str,
        request: str,
        place: Place,
        *,
        leaves_out: bool = False,
    ) -> None:
        self._findings.add(Finding(reason, place, request, leaves_out))


def _with_names(path: str, parameters: Parameters) -> str:
    """A path as it is sent, with the names that its parameters have for the generator in place of those of the API."""
    seen = [each["name"] for each in parameters.seen if each["in"] == "path"]
    names = {parameters.wire.get(python_name(name), name): name for name in seen}
    return re.sub(
        r"\{([^{}]+)\}|[^{}]+",
        lambda match: f"{{{names.get(match[1], match[1])}}}" if match[1] else encoded(match[0]),
        path,
    )


def _first_tag(operation: dict[str, Any]) -> str:
    if "x-group" in operation and "x-group" not in unfit(operation):
        return str(operation["x-group"])
    tags = operation.get("tags")
    return str(tags[0]) if isinstance(tags, list) and tags else "default"


def _text(document: dict[str, Any], key: str) -> str:
    info = document.get("info")
    return str(info.get(key, "")) if isinstance(info, dict) else ""

"""The document as the generator reads it: what it cannot read is written otherwise, or left out and told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts._generation.bundle import METHODS, NowhereError, resolve
from scripts._generation.classes import fit_classes, rename_schemas
from scripts._generation.contents import BYTES, FILES, FORM, JSON, Content, bare, chosen
from scripts._generation.facts import facts_of
from scripts._generation.findings import Finding, Findings, Place, SpecError
from scripts._generation.names import full_name, group_of, id_of, name_of, python_name
from scripts._generation.parameters import Parameters, Reader, Unsendable
from scripts._generation.rules import KEYS, unfit
from scripts._generation.schemas import Schemas
from scripts._generation.uses import Uses


class _Route(NamedTuple):
    path: str
    method: str
    operation: dict[str, Any]
    shared: list[Any]
    """The parameters of its path."""
    servers: tuple[str, ...]
    """Its own, or those of its path; empty where it has none."""
    place: Place

    @property
    def request(self) -> str:
        return f"{self.method.upper()} {self.path}"


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
    prepared = _Preparation(document, told).run()
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
        self._parameters = Reader(document, self._schemas, findings)
        self._servers: tuple[str, ...] = ()
        tags = document.get("tags")
        self._groups = {
            tag["name"]: tag.get("description", "")
            for tag in (tags if isinstance(tags, list) else [])
            if isinstance(tag, dict) and isinstance(tag.get("name"), str)
        }

    def run(self) -> dict[str, Any]:
        routes = [
            route for route in self._routes() if route.operation.get("x-generate") is not False
        ]
        for route in routes:
            self._note_uses(route)
        stated = Counter(route.servers for route in routes if route.servers)
        self._servers = _servers(self._document) or next(iter(stated.most_common(1)), ((), 0))[0]
        made: list[tuple[_Route, dict[str, Any], Parameters]] = []
        for route in routes:
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

    def _routes(self) -> Iterator[_Route]:
        paths = self._document.get("paths")
        for path, stated in paths.items() if isinstance(paths, dict) else ():
            place: Place = ("paths", path)
            if path.startswith("x-"):
                continue
            try:
                item = resolve(self._document, stated)
            except NowhereError as error:
                self._tell(f"{error}: its operations are left out", path, place)
                continue
            if not isinstance(item, dict):
                self._tell("it has no operations in a form that OpenAPI knows", path, place)
                continue
            shared = item.get("parameters")
            for method in METHODS:
                if method not in item:
                    continue
                request = f"{method.upper()} {path}"
                here = (*place, method) if item is stated else self._schemas.place_of(item[method])
                try:
                    operation = resolve(self._document, item[method])
                except NowhereError as error:
                    self._tell(str(error), request, here, leaves_out=True)
                    continue
                if isinstance(operation, dict):
                    servers = _servers(operation) or _servers(item)
                    parameters = shared if isinstance(shared, list) else []
                    yield _Route(path, method, operation, parameters, servers, here)
                else:
                    self._tell("it is no object", request, here, leaves_out=True)

    def _note_uses(self, route: _Route) -> None:
        """Note where the schemas of its bodies are used; references that lead nowhere are told elsewhere."""
        try:
            body = resolve(self._document, route.operation.get("requestBody"))
            content = chosen(body) if isinstance(body, dict) else None
        except NowhereError:
            content = None
        if content is not None:
            self._uses.send(content.schema, in_form=content.kind == "files")
        responses = route.operation.get("responses")
        for response in responses.values() if isinstance(responses, dict) else ():
            try:
                found = resolve(self._document, response)
            except NowhereError:
                continue
            content = chosen(found) if isinstance(found, dict) else None
            if content is not None:
                self._uses.receive(content.schema)

    def _operation(self, route: _Route) -> tuple[dict[str, Any], Parameters]:
        """An operation as the generator sees it, without facts."""
        stated = route.operation
        if not route.path.startswith("/"):
            raise Unsendable("its path does not begin with /", route.place)
        if "{" in route.path.partition("?")[2] or route.path.count("{") != route.path.count("}"):
            raise Unsendable(
                "its path has a parameter in a query, or a brace without counterpart", route.place
            )
        if route.servers and not set(route.servers) & set(self._servers):
            raise Unsendable(f"it has a server of its own, {route.servers[0]}", route.place)
        kept = ("tags", "summary", "description", "deprecated")
        made = {key: stated[key] for key in stated if key in kept or key in KEYS}
        for key, reason in unfit(stated).items():
            self._tell(f"{reason}: it is ignored", route.request, (*route.place, key))
            del made[key]
        made["tags"] = [_first_tag(stated)]
        for key in ("summary", "description"):
            if not isinstance(made.get(key, ""), str):
                del made[key]
        body = self._body(route)
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
        made["responses"] = self._responses(route)
        return made, parameters

    def _body(self, route: _Route) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The body of a request as the generator sees it, and how it is sent."""
        stated = route.operation.get("requestBody")
        if stated is None:
            return None
        try:
            body = resolve(self._document, stated)
        except NowhereError as error:
            raise Unsendable(f"its body cannot be read, since {error}", route.place) from None
        content = chosen(body) if isinstance(body, dict) else None
        if content is None:
            return None
        required = body.get("required") is True
        schema = self._sent(content, self._schemas.place_of(body))
        media = {"json": JSON, "form": FORM, "files": FILES}.get(content.kind, BYTES)
        made = {"required": required, "content": {media: {"schema": schema}}}
        deep = [
            name
            for name, each in content.encoding.items()
            if isinstance(each, dict) and each.get("style") == "deepObject"
        ]
        return made, {"kind": content.kind, "media_type": content.media_type, "deep": deep}

    def _sent(self, content: Content, place: Place) -> dict[str, Any]:
        if content.kind == "json":
            return self._schemas.of(content.schema)
        if content.kind in ("form", "files"):
            for name, each in content.encoding.items():
                style = each.get("style", "form") if isinstance(each, dict) else "form"
                if style not in ("form", "deepObject") or each.get("explode") is False:
                    raise Unsendable(
                        f"the field {name!r} of its form is written in a style that is not sent",
                        place,
                    )
            make = self._schemas.of_form if content.kind == "files" else self._schemas.of
            schema = make(content.schema)
            if content.kind == "files" and not self._schemas.is_object(content.schema):
                raise Unsendable("its body is a form whose fields are not stated", place)
            return schema
        if content.media_type.startswith("multipart/"):
            raise Unsendable(f"its body is {content.media_type}, which is not sent", place)
        return {"type": "string"}

    def _responses(self, route: _Route) -> dict[str, Any]:
        """The successful responses, or what is given where none is documented: whatever comes, as bytes."""
        stated = route.operation.get("responses")
        stated = stated if isinstance(stated, dict) else {}
        found = {
            str(status).upper(): each
            for status, each in stated.items()
            if re.fullmatch("2([0-9][0-9]|XX)", str(status), re.IGNORECASE)
        }
        if not found and list(stated) == ["default"]:
            found = {"200": stated["default"]}
        made: dict[str, Any] = {}
        for status, each in sorted(found.items()):
            try:
                response = resolve(self._document, each)
            except NowhereError as error:
                raise Unsendable(
                    f"its response {status} cannot be read, since {error}", route.place
                ) from None
            content = chosen(response) if isinstance(response, dict) else None
            made[status] = {"description": ""}
            if content is None or route.method == "head":
                continue
            if content.kind == "json":
                media = bare(content.media_type)
                media = media if media.startswith("application/") else JSON
                schema = self._schemas.of(content.schema)
            else:
                media = bare(content.media_type) if content.kind == "text" else BYTES
                schema = {"type": "string"}
            made[status]["content"] = {media: {"schema": schema}}
        if not made:
            made["200"] = {"description": "", "content": {BYTES: {"schema": {"type": "string"}}}}
        return made

    def _attach_facts(
        self, prepared: dict[str, Any], made: list[tuple[_Route, dict[str, Any], Parameters]]
    ) -> None:
        """Name the operations, and put them where the generator finds them."""
        methods: dict[str, str] = {}
        modules: dict[str, str] = {}
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
            path = route.path
            for python, wire in parameters.wire.items():
                path = (
                    path.replace(f"{{{wire}}}", f"{{{python}}}")
                    if python in _in_path(parameters)
                    else path
                )
            if route.method in prepared["paths"].get(path, {}):
                self._leave_out(
                    route, "another operation has the same method and path", route.place
                )
                continue
            self._name(route, operation, facts, methods, modules)
            group = group_of(operation)
            groups.add(group)
            facts |= {
                "prepared_path": path,
                "request": route.request,
                "place": list(route.place),
                "group": str(self._groups.get(operation["tags"][0], operation["tags"][0])),
                "wire": parameters.wire,
                "styles": parameters.styles,
                "types": parameters.types,
                "sent_as": operation.pop("x-sent-as", None),
            }
            for response in operation["responses"].values():
                response["x-operation"] = facts
            prepared["paths"].setdefault(path, {})[route.method] = operation
            found.append(facts)
        classes = fit_classes(prepared, groups, self._findings)
        for facts in found:
            facts["group_class"] = classes[facts["id"].partition(".")[0]]

    def _name(
        self,
        route: _Route,
        operation: dict[str, Any],
        facts: dict[str, Any],
        methods: dict[str, str],
        modules: dict[str, str],
    ) -> None:
        """Give an operation a method and a module that no other one has."""
        stated = {**route.operation, "tags": operation["tags"]}
        group, name = name_of(stated, route.method, route.path)
        operation_id = id_of(route.operation, route.method, route.path)
        by_path = id_of({}, route.method, route.path)
        wanted = [name, full_name(operation_id), full_name(by_path)]
        taken = _free([f"{group}.{each}" for each in wanted], methods, route.request)
        if taken != f"{group}.{name}":
            self._tell(
                f"its method is client.{taken}: {methods[f'{group}.{name}']} is client.{group}.{name}",
                route.request, route.place, is_name=True,
            )  # fmt: skip
        ids = _free(
            [f"{group}/{python_name(each)}" for each in (operation_id, by_path)],
            modules,
            route.request,
        )
        operation["operationId"] = (
            operation_id if ids.endswith(f"/{python_name(operation_id)}") else ids.partition("/")[2]
        )
        facts |= {"id": taken, "method_name": taken.partition(".")[2]}

    def _leave_out(self, route: _Route, reason: str, place: Place) -> None:
        self._tell(reason, route.request, place or route.place, leaves_out=True)

    def _tell(
        self,
        reason: str,
        request: str,
        place: Place,
        *,
        leaves_out: bool = False,
        is_name: bool = False,
    ) -> None:
        self._findings.add(Finding(reason, place, request, leaves_out, is_name))


def _servers(stated: dict[str, Any]) -> tuple[str, ...]:
    """The URLs of the servers of the document, of a path or of an operation."""
    servers = stated.get("servers")
    found = (
        [each.get("url") for each in servers if isinstance(each, dict)]
        if isinstance(servers, list)
        else []
    )
    return tuple(each.rstrip("/") for each in found if isinstance(each, str))


def _free(wanted: list[str], taken: dict[str, str], owner: str) -> str:
    """The first name that is free, or the last one with a number; it is taken."""
    for each in wanted:
        if each not in taken:
            taken[each] = owner
            return each
    number = 2
    while f"{wanted[-1]}_{number}" in taken:
        number += 1
    taken[f"{wanted[-1]}_{number}"] = owner
    return f"{wanted[-1]}_{number}"


def _in_path(parameters: Parameters) -> set[str]:
    return {python_name(each["name"]) for each in parameters.seen if each["in"] == "path"}


def _first_tag(operation: dict[str, Any]) -> str:
    tags = operation.get("tags")
    return str(tags[0]) if isinstance(tags, list) and tags else "default"


def _text(document: dict[str, Any], key: str) -> str:
    info = document.get("info")
    return str(info.get(key, "")) if isinstance(info, dict) else ""

"""Work out what the templates need to know of each operation.

The generator shows its templates ``x-`` extensions of response objects only, so the facts are attached to
every successful response, as ``x-operation``. Error responses are left out of what the generator reads: the
status of an answer is judged before anything is parsed.
"""

from __future__ import annotations

import copy
from typing import Any

from scripts._generation.arguments import arguments
from scripts._generation.bundle import SpecError, operations, resolve
from scripts._generation.names import (
    check_parameters,
    check_schemas,
    field_name,
    name_of,
    python_name,
)
from scripts._generation.paging import paging

_SAFE_METHODS = ("get", "put", "delete", "head", "options")


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the generator reads it: facts attached, and only what the client calls."""
    document = copy.deepcopy(document)
    tags = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    groups: set[str] = set()
    taken: dict[str, str] = {}
    for path, method, operation in list(operations(document)):
        if operation.get("x-generate") is False:
            del document["paths"][path][method]
            continue
        name, place = f"{method.upper()} {path}", ("paths", path, method)
        stated = [*document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        operation["parameters"] = arguments(document, stated)
        check_parameters(name, operation, place)
        if "requestBody" in operation:
            operation["requestBody"] = _one_media_type(document, operation["requestBody"])
        successes = {
            status: _as_read(document, response)
            for status, response in sorted(operation["responses"].items())
            if status.startswith("2")
        }
        if not successes:
            raise SpecError(f"{name} documents no successful response", place)
        facts = _facts(document, path, method, operation, list(successes.values()))
        _claim(taken, f"client.{facts['id']}", name, "x-method", place)
        module = python_name(operation.get("operationId", name))
        group = facts["id"].partition(".")[0]
        _claim(taken, f"the module {group}.{module}", name, "operationId", place)
        tag = operation.get("tags", ["default"])[0]
        facts["group"] = tags.get(tag, tag)
        groups.add(group)
        for response in successes.values():
            response["x-operation"] = facts
        operation["responses"] = successes
    for item in document["paths"].values():
        item.pop("parameters", None)
    document["paths"] = {path: item for path, item in document["paths"].items() if item}
    _drop_unused_schemas(document)
    check_schemas(document, groups)
    return document


def _claim(taken: dict[str, str], what: str, name: str, key: str, place: tuple[str, ...]) -> None:
    """Refuse an operation that would replace another one in the package."""
    other = taken.setdefault(what, name)
    if other != name:
        raise SpecError(
            f"{name} and {other} would both be {what}: give one of them another {key}", place
        )


def _facts(
    document: dict[str, Any],
    path: str,
    method: str,
    operation: dict[str, Any],
    responses: list[dict[str, Any]],
) -> dict[str, Any]:
    group, name = name_of(operation, method, path)
    with_body = [index for index, response in enumerate(responses) if response.get("content")]
    body = _body_kind(responses[with_body[0]]) if with_body else "none"
    page = json_schema(document, responses[0].get("content", {}))
    request = f"{method.upper()} {path}"
    listing = paging(document, request, operation, page, ("paths", path, method))
    return {
        "id": f"{group}.{name}",
        "method_name": name,
        "path": path,
        "idempotent": operation.get("x-idempotent", method in _SAFE_METHODS),
        "source": ", ".join(operation.get("x-source", ["the vendor's spec"])),
        "body": body,
        "response": with_body[0] if with_body else 0,
        "may_be_empty": operation.get("x-may-be-empty", False)
        or (body != "none" and len(with_body) < len(responses)),
        "unwrap": operation.get("x-unwrap"),
        "flatten": can_flatten(document, operation),
        "defaults": _list_defaults(document, operation),
        "bounds": _bounds(document, operation["parameters"]),
        "projects": _projects(operation["parameters"]),
        "comma_separated": _comma_separated(document, operation["parameters"]),
        "secret": any(_holds_secret(document, response) for response in responses),
        **(listing or {"paging": None}),
    }


def _body_kind(response: dict[str, Any]) -> str:
    content_type = next(iter(response["content"]))
    if content_type.startswith("text/"):
        return "text"
    return "json" if "json" in content_type else "bytes"


def json_schema(document: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The schema of a JSON body; empty if the body is something else."""
    for content_type, media in content.items():
        if "json" in content_type:
            schema: dict[str, Any] = resolve(document, media.get("schema", {}))
            return schema
    return {}


def can_flatten(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether the fields of the body can be parameters of their own."""
    body = resolve(document, operation.get("requestBody", {}))
    properties = json_schema(document, body.get("content", {})).get("properties")
    if not properties or not body.get("required"):
        return False
    taken = {python_name(p["name"]) for p in operation["parameters"]}
    return taken.isdisjoint(field_name(name) for name in properties)


def _list_defaults(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, list[str]]:
    """Lists of texts that fields of the body have unless they are given; the generator drops them."""
    body = resolve(document, operation.get("requestBody", {}))
    properties = json_schema(document, body.get("content", {})).get("properties", {})
    return {
        field_name(name): schema["default"]
        for name, schema in properties.items()
        if isinstance(schema.get("default"), list)
    }


def _bounds(document: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for parameter in parameters:
        schema = resolve(document, parameter.get("schema", {}))
        bounds = {key: schema[key] for key in ("minimum", "maximum") if key in schema}
        if bounds and parameter["in"] == "query":
            found[python_name(parameter["name"])] = bounds
    return found


def _projects(parameters: list[dict[str, Any]]) -> list[str]:
    """The parameters that are ids of projects: the client takes names in their place."""
    found = [parameter["name"] for parameter in parameters if parameter["name"] == "projectId"]
    return [python_name(name) for name in found]


def _comma_separated(document: dict[str, Any], parameters: list[dict[str, Any]]) -> list[str]:
    """Query parameters that are lists in one value."""
    return [
        python_name(parameter["name"])
        for parameter in parameters
        if parameter["in"] == "query"
        and parameter.get("explode") is False
        and resolve(document, parameter.get("schema", {})).get("type") == "array"
    ]


def _holds_secret(document: dict[str, Any], node: Any) -> bool:
    """Whether a schema with ``format: password`` can be reached from here."""
    seen: set[str] = set()
    pending = [node]
    while pending:
        found = pending.pop()
        if isinstance(found, list):
            pending.extend(found)
        elif isinstance(found, dict):
            if found.get("format") == "password":
                return True
            pending.extend(found.values())
            reference = found.get("$ref")
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                pending.append(resolve(document, found))
    return False


def _one_media_type(document: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """A body as it is sent or read: of several media types as JSON, or else as the first of them.

    What is described as ``*/*`` is JSON: some frameworks write that into their files.
    """
    body = copy.deepcopy(resolve(document, body))
    content = body.get("content")
    if content:
        name = next((each for each in content if "json" in each), next(iter(content)))
        media = content[name]
        if name == "*/*":
            name = "application/json"
        body["content"] = {name: media}
    return body


def _as_read(document: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    """An answer with its one media type; the generator knows bytes of one type only."""
    response = _one_media_type(document, response)
    if response.get("content") and _body_kind(response) == "bytes":
        binary = {"schema": {"type": "string", "format": "binary"}}
        response["content"] = {"application/octet-stream": binary}
    return response


def _drop_unused_schemas(document: dict[str, Any]) -> None:
    components = document.get("components", {})
    schemas = components.get("schemas", {})
    used: set[str] = set()
    pending: list[Any] = [document["paths"]]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/components/")
            kind, _, key = name.partition("/")
            if key and name not in used:
                used.add(name)
                pending.append(components[kind][key])
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    components["schemas"] = {key: schemas[key] for key in schemas if f"schemas/{key}" in used}
    for kind in ("responses", "parameters", "headers", "requestBodies"):
        components[kind] = {
            key: value for key, value in components.get(kind, {}).items() if f"{kind}/{key}" in used
        }

"""Work out what the templates need to know of each operation.

The generator shows its templates ``x-`` extensions of response objects only, so the facts are attached to
every successful response, as ``x-operation``. Error responses are left out of what the generator reads: the
status of an answer is judged before anything is parsed.
"""

from __future__ import annotations

import copy
import re
from keyword import iskeyword
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case

from scripts._generation.arguments import arguments
from scripts._generation.bundle import SpecError, operations, resolve

FIELD_PREFIX = "field_"
_SAFE_METHODS = ("get", "put", "delete", "head", "options")


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the generator reads it: facts attached, and only what the client calls."""
    document = copy.deepcopy(document)
    groups = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    names: dict[str, str] = {}
    for path, method, operation in list(operations(document)):
        if operation.get("x-generate") is False:
            del document["paths"][path][method]
            continue
        item = document["paths"][path]
        stated = [*item.get("parameters", []), *operation.get("parameters", [])]
        operation["parameters"] = arguments(document, stated)
        if "requestBody" in operation:
            operation["requestBody"] = _one_media_type(document, operation["requestBody"])
        successes = {
            status: copy.deepcopy(resolve(document, response))
            for status, response in sorted(operation["responses"].items())
            if status.startswith("2")
        }
        if not successes:
            raise SpecError(f"{method.upper()} {path} documents no successful response")
        facts = _facts(document, path, method, operation, list(successes.values()))
        taken = names.setdefault(facts["id"], f"{method.upper()} {path}")
        if taken != f"{method.upper()} {path}":
            raise SpecError(
                f"{method.upper()} {path} and {taken} would both be client.{facts['id']}: give one "
                "of them another x-method"
            )
        tag = operation.get("tags", ["default"])[0]
        facts["group"] = groups.get(tag, tag)
        for response in successes.values():
            response["x-operation"] = facts
        operation["responses"] = successes
    for item in document["paths"].values():
        item.pop("parameters", None)
    document["paths"] = {path: item for path, item in document["paths"].items() if item}
    _drop_unused_schemas(document)
    return document


def name_of(operation: dict[str, Any], method: str, path: str) -> tuple[str, str]:
    """The group and the name of the Python method of an operation."""
    group = PythonIdentifier(operation.get("tags", ["default"])[0], "tag")
    unnamed = re.sub(r"\W+", "_", f"{method}{re.sub(r'^/v[0-9]+', '', path)}")
    operation_id = operation.get("operationId", unnamed)
    return group, operation.get("x-method") or _method_name(operation_id, group)


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
    paging = _paging(document, operation, responses[0]) if method == "get" else None
    idempotent = operation.get("x-idempotent", method in _SAFE_METHODS)
    if not isinstance(idempotent, bool):
        raise SpecError(f"{method.upper()} {path}: x-idempotent must be true or false")
    return {
        "id": f"{group}.{name}",
        "method_name": name,
        "path": path,
        "idempotent": idempotent,
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
        **(paging or {"paging": None}),
    }


def _method_name(operation_id: str, group: str) -> str:
    """``list_projects`` in ``projects`` is ``list``: the words of the group are left out."""
    words = set(group.split("_"))
    words |= {word.removesuffix("s") for word in words}
    kept = [word for word in snake_case(operation_id).split("_") if word not in words]
    name = "_".join(kept) or "get"
    return f"{name}_" if iskeyword(name) else name


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
    taken = {PythonIdentifier(p["name"], FIELD_PREFIX) for p in operation["parameters"]}
    return taken.isdisjoint(PythonIdentifier(name, FIELD_PREFIX) for name in properties)


def _list_defaults(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, list[str]]:
    """Lists of texts that fields of the body have unless they are given; the generator drops them."""
    body = resolve(document, operation.get("requestBody", {}))
    properties = json_schema(document, body.get("content", {})).get("properties", {})
    return {
        PythonIdentifier(name, FIELD_PREFIX): schema["default"]
        for name, schema in properties.items()
        if isinstance(schema.get("default"), list)
    }


def _bounds(document: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for parameter in parameters:
        schema = resolve(document, parameter.get("schema", {}))
        bounds = {key: schema[key] for key in ("minimum", "maximum") if key in schema}
        if bounds and parameter["in"] == "query":
            found[PythonIdentifier(parameter["name"], FIELD_PREFIX)] = bounds
    return found


def _projects(parameters: list[dict[str, Any]]) -> list[str]:
    """The parameters that are ids of projects: the client takes names in their place."""
    found = [parameter["name"] for parameter in parameters if parameter["name"] == "projectId"]
    return [PythonIdentifier(name, FIELD_PREFIX) for name in found]


def _comma_separated(document: dict[str, Any], parameters: list[dict[str, Any]]) -> list[str]:
    """Query parameters that are lists in one value."""
    return [
        PythonIdentifier(parameter["name"], FIELD_PREFIX)
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


def _paging(
    document: dict[str, Any], operation: dict[str, Any], response: dict[str, Any]
) -> dict[str, Any] | None:
    schema = json_schema(document, response.get("content", {}))
    properties = schema.get("properties", {})
    stated = operation.get("x-paging") or _recognised_paging(operation, properties)
    if stated is None:
        return None
    items = resolve(document, properties.get(stated["items"], {})).get("items", {})
    if "$ref" not in items and "x-paging" not in operation:
        return None
    if "$ref" not in items:
        raise SpecError(
            f"{operation['operationId']}: a listing needs items that are a named schema"
        )
    item = ClassName(items["$ref"].rsplit("/", 1)[1], FIELD_PREFIX)

    def python(key: str) -> str:
        return PythonIdentifier(stated[key], FIELD_PREFIX)

    paging = {"style": stated["style"], "items": python("items")}
    if stated["style"] == "page":
        paging |= {"size": python("size"), "max_size": stated["max_size"]}
        paging |= {"cursor": python("page"), "total": python("total")}
    elif stated["style"] == "index":
        paging |= {"size": python("count"), "max_size": stated["max_count"]}
        paging |= {"cursor": python("index"), "total": python("total")}
    else:
        paging |= {"size": python("limit"), "max_size": stated["max_limit"]}
        paging |= {"cursor": python("token"), "next": python("next")}
    return {"paging": paging, "item": item, "item_module": PythonIdentifier(item, FIELD_PREFIX)}


def _recognised_paging(
    operation: dict[str, Any], properties: dict[str, Any]
) -> dict[str, Any] | None:
    """The API's three paging styles, known by their names, for a spec without ``x-paging``."""
    names = {parameter["name"] for parameter in operation["parameters"]}
    if {"page", "size"} <= names and {"results", "total"} <= properties.keys():
        return {
            "style": "page",
            "items": "results",
            "page": "page",
            "size": "size",
            "total": "total",
            "max_size": 100,
        }
    if {"paginationToken", "limit"} <= names and {"results", "more"} <= properties.keys():
        return {
            "style": "token",
            "items": "results",
            "token": "paginationToken",
            "next": "more",
            "limit": "limit",
            "max_limit": 100,
        }
    if {"startIndex", "count"} <= names and {"Resources", "totalResults"} <= properties.keys():
        return {
            "style": "index",
            "items": "Resources",
            "index": "startIndex",
            "count": "count",
            "total": "totalResults",
            "max_count": 100,
        }
    return None


def _one_media_type(document: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """A request body as it is sent: where several media types are accepted, as the first of them."""
    body = dict(resolve(document, body))
    body["content"] = dict(list(body["content"].items())[:1])
    return body


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

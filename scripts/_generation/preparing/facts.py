"""What the templates need to know of an operation.

The generator shows its templates ``x-`` extensions of response objects only, so the facts are attached to
every successful response, as ``x-operation``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from scripts._generation.findings import Place
from scripts._generation.preparing.contents import WITHOUT_BODY, kind_of_media
from scripts._generation.preparing.names import field_name, python_name
from scripts._generation.preparing.paging import paging
from scripts._generation.preparing.routes import parts_of
from scripts._generation.reading.bundle import resolve

_IN_A_METHOD = {"as_members", "as_model", "builtins", "isinstance", "unchecked", "warnings"}
"""What the methods of a group use: an argument of that name would stand for it."""
_SAFE_METHODS = ("get", "put", "delete", "head", "options", "trace")


def facts_of(
    document: dict[str, Any],
    path: str,
    method: str,
    operation: dict[str, Any],
    place: Place,
) -> dict[str, Any]:
    """The facts of a prepared operation, but for its names.

    Args:
        document: with the prepared schemas.
        path: as the API has it.
        method: in lower case.
        operation: with its ``parameters``, body and successful responses as the generator sees them.
        place: where it stands in the document that was read.
    """
    responses = list(operation["responses"].values())
    with_body = [index for index, response in enumerate(responses) if response.get("content")]
    first = with_body[0] if with_body else 0
    body = _body_kind(responses[first]) if with_body else "none"
    page = json_schema(document, responses[0].get("content", {}))
    listing = None
    if all(
        index == first or responses[index]["content"] == responses[first]["content"]
        for index in with_body
    ):
        listing = paging(document, f"{method.upper()} {path}", operation, page, place)
    others = {
        status: {"response": index, "body": _body_kind(response)}
        for index, (status, response) in enumerate(operation["responses"].items())
        if index in with_body and response["content"] != responses[first]["content"]
    }
    return {
        # A fragment tells two of one path apart, and is not sent; a query is, with each request.
        "path": parts_of(path)[0],
        "query": dict(parse_qsl(parts_of(path)[1], keep_blank_values=True)),
        "idempotent": operation.get("x-idempotent", method in _SAFE_METHODS),
        "source": ", ".join(operation.get("x-source", ["the vendor's spec"])),
        "deprecated": operation.get("deprecated") is True,
        "body": body,
        "response": first,
        "others": others,
        # Of these no body is documented, whatever comes with them; of a response that has none in HTTP there is nothing to say.
        "without_body": [
            status
            for index, status in enumerate(operation["responses"])
            if with_body and index not in with_body and status not in WITHOUT_BODY
        ],
        "may_be_empty": operation.get("x-may-be-empty", False)
        or (body != "none" and len(with_body) < len(responses)),
        "unwrap": operation.get("x-unwrap"),
        "flatten": can_flatten(document, operation),
        "defaults": _list_defaults(document, operation),
        "bounds": _bounds(operation["parameters"]),
        "projects": _projects(operation["parameters"]),
        "secret": any(_holds_secret(document, response) for response in responses),
        **(listing or {"paging": None}),
    }


def _body_kind(response: dict[str, Any]) -> str:
    return kind_of_media(next(iter(response["content"])))


def json_schema(document: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The schema of a JSON body, or of a form; empty if the body is something else."""
    for content_type, media in content.items():
        if kind_of_media(content_type) == "json":
            schema: dict[str, Any] = resolve(document, media.get("schema", {}))
            return schema
    return {}


def can_flatten(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether the fields of the body can be parameters of their own."""
    body = operation.get("requestBody", {})
    schema = json_schema(document, body.get("content", {}))
    properties = schema.get("properties")
    if not properties or not body.get("required") or schema.get("type") != "object":
        return False
    taken = {python_name(p["name"]) for p in operation["parameters"]} | _IN_A_METHOD
    return taken.isdisjoint(field_name(name) for name in properties)


def _list_defaults(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, list[Any]]:
    """Lists that fields of the body have unless they are given; the generator drops them."""
    body = operation.get("requestBody", {})
    schema = json_schema(document, body.get("content", {}))
    return {
        schema.get("x-names", {}).get(name, field_name(name)): field["default"]
        for name, field in schema.get("properties", {}).items()
        if isinstance(field.get("default"), list)
    }


def _bounds(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for parameter in parameters:
        schema = parameter["schema"]
        bounds = {key: schema[key] for key in ("minimum", "maximum") if key in schema}
        if bounds and parameter["in"] == "query" and schema.get("type") in ("integer", "number"):
            found[python_name(parameter["name"])] = bounds
    return found


def _projects(parameters: list[dict[str, Any]]) -> list[str]:
    """The parameters that are ids of projects: the client takes names in their place."""
    found = [parameter["name"] for parameter in parameters if parameter["name"] == "projectId"]
    return [python_name(name) for name in found]


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

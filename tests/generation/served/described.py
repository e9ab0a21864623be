"""The operations of an OpenAPI file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tests.generation.served.meaning import meaning
from tests.generation.served.original import Files, Node

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    location: str
    required: bool
    schema: Node | None
    style: str
    explode: bool
    is_json: bool


def bare(media_type: str) -> str:
    """A media type without parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Media:
    """One form of a body."""

    media_type: str
    schema: Node | None
    styles: tuple[Parameter, ...] = ()
    """Fields of a form that are written as parameters of a query are."""

    @property
    def bare(self) -> str:
        """Its name without parameters."""
        return bare(self.media_type)

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, as is what may be anything."""
        return self.bare in ("application/json", "text/json", "*/*", "application/*") or (
            self.bare.endswith("+json")
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a file."""

    method: str
    path: str
    """As in the file."""
    prefix: str
    """Path of its server."""
    node: Node
    parameters: tuple[Parameter, ...]
    body: tuple[Media, ...]
    body_required: bool
    answers: tuple[tuple[int, tuple[Media, ...]], ...]
    """Of its successes, by status, the lowest first; one without a body where none is documented."""
    needs_token: bool

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_NOT_PARAMETERS = (
    *("accept", "content-type", "authorization"),
    *("content-length", "transfer-encoding", "connection"),
)
"""Headers that OpenAPI has other places for, and such that belong to HTTP itself."""
_ALWAYS_THERE = ("accept-encoding", "user-agent")
"""Headers that every request has, whether they are given or not."""


def operations(files: Files) -> Iterator[Operation]:
    """All operations of a file, in its order."""
    paths = files.root.at("paths").items() if files.root.get("paths") else ()
    for path, item in paths:
        for method in METHODS:
            if str(path).startswith("/") and isinstance(item.get(method), dict):
                yield _operation(path, item, method)


def _operation(path: str, item: Node, method: str) -> Operation:
    node = item.at(method)
    found: dict[tuple[str, str], Parameter] = {}
    for owner in (item, node):
        if owner.get("parameters"):
            for each in owner.at("parameters").inside():
                parameter = _parameter(each)
                found[parameter.location, parameter.name] = parameter
    for name in re.findall(r"\{([^{}]*)\}", path):
        # Some files have a parameter in a path only.
        text = Parameter(name, "path", True, None, "simple", False, False)
        found.setdefault(("path", name), text)
    has_body = isinstance(node.get("requestBody"), dict)
    return Operation(
        method=method,
        path=path,
        prefix=server_path(node, item, node.files.root),
        node=node,
        parameters=tuple(each for each in found.values() if _is_parameter(each, path)),
        body=tuple(_media(node.at("requestBody"))) if has_body else (),
        body_required=has_body and node.at("requestBody").get("required") is True,
        answers=_answers(node),
        needs_token=_needs_token(node),
    )


def _is_parameter(stated: Parameter, path: str) -> bool:
    if stated.location == "path":
        return f"{{{stated.name}}}" in path
    if stated.location != "header":
        return True
    header = stated.name.lower()
    return header not in _NOT_PARAMETERS and (stated.required or header not in _ALWAYS_THERE)


def _parameter(node: Node) -> Parameter:
    location = node.get("in")
    style = node.get("style", _STYLES.get(location))
    content = node.get("content")
    schema = node.at("schema") if node.get("schema") is not None else None
    if content:
        media = node.at("content", next(iter(content)))
        schema = media.at("schema") if media.get("schema") is not None else None
    return Parameter(
        name=node.get("name"),
        location=location,
        required=node.get("required") is True or location == "path",
        schema=schema,
        style=style,
        explode=bool(node.get("explode", style in ("form", "deepObject"))),
        is_json=bool(content),
    )


def _media(owner: Node) -> Iterator[Media]:
    if isinstance(owner.get("content"), dict):
        for media_type, node in owner.at("content").items():
            schema = node.at("schema") if node.get("schema") is not None else None
            is_form = bare(media_type) == "application/x-www-form-urlencoded"
            styles = tuple(_styles(node, schema)) if is_form and schema is not None else ()
            yield Media(media_type, schema, styles)


def _styles(media: Node, schema: Node) -> Iterator[Parameter]:
    fields = meaning(schema).properties
    for name, each in (media.get("encoding") or {}).items():
        is_stated = any(key in each for key in ("style", "explode", "allowReserved"))
        is_json = not is_stated and Media(str(each.get("contentType")), None).is_json
        if name in fields and (is_stated or is_json):
            style = each.get("style", "form")
            explode = bool(each.get("explode", style in ("form", "deepObject")))
            yield Parameter(name, "query", False, fields[name], style, explode, is_json)


def _answers(node: Node) -> tuple[tuple[int, tuple[Media, ...]], ...]:
    stated = node.get("responses") or {}
    found = sorted((_status(key), key) for key in stated if key.startswith("2"))
    if not found and list(stated) == ["default"]:
        found = [(200, "default")]
    made = [(status, tuple(_media(node.at("responses", key)))) for status, key in found]
    return tuple(made) or ((200, ()),)


def _status(key: str) -> int:
    """A status that a key stands for; of a range, one that hardly anything else has a key for."""
    return int(key) if key.isdigit() else 299


def server_path(*owners: Node) -> str:
    """The path of the server that the first of several parts of a file names."""
    for owner in owners:
        if owner.get("servers"):
            server = owner.at("servers", 0)
            url = str(server.get("url", ""))
            for name, variable in (server.get("variables") or {}).items():
                url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
            # Of a variable without a default nobody knows the path.
            return urlsplit(url).path.rstrip("/") if "{" not in url else ""
    return ""


def _needs_token(node: Node) -> bool:
    """Whether each way to be let in is a token, or a name and password, in ``Authorization``."""
    stated = node.get("security", node.files.root.get("security"))
    if not stated:
        return False
    schemes = (node.files.root.get("components") or {}).get("securitySchemes") or {}
    kinds = [
        {(schemes.get(name) or {}).get("type") for name in each}
        if isinstance(each, dict)
        else set()
        for each in stated
    ]
    return all(kind & {"http", "oauth2", "openIdConnect"} for kind in kinds)


def patterns(paths: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """What the paths of a file look like, those with the fewest parameters first."""
    ordered = sorted(paths, key=lambda path: (path.count("{"), -len(path)))
    return {path: re.compile(_expression(path)) for path in ordered}


def _expression(path: str) -> str:
    parts = re.split(r"\{([^{}]*)\}", re.split("[?#]", path)[0])
    seen: set[str] = set()
    made = ""
    for index, part in enumerate(parts):
        if index % 2 == 0:
            # As clients write it: what is encoded stays, and all else but what a path has is encoded.
            texts = re.split("(%[0-9A-F]{2})", part)
            texts[::2] = [quote(text, safe="/!$&'()*+,;=:@") for text in texts[::2]]
            made += re.escape("".join(texts))
        else:
            group = group_of(part)
            made += f"(?P={group})" if group in seen else f"(?P<{group}>[^/]+?)"
            seen.add(group)
    return made


def group_of(name: str) -> str:
    """The group of an expression for a parameter of the path."""
    return "p_" + "".join(f"{ord(letter):x}_" for letter in name)

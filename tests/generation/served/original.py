"""An OpenAPI file as it stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML 1.2, as OpenAPI wants it: no moments, and no words for booleans but two."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$", re.IGNORECASE), list("tTfF")
)


def _as_json(node: Any) -> Any:
    """A document whose keys are text, such as statuses, which YAML reads as numbers."""
    if isinstance(node, dict):
        return {str(key): _as_json(value) for key, value in node.items()}
    return [_as_json(each) for each in node] if isinstance(node, list) else node


class Files:
    """A file with those that it refers to, each by its URI."""

    def __init__(self, path: Path) -> None:
        self.uri = path.resolve().as_uri()
        self.documents: dict[str, Any] = {}
        self._load(self.uri)
        for uri, document in self.documents.items():
            self._open(uri, document)

    def _open(self, uri: str, document: Any) -> None:
        """Have references that lead nowhere allow anything, as nobody knows what they mean."""
        pending = [document]
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                if isinstance(node.get("$ref"), str) and self.target(uri, node["$ref"]) is None:
                    node.clear()
                fields = node.get("properties")
                if isinstance(fields, dict) and isinstance(fields.get("$ref"), str):
                    leads = self.target(uri, fields.pop("$ref"))
                    node["properties"] = {**({} if leads is None else leads.value), **fields}
                pending += node.values()
            elif isinstance(node, list):
                pending += node

    def target(self, uri: str, reference: str) -> Node | None:
        """Where a reference leads that stands in a document; None if it leads nowhere."""
        base, fragment = urldefrag(urljoin(uri, reference))
        found: Any = self.documents.get(base)
        keys: list[str | int] = []
        for part in unquote(fragment).split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            key: Any = int(name) if isinstance(found, list) and name.isdigit() else name
            is_there = key in found if isinstance(found, dict) else isinstance(key, int)
            if not is_there or (isinstance(found, list) and key >= len(found)):
                return None
            keys.append(key)
            found = found[key]
        return None if found is None else Node(self, base, tuple(keys))

    def _load(self, uri: str) -> None:
        if uri in self.documents or not uri.startswith("file:"):
            return
        path = Path(unquote(urlsplit(uri).path))
        if not path.is_file():
            return
        content = path.read_bytes()
        is_json = path.suffix == ".json"
        try:
            read = json.loads(content) if is_json else yaml.load(content, _Loader)
        except (ValueError, yaml.YAMLError):
            return  # as if it were not there
        self.documents[uri] = _as_json(read)
        pending = [self.documents[uri]]
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                reference = node.get("$ref")
                if isinstance(reference, str) and not reference.startswith("#"):
                    self._load(urldefrag(urljoin(uri, reference)).url)
                pending += node.values()
            elif isinstance(node, list):
                pending += node

    @property
    def root(self) -> Node:
        """The file itself."""
        return Node(self, self.uri, ())

    @cached_property
    def is_old(self) -> bool:
        """Whether it is OpenAPI 3.0, whose schemas are not yet those of JSON Schema."""
        return str(self.root.value.get("openapi", "")).startswith("3.0")


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a file."""

    files: Files
    uri: str
    keys: tuple[str | int, ...]

    @property
    def value(self) -> Any:
        """What stands there."""
        found = self.files.documents[self.uri]
        for key in self.keys:
            found = found[key]
        return found

    @property
    def pointer(self) -> str:
        """Where it is, as a reference."""
        keys = (
            quote(str(key).replace("~", "~0").replace("/", "~1"), safe="~") for key in self.keys
        )
        return f"{self.uri}#{''.join(f'/{key}' for key in keys)}"

    def at(self, *keys: str | int) -> Node:
        """A place inside it, where references on the way are followed, and one at the end is not."""
        found = self
        for key in keys:
            followed = found.followed()
            found = Node(followed.files, followed.uri, (*followed.keys, key))
        return found

    def items(self) -> Iterator[tuple[Any, Node]]:
        """What is inside it, by key or by index."""
        found = self.followed()
        value = found.value
        keys = value if isinstance(value, dict) else range(len(value or ()))
        for key in keys:
            yield key, Node(found.files, found.uri, (*found.keys, key))

    def inside(self) -> list[Node]:
        """What is in a list."""
        return [node for _, node in self.items()]

    def get(self, key: str, default: Any = None) -> Any:
        """A value inside it."""
        value = self.followed().value
        return value.get(key, default) if isinstance(value, dict) else default

    @property
    def reference(self) -> Node | None:
        """Where the reference leads that stands here, if one does."""
        value = self.value
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            return None
        return self.files.target(self.uri, reference)

    def followed(self) -> Node:
        """What stands here, or where its reference leads."""
        found = self
        while (leads := found.reference) is not None:
            found = leads
        return found

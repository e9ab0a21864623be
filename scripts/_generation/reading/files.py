"""Take what a spec refers to in files beside it into the document, so that all references are local."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from scripts._generation.findings import SpecError
from scripts._generation.reading.anchors import pointer_of, with_anchors
from scripts._generation.reading.documents import parse, text_of
from scripts._generation.reading.parts import with_parts

FILES = "x-files"
"""The key of the document that has the other files, by their paths as seen from its folder."""


def with_files(
    document: dict[str, Any], path: Path, told: list[str] | None = None
) -> dict[str, Any]:
    """The document with all files that it refers to, below ``x-files``; itself if there are none.

    References to a file that cannot be read, by an absolute path, and to the network are left as they are.

    Args:
        document: as it was read.
        path: of its file.
        told: takes what is wrong with the other files, each with file and line.
    """
    told = [] if told is None else told
    folder, own = path.resolve().parent, path.resolve()
    files: dict[str, Any] = {}
    contents: dict[str, Any] = {}
    unreadable: set[Path] = set()

    def rewritten(node: Any, base: Path) -> Any:
        if isinstance(node, list):
            return [rewritten(each, base) for each in node]
        if not isinstance(node, dict):
            return node
        made = {key: rewritten(value, base) for key, value in node.items()}
        reference = node.get("$ref")
        if isinstance(reference, str):
            made["$ref"] = local(reference, base)
        mapping = node.get("mapping")
        if isinstance(mapping, dict) and "propertyName" in node:
            made["mapping"] = {
                key: local(value, base) if isinstance(value, str) and "/" in value else value
                for key, value in mapping.items()
            }
        return made

    def local(reference: str, base: Path) -> str:
        name, _, fragment = reference.partition("#")
        if "://" in name or (not name and base == own):
            return reference
        try:
            other = (base.parent / unquote(name)).resolve() if name else base
        except ValueError:  # of a name that no file can have
            return reference
        if other == own:
            return f"#{fragment}"
        if Path(unquote(name)).is_absolute():
            return reference
        key = Path(os.path.relpath(other, folder)).as_posix()
        if key not in files:
            if other in unreadable:
                return reference
            repeated: list[str] = []
            try:
                contents[key] = _named(parse(text_of(other), other, repeated))
            except SpecError as error:
                unreadable.add(other)
                if other.exists():  # what is not there is told where it is referred to
                    told.append(f"{error}: what refers to it cannot be read")
                return reference
            told.extend(f"{each}: the last one counts" for each in repeated)
            files[key] = {}
            files[key] = rewritten(contents[key], other)
        pointer = key.replace("~", "~0").replace("/", "~1")
        if fragment and not fragment.startswith("/"):
            fragment = pointer_of(contents[key], fragment) or f"/{fragment}"
        return f"#/{FILES}/{pointer}{fragment.rstrip('/')}"

    document = with_anchors(document)
    made: dict[str, Any] = rewritten(document, own)
    return with_parts({**made, FILES: files} if files else document)


def _named(content: Any) -> Any:
    return with_anchors(content) if isinstance(content, dict) else content

"""What is sent and received as a body: of the media types that are stated the one that is used, and how."""

from __future__ import annotations

from typing import Any, NamedTuple

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
BYTES = "application/octet-stream"
WITHOUT_BODY = ("204", "205")
"""Statuses whose responses have none (RFC 9110, section 15.3), whatever a file says."""


class Content(NamedTuple):
    """One media type of a body."""

    media_type: str
    """As it is stated, and as a request states it."""
    kind: str
    """``json``, ``form``, ``files``, ``text`` or ``bytes``."""
    schema: Any
    encoding: dict[str, Any]
    """How fields of a form are written, where that is stated."""


def chosen(body: dict[str, Any]) -> Content | None:
    """The media type of a body that is used: JSON where there is a choice, or else the first that is one; None if there is none."""
    stated = body.get("content")
    if not isinstance(stated, dict) or not stated:
        return None
    ranked = sorted(stated, key=lambda name: (_rank(name), list(stated).index(name)))
    name = ranked[0]
    media = stated[name]
    media = media if isinstance(media, dict) else {}
    encoding = media.get("encoding")
    if bare(name) in ("*/*", "application/*"):
        name = JSON  # some frameworks write that into their files
    kind = kind_of_media(name)
    return Content(
        name, kind, media.get("schema", {}), encoding if isinstance(encoding, dict) else {}
    )


def kind_of_media(name: str) -> str:
    """How a body of a media type is sent or read."""
    plain = bare(name)
    if plain in (JSON, "text/json", "*/*", "application/*") or plain.endswith("+json"):
        return "json"
    if plain == FORM:
        return "form"
    if plain == FILES:
        return "files"
    return "text" if plain.startswith("text/") else "bytes"


def bare(name: str) -> str:
    """A media type without parameters, in lower case."""
    return name.partition(";")[0].strip().lower()


def _rank(name: str) -> int:
    plain = bare(name)
    if plain == JSON:
        return 0
    if kind_of_media(name) == "json":
        return 1
    return 3 if "*" in plain else 2

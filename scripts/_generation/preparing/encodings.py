"""How the fields of a form are written, where the encoding of its media type says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scripts._generation.findings import Place
from scripts._generation.preparing.contents import Content, kind_of_media
from scripts._generation.preparing.styles import Unsendable

_SEPARATED = {"form": "commas", "pipeDelimited": "pipes", "spaceDelimited": "spaces"}
_OF_STYLES = ("style", "explode", "allowReserved")
"""Where one of these is stated, the media type of a field does not count (OpenAPI 3.1, Encoding Object)."""


def styles_of(content: Content, place: Place) -> dict[str, str]:
    """How lists and objects are written in a form, by their fields, where it is not as usual.

    ``deep`` is for ``field[name]``, ``fields`` for the fields of an object as those of the form, ``json`` for a list that is
    JSON, and ``commas``, ``pipes`` and ``spaces`` for one value.

    Raises:
        Unsendable: a style that OpenAPI has no form for.
    """
    made: dict[str, str] = {}
    for name, each in _encodings(content):
        style = each.get("style", "form")
        explode = each.get("explode", style == "form")
        if not any(key in each for key in _OF_STYLES):
            if kind_of_media(_media_type(each)) == "json":
                made[name] = "json"
        elif style == "deepObject":
            made[name] = "deep"
        elif (
            style not in _SEPARATED
            or not isinstance(explode, bool)
            or (explode and style != "form")
        ):
            reason = f"the field {name!r} of its form is written in a style that is not sent"
            raise Unsendable(reason, place)
        else:
            made[name] = "fields" if explode else _SEPARATED[style]
    return made


def media_types_of(content: Content) -> dict[str, str]:
    """The media types of parts of a form with files, by their fields, where there is one; of several a file says it."""
    stated = {name: _media_type(each) for name, each in _encodings(content)}
    return {
        name: media for name, media in stated.items() if re.fullmatch(r"[^\s,*]+/[^,*]+", media)
    }


def _encodings(content: Content) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, each in content.encoding.items():
        if isinstance(each, dict):
            yield name, each


def _media_type(encoding: dict[str, Any]) -> str:
    stated = encoding.get("contentType")
    return stated.strip() if isinstance(stated, str) else ""

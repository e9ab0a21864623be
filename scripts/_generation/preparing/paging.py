"""How a listing is paged: as its operation states in ``x-paging``, or as its parameters and fields tell."""

from __future__ import annotations

from typing import Any, NamedTuple

from openapi_python_client.strings import ClassName

from scripts._generation.findings import Place, SpecError
from scripts._generation.preparing.names import FIELD_PREFIX, field_name, python_name
from scripts._generation.reading.bundle import resolve


class _Style(NamedTuple):
    """The keys of ``x-paging`` in one style; all but the maximum name something of the API."""

    cursor: str
    size: str
    end: str
    """A field of a page: the total, or the token of the next page."""
    maximum: str
    known: dict[str, Any]
    """What the API's own listings state."""
    others: tuple[str, ...] = ("first",)
    """What a stated paging may have beside these."""

    @property
    def needed(self) -> set[str]:
        """What a stated paging has in any case."""
        return {"style", self.cursor, self.size, self.maximum}

    @property
    def keys(self) -> set[str]:
        """What a stated paging may have."""
        return {"style", *self.known, *self.others}


_STYLES = {
    "page": _Style(
        "page", "size", "total", "max_size",
        {"items": "results", "page": "page", "size": "size", "total": "total", "max_size": 100},
    ),
    "token": _Style(
        "token", "limit", "next", "max_limit",
        {
            "items": "results",
            "token": "paginationToken",
            "next": "more",
            "limit": "limit",
            "max_limit": 100,
        },
        ("last", "more"),
    ),
    "index": _Style(
        "index", "count", "total", "max_count",
        {
            "items": "Resources",
            "index": "startIndex",
            "count": "count",
            "total": "totalResults",
            "max_count": 100,
        },
    ),
}  # fmt: skip

_LARGEST_PAGE = 1000
_NUMBERS_BEFORE = ("offset", "skip")
"""Parameters that count the items before a page."""
ARRAY = "x-array"
"""The mark of a page that is made of a response without any fields around its items."""
ITEMS = "items"
"""The field of such a page."""
STATED = "x-stated"
"""The key of a parameter with what it begins at: its default is left to the server, and in no schema that is generated from."""


def paging(
    document: dict[str, Any],
    name: str,
    operation: dict[str, Any],
    page: dict[str, Any],
    place: Place,
) -> dict[str, Any] | None:
    """What the templates need to know of a listing, whose page is marked as one; None if the operation is none.

    Args:
        document: the spec.
        name: method and path, for errors.
        operation: with its ``parameters`` as arguments.
        page: the schema of its answer.
        place: of the operation in the document.
    """
    parameters = {each["name"]: each for each in operation["parameters"] if each["in"] == "query"}
    fields = page.get("properties", {})
    is_stated = "x-paging" in operation
    stated = (
        operation["x-paging"]
        if is_stated
        else _recognised(document, operation["parameters"], fields)
    )
    if stated is None or (not is_stated and place[-1] != "get"):
        return None
    if is_stated and place[-1] != "get":
        raise SpecError(f"{name}: x-paging: only GET has pages that can be asked for again", place)
    if is_stated:
        stated = {**stated, "items": ITEMS} if page.get(ARRAY) else stated
        _check(name, stated, parameters.keys(), fields.keys(), (*place, "x-paging"))
    style = _STYLES[stated["style"]]
    items = resolve(document, fields[stated["items"]]).get("items", {})
    if "$ref" not in items or resolve(document, items).get("type") != "object":
        if not is_stated:
            return None
        raise SpecError(f"{name}: a listing needs items that are a named schema", place)
    item = ClassName(items["$ref"].rsplit("/", 1)[1], FIELD_PREFIX)
    cursor = parameters[stated[style.cursor]]
    if "last" in stated:
        _check_last(document, name, stated["last"], items, cursor, place)
    alone = operation.get("x-item-alone", [])
    told = {
        key: field_name(stated[key], of_a_page=key != "last")
        for key in (style.end, "last", "more")
        if key in stated
    }
    facts = {
        "style": stated["style"],
        "items": field_name(stated["items"], of_a_page=True),
        "size": python_name(stated[style.size]),
        "max_size": stated[style.maximum],
        "cursor": python_name(stated[style.cursor]),
        **told,
        "items_key": stated["items"],
        "cursor_key": stated[style.cursor],
        **({f"{end}_key": stated[end]} if (end := style.end) in stated else {}),
        "fields": list(fields),
        "item_fields": [] if alone else _known_fields(resolve(document, items)),
        "alone": alone,
        "missing_is_empty": operation.get("x-missing-is-empty", False),
    }
    first = _first(cursor, stated)
    if first is not None:
        facts["first"] = first
    page["x-page"] = {"item": item, "items": facts["items"]}
    return {"paging": facts, "item": item, "item_module": python_name(item)}


def _known_fields(item: dict[str, Any]) -> list[str]:
    """The fields of which an item has at least one; none where one is required, and missed in any case."""
    fields: dict[str, Any] = item.get("properties", {})
    required = [name for name in item.get("required", ()) if "default" not in fields.get(name, {})]
    return [] if required else list(fields)


def _check(name: str, stated: Any, parameters: Any, fields: Any, place: Place) -> None:
    style = _STYLES.get(str(stated.get("style"))) if isinstance(stated, dict) else None
    if style is None:
        raise SpecError(f"{name}: x-paging needs a style: {', '.join(_STYLES)}", place)
    needed = style.needed | {"items"}
    missing, strange = sorted(needed - stated.keys()), sorted(stated.keys() - style.keys)
    if missing or strange:
        raise SpecError(
            f"{name}: x-paging of the style {stated['style']} "
            f"{'lacks' if missing else 'knows no'} {', '.join(missing or strange)}: it has the keys "
            f"{', '.join(sorted(needed))}, and may have {', '.join(sorted(style.keys - needed))}",
            place,
        )
    if "last" in style.others and (style.end in stated) == ("last" in stated):
        raise SpecError(
            f"{name}: x-paging: a page has its token in {style.end}, a field of the page before, or in last, "
            "a field of the last item on it: one of both is needed",
            place,
        )
    for key in (style.cursor, style.size):
        if stated[key] not in parameters:
            raise SpecError(f"{name}: x-paging: there is no query parameter {stated[key]!r}", place)
    for key in ("items", style.end, "more"):
        if key in stated and stated[key] not in fields:
            raise SpecError(f"{name}: x-paging: a page has no field {stated[key]!r}", place)
    if stated.get("first", 0) not in (0, 1) or isinstance(stated.get("first"), bool):
        raise SpecError(f"{name}: x-paging: first must be 0 or 1", place)
    maximum = stated[style.maximum]
    if isinstance(maximum, bool) or not isinstance(maximum, int) or maximum < 1:
        raise SpecError(f"{name}: x-paging: {style.maximum} must be a number from 1 on", place)


def _check_last(
    document: dict[str, Any], name: str, last: str, item: Any, cursor: Any, place: Place
) -> None:
    """Refuse a last item that cannot tell the next page."""
    fields = resolve(document, item).get("properties", {})
    if last not in fields:
        raise SpecError(f"{name}: x-paging: an item has no field {last!r}", place)
    if _moment(document, fields[last]) != _moment(document, cursor.get("schema", {})):
        raise SpecError(
            f"{name}: x-paging: the field {last!r} and the parameter {cursor['name']!r} need one format, date or date-time",
            place,
        )


def _moment(document: dict[str, Any], schema: Any) -> str | None:
    """The format of a date or a moment, which are no strings in Python."""
    found = resolve(document, schema).get("format")
    return found if found in ("date", "date-time") else None


def _recognised(
    document: dict[str, Any], parameters: list[dict[str, Any]], fields: dict[str, Any]
) -> dict[str, Any] | None:
    """The API's three paging styles, known by their names, for a spec without ``x-paging``.

    The items may have any name where they are the only list of a named schema.
    """
    sent = {each["name"]: each for each in parameters if each["in"] == "query"}
    for name, style in _STYLES.items():
        known = style.known
        is_asked_for = {known[style.cursor], known[style.size]} <= sent.keys()
        items = known["items"] if known["items"] in fields else _only_list(document, fields)
        if is_asked_for and known[style.end] in fields and items is not None:
            size = resolve(document, sent[known[style.size]].get("schema", {}))
            return {
                "style": name,
                **known,
                "items": items,
                style.maximum: _largest(size, known[style.maximum]),
            }
    return None


def _first(cursor: dict[str, Any], stated: dict[str, Any]) -> int | None:
    """What a cursor is of the first page; None if as usual: 0 of a page, 1 of an index, a token not at all.

    That is what the paging states, or the default, or of a page the minimum, where that is 0 or 1. An index of 0 is one that
    servers take for 1 (RFC 7644, section 3.4.2.4), unless it is the default, or the name tells how many come before.
    """
    if stated["style"] == "token":
        return None
    is_page = stated["style"] == "page"
    usual = 0 if is_page else 1
    known = cursor.get(STATED, {})
    least = known.get("minimum")
    above = known.get("exclusiveMinimum")  # of OpenAPI 3.0 a boolean
    if above is True or (above == 0 and above is not False):
        least = 1
    told = [stated.get("first"), known.get("default"), least if is_page else None]
    for found in told:
        if found in (0, 1) and not (found == 0 and least == 1):
            return None if found == usual else int(found)
    return 0 if cursor["name"].lower() in _NUMBERS_BEFORE else None


def _only_list(document: dict[str, Any], fields: dict[str, Any]) -> str | None:
    found = [
        name
        for name, field in fields.items()
        if "$ref" in (resolve(document, field).get("items") or {})
    ]
    return found[0] if len(found) == 1 else None


def _largest(size: dict[str, Any], usual: int) -> int:
    """The largest page that may be asked for; a bound of thousands is none of pages."""
    maximum = size.get("maximum")
    if isinstance(maximum, int) and 1 <= maximum <= _LARGEST_PAGE:
        return maximum
    return usual

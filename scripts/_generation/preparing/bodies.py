"""The bodies of an operation, of its request and of its successful responses, as the generator sees them."""

from __future__ import annotations

import re
from typing import Any

from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.preparing.contents import (
    BYTES,
    FILES,
    FORM,
    JSON,
    WITHOUT_BODY,
    Content,
    bare,
    chosen,
)
from scripts._generation.preparing.encodings import media_types_of, styles_of
from scripts._generation.preparing.kinds import kind_of
from scripts._generation.preparing.merging import merged
from scripts._generation.preparing.paging import ARRAY, ITEMS
from scripts._generation.preparing.routes import Route
from scripts._generation.preparing.schemas import Schemas
from scripts._generation.preparing.shapes import is_deprecated
from scripts._generation.preparing.styles import NO_FORM, Styles, Unsendable
from scripts._generation.preparing.uses import Uses
from scripts._generation.reading.bundle import NowhereError, resolve


class Bodies:
    """The bodies of the operations of one document."""

    def __init__(self, document: dict[str, Any], schemas: Schemas, findings: Findings) -> None:
        self._document = document
        self._schemas = schemas
        self._styles = Styles(document, schemas)
        self._findings = findings

    def note_uses(self, route: Route, uses: Uses) -> None:
        """Note where its schemas are used; references that lead nowhere are told elsewhere."""
        own = route.operation.get("parameters")
        uses.ask([route.shared, own])
        try:
            body = resolve(self._document, route.operation.get("requestBody"))
            content = chosen(body) if isinstance(body, dict) else None
        except NowhereError:
            content = None
        if content is not None:
            uses.send(content.schema, in_form=content.kind == "files")
        responses = route.operation.get("responses")
        for response in responses.values() if isinstance(responses, dict) else ():
            try:
                found = resolve(self._document, response)
            except NowhereError:
                continue
            content = chosen(found) if isinstance(found, dict) else None
            if content is not None:
                uses.receive(content.schema)

    def request(self, route: Route) -> tuple[dict[str, Any], dict[str, Any]] | None:
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
        how: dict[str, Any] = {"kind": content.kind, "media_type": content.media_type}
        how["deprecated"] = self._deprecated(content.schema)
        place = self._schemas.place_of(body)
        if content.kind == "form":
            how["styles"] = styles_of(content, place)
            self._tell_lists(route, content, how["styles"], place)
        elif content.kind == "files":
            how["types"] = media_types_of(content)
            self._check_parts(content, place)
        return made, how

    def _deprecated(self, schema: Any) -> list[str]:
        """The fields of a body that are not to be given any more."""
        try:
            fields = merged(self._document, schema).get("properties") if schema else {}
        except NowhereError:  # told where the schema is read
            return []
        return [name for name, each in (fields or {}).items() if is_deprecated(each)]

    def _check_parts(self, content: Content, place: Place) -> None:
        """Refuse a form with files one of whose fields has a style of its own, which OpenAPI 3.0 says to ignore."""
        if str(self._document.get("openapi")).startswith("3.0"):
            return
        for name, each in content.encoding.items():
            if isinstance(each, dict) and each.get("style", "form") != "form":
                raise Unsendable(
                    f"the part {name!r} of its form has a style, which is not sent", place
                )

    def _tell_lists(
        self, route: Route, content: Content, styles: dict[str, str], place: Place
    ) -> None:
        """Tell what of a form cannot be sent, as it is a list of the style deepObject.

        Raises:
            Unsendable: it must be given.
        """
        deep = [name for name, style in styles.items() if style == "deep"]
        try:
            lists = self._lists_of(content.schema, deep, place)
        except NowhereError:  # told where the schema is read
            return
        if lists:
            reason = f"fields of its form may be lists: {NO_FORM}: {', '.join(lists)}"
            self._findings.add(Finding(reason, place, route.request))

    def _lists_of(self, schema: Any, deep: list[str], place: Place) -> dict[str, None]:
        """The names of all lists in these fields of a form."""
        form = self._styles.plain(schema) if deep else {}
        fields, needed = form.get("properties"), form.get("required")
        stated = fields if isinstance(fields, dict) else {}
        lists: dict[str, None] = {}
        for name in deep:
            if name not in stated:
                continue
            is_needed = isinstance(needed, list) and name in needed
            if is_needed and kind_of(self._document, stated[name]) == "array":
                raise Unsendable(f"the field {name!r} of its form must be given: {NO_FORM}", place)
            lists |= dict.fromkeys(self._styles.lists_in(stated[name], name))
        return lists

    def _sent(self, content: Content, place: Place) -> dict[str, Any]:
        if content.kind == "json":
            return self._schemas.of(content.schema)
        if content.kind in ("form", "files"):
            make = self._schemas.of_form if content.kind == "files" else self._schemas.of
            schema = make(content.schema)
            if content.kind == "files" and not self._schemas.is_of("object", content.schema):
                raise Unsendable("its body is a form whose fields are not stated", place)
            return schema
        if "*" in content.media_type:
            raise Unsendable(f"its body is {content.media_type}, which is no one media type", place)
        if content.media_type.startswith("multipart/"):
            raise Unsendable(f"its body is {content.media_type}, which is not sent", place)
        return {"type": "string"}

    def responses(self, route: Route) -> dict[str, Any]:
        """The successful responses, or what is given where none is documented: whatever comes, as bytes."""
        stated = route.operation.get("responses")
        stated = stated if isinstance(stated, dict) else {}
        found = {
            str(status).upper(): each
            for status, each in stated.items()
            if re.fullmatch("2([0-9][0-9]|XX)", str(status), re.IGNORECASE)
        }
        if (
            not found
            and "default" in stated
            and not any(str(each).startswith(("1", "3")) for each in stated)
        ):
            found = {"200": stated["default"]}  # beside errors only, it is what a success has
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
            if content is None or route.method == "head" or status in WITHOUT_BODY:
                continue
            if content.kind == "json":
                media = bare(content.media_type)
                media = media if media.startswith("application/") else JSON
                schema = self._received(route, content)
            else:
                media = bare(content.media_type) if content.kind == "text" else BYTES
                schema = {"type": "string"}
            made[status]["content"] = {media: {"schema": schema}}
        if not made:
            made["200"] = {"description": "", "content": {BYTES: {"schema": {"type": "string"}}}}
        return made

    def _received(self, route: Route, content: Content) -> dict[str, Any]:
        """The schema of a response; an array that is said to be a page becomes one."""
        schema = self._schemas.of(content.schema)
        paging = route.operation.get("x-paging")
        is_bare = isinstance(paging, dict) and "items" not in paging
        if is_bare and self._schemas.is_of("array", content.schema):
            return {"type": "object", "properties": {ITEMS: schema}, ARRAY: True}
        return schema

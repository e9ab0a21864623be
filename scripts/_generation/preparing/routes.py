"""The operations of a document, with what their paths say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.reading.bundle import METHODS, NowhereError, resolve


class Route(NamedTuple):
    """One operation, as it was read."""

    path: str
    method: str
    operation: dict[str, Any]
    shared: list[Any]
    """The parameters of its path."""
    servers: tuple[str, ...]
    """Its own, or those of its path; empty where it has none."""
    place: Place

    @property
    def request(self) -> str:
        """Method and path."""
        return f"{self.method.upper()} {self.path}"


def routes(
    document: dict[str, Any], places: dict[int, Place], findings: Findings
) -> Iterator[Route]:
    """All operations of a document, wherever their paths and they themselves are referred from.

    Args:
        document: as it was read.
        places: where each object of it stands.
        findings: what is told of paths and operations that are none.
    """

    def tell(reason: str, request: str, place: Place, *, leaves_out: bool = False) -> None:
        findings.add(Finding(reason, place, request, leaves_out))

    paths = document.get("paths")
    for path, stated in paths.items() if isinstance(paths, dict) else ():
        place: Place = ("paths", path)
        if path.startswith("x-"):
            continue
        try:
            item = resolve(document, stated)
        except NowhereError as error:
            tell(f"{error}: its operations are left out", path, place)
            continue
        if not isinstance(item, dict):
            tell("it has no operations in a form that OpenAPI knows", path, place)
            continue
        shared = item.get("parameters")
        parameters = shared if isinstance(shared, list) else []
        for method in (each for each in METHODS if each in item):
            request = f"{method.upper()} {path}"
            here = places.get(id(item[method]), (*place, method))
            try:
                operation = resolve(document, item[method])
            except NowhereError as error:
                tell(str(error), request, here, leaves_out=True)
                continue
            if isinstance(operation, dict):
                servers = servers_of(operation) or servers_of(item)
                yield Route(path, method, operation, parameters, servers, here)
            else:
                tell("it is no object", request, here, leaves_out=True)


def parts_of(path: str) -> tuple[str, str, str]:
    """What of a path is its path, its query and its fragment; a parameter of it may be called anything."""
    before, _, fragment = _parted("#", path)
    path, _, query = _parted(r"\?", before)
    return path, query, fragment


def _parted(mark: str, text: str) -> tuple[str, str, str]:
    found = re.search(rf"{mark}(?![^{{}}]*\}})", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def servers_of(stated: dict[str, Any]) -> tuple[str, ...]:
    """The URLs of the servers of a document, of a path or of an operation."""
    servers = stated.get("servers")
    listed = servers if isinstance(servers, list) else []
    urls = [each.get("url") for each in listed if isinstance(each, dict)]
    return tuple(url.rstrip("/") for url in urls if isinstance(url, str))

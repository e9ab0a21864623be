"""Methods and modules of operations, each of which no other one has.

A name is made of the words of its operation alone. One that several would have is nobody's: all of these have a longer
one, whichever comes first in the file, so that a name never comes to mean another operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from scripts._generation.findings import Finding, Findings
from scripts._generation.preparing.names import full_name, id_of, name_of, python_name, shortened
from scripts._generation.preparing.routes import Route


@dataclass
class _Named:
    """An operation, and the names that it may have, the best first.

    Attributes:
        is_stated: whether the first one is what the file says of methods, which no name that is made stands above.
    """

    route: Route
    operation: dict[str, Any]
    facts: dict[str, Any]
    methods: list[str]
    modules: list[str]
    is_stated: bool


class OperationNames:
    """The names of the operations of one document."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._all: list[_Named] = []

    def add(self, route: Route, operation: dict[str, Any], facts: dict[str, Any]) -> None:
        """Take an operation, which ``give`` names."""
        stated = {**route.operation, **operation}
        if "x-method" not in operation:  # which may have been of no form that a name has
            stated.pop("x-method", None)
        group, name = name_of(stated, route.method, route.path)
        ids = [id_of(route.operation, route.method, route.path), *_by_path(route)]
        methods = [f"{group}.{each}" for each in (name, *map(full_name, ids))]
        modules = [f"{group}/{python_name(each)}" for each in ids]
        self._all.append(_Named(route, operation, facts, methods, modules, "x-method" in operation))

    def give(self) -> None:
        """Give each operation a method, in its facts, and a module, after its ``operationId``."""
        stated = [each.methods[0] for each in self._all if each.is_stated]
        fixed = {name for name in stated if stated.count(name) == 1}
        methods = _chosen(
            [each.methods for each in self._all], [each.is_stated for each in self._all], fixed
        )
        modules = _chosen([each.modules for each in self._all], [False] * len(self._all), set())
        wanted: dict[str, list[str]] = {}
        for each in self._all:
            wanted.setdefault(each.methods[0], []).append(each.route.request)
        for each, method, module in zip(self._all, methods, modules, strict=True):
            if module != each.modules[0]:
                each.operation["operationId"] = module.partition("/")[2]
            else:
                each.operation["operationId"] = id_of(
                    each.route.operation, each.route.method, each.route.path
                )
            each.facts |= {"id": method, "method_name": method.partition(".")[2]}
            if method != each.methods[0]:
                self._tell(each, method, wanted[each.methods[0]])

    def _tell(self, named: _Named, method: str, requests: list[str]) -> None:
        route = named.route
        others = ", ".join(sorted(each for each in requests if each != route.request))
        reason = f"its method is client.{method}: client.{named.methods[0]} would be {others or 'another one'} as well"
        self._findings.add(Finding(reason, route.place, route.request, is_note=True))


def _by_path(route: Route) -> Iterator[str]:
    """Method and path as names: in short, with all words, and with what no other operation has."""
    short = id_of({}, route.method, route.path)
    yield short
    spelled = re.sub(r"\{([^{}]*)\}", r"by_\1", route.path)
    yield shortened(re.sub(r"\W+", "_", f"{route.method}{spelled}").strip("_"))
    yield f"{short}_{sha256(route.request.encode(errors='backslashreplace')).hexdigest()[:6]}"


def _chosen(candidates: list[list[str]], are_stated: list[bool], fixed: set[str]) -> list[str]:
    """One name for each operation, the first of its own that is nobody else's.

    Args:
        candidates: the names that each may have, the best first.
        are_stated: whether the best one is stated.
        fixed: stated names that only one has, which it keeps.
    """
    levels = [0] * len(candidates)
    contested: set[str] = set(fixed)
    while True:
        owners: dict[str, list[int]] = {}
        for index, (names, level) in enumerate(zip(candidates, levels, strict=True)):
            owners.setdefault(names[level], []).append(index)
        contested |= {name for name, found in owners.items() if len(found) > 1}
        again = False
        for name, found in owners.items():
            for index in found if name in contested else ():
                keeps = are_stated[index] and levels[index] == 0 and name in fixed
                if not keeps and levels[index] + 1 < len(candidates[index]):
                    levels[index] += 1
                    again = True
        if not again:
            return [names[level] for names, level in zip(candidates, levels, strict=True)]

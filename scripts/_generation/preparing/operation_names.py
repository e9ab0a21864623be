"""Methods and modules of operations, each of which no other one has."""

from __future__ import annotations

from typing import Any

from scripts._generation.findings import Finding, Findings
from scripts._generation.preparing.names import full_name, id_of, name_of, python_name
from scripts._generation.preparing.routes import Route


class OperationNames:
    """The names of the operations of one document; of two that would have one, the first keeps it."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._methods: dict[str, str] = {}
        self._modules: dict[str, str] = {}

    def name(self, route: Route, operation: dict[str, Any], facts: dict[str, Any]) -> None:
        """Give an operation a method, in its facts, and a module, after its ``operationId``."""
        stated = {**route.operation, **operation}
        if "x-method" not in operation:  # which may have been of no form that a name has
            stated.pop("x-method", None)
        group, name = name_of(stated, route.method, route.path)
        operation_id = id_of(route.operation, route.method, route.path)
        by_path = id_of({}, route.method, route.path)
        wanted = [f"{group}.{each}" for each in (name, full_name(operation_id), full_name(by_path))]
        taken = _free(wanted, self._methods, route.request)
        if taken != wanted[0]:
            other = self._methods[wanted[0]]
            reason = f"its method is client.{taken}: {other} is client.{wanted[0]}"
            self._findings.add(Finding(reason, route.place, route.request, is_note=True))
        ids = [f"{group}/{python_name(each)}" for each in (operation_id, by_path)]
        module = _free(ids, self._modules, route.request)
        operation["operationId"] = operation_id if module == ids[0] else module.partition("/")[2]
        facts |= {"id": taken, "method_name": taken.partition(".")[2]}


def _free(wanted: list[str], taken: dict[str, str], owner: str) -> str:
    """The first name that is free, or the last one with a number; it is taken."""
    for each in wanted:
        if each not in taken:
            taken[each] = owner
            return each
    number = 2
    while f"{wanted[-1]}_{number}" in taken:
        number += 1
    taken[f"{wanted[-1]}_{number}"] = owner
    return f"{wanted[-1]}_{number}"

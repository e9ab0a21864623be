"""docs/errors.md tells how values of another type are read; each cell of its table is read here."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from matillion_api.errors import Unreadable
from matillion_api.models import (
    ConsumptionItem,
    PipelineExecution,
    PipelineExecutionStep,
    ProjectPage,
    Schedule,
    UploadedArtifact,
)
from matillion_api.types import UNSET

PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"
FIELDS: dict[str, tuple[Any, str, str]] = {
    "string": (PipelineExecution, "message", "message"),
    "integer": (ProjectPage, "total", "total"),
    "number": (ConsumptionItem, "credits", "credits_"),
    "boolean": (Schedule, "scheduleEnabled", "schedule_enabled"),
    "moment": (PipelineExecution, "startedAt", "started_at"),
    "value of an enum": (PipelineExecution, "status", "status"),
    "object": (PipelineExecutionStep, "result", "result"),
    "list": (UploadedArtifact, "ignoredResources", "ignored_resources"),
}
"""A model, a field of it, and its attribute, by what it is declared as."""
OTHERS: dict[Any, dict[str, Any]] = {ProjectPage: {"results": []}, Schedule: {"scheduleId": "s"}}


def _rows() -> list[tuple[str, str, str]]:
    """What is declared, what comes, and what it is then, one value each."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[0] in FIELDS:
            values = re.findall("`([^`]+)`", cells[1])
            outcomes = re.findall("`([^`]+)`", cells[2]) or [cells[2]] * len(values)
            found += [(cells[0], value, then) for value, then in zip(values, outcomes, strict=True)]
    return found


def test_every_kind_is_in_the_table() -> None:
    """None is forgotten."""
    assert FIELDS.keys() == {kind for kind, _, _ in _rows()}


@pytest.mark.parametrize(("kind", "value", "then"), _rows())
def test_a_value_is_read_as_the_table_says(kind: str, value: str, then: str) -> None:
    """Converted, as it is, not given, or an error."""
    model, field, attribute = FIELDS[kind]
    sent = json.loads(value)
    answer = {**OTHERS.get(model, {}), field: sent}
    if then == "error":
        with pytest.raises(Unreadable, match=field):
            model.from_dict(answer)
        return
    found = getattr(model.from_dict(answer), attribute)
    if then == "not given":
        assert found in (None, UNSET)
        return
    expected = sent if then == "as it is" else json.loads(then)
    if isinstance(found, datetime):
        found = found.isoformat()
    assert (expected, isinstance(expected, bool)) == (found, isinstance(found, bool))

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.pipeline_execution_status import PipelineExecutionStatus
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PipelineExecutionStepResult(_Model):
    """The outcome of a step.

    Attributes:
        status (PipelineExecutionStatus | Unset): Where an execution is. It is over at `SUCCESS`, `FAILED`, `CANCELLED`,
            `SKIPPED` and `FORBIDDEN`. Other values may be added.
        started_at (datetime.datetime | None | Unset): When it started.
        finished_at (datetime.datetime | None | Unset): When it ended.
        message (None | str | Unset): What the step has to say of its outcome.
    """

    status: PipelineExecutionStatus | Unset = UNSET
    started_at: datetime.datetime | None | Unset = UNSET
    finished_at: datetime.datetime | None | Unset = UNSET
    message: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        started_at: None | str | Unset
        if isinstance(self.started_at, Unset):
            started_at = UNSET
        elif isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        finished_at: None | str | Unset
        if isinstance(self.finished_at, Unset):
            finished_at = UNSET
        elif isinstance(self.finished_at, datetime.datetime):
            finished_at = self.finished_at.isoformat()
        else:
            finished_at = self.finished_at

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if status is not UNSET:
            field_dict["status"] = status
        if started_at is not UNSET:
            field_dict["startedAt"] = started_at
        if finished_at is not UNSET:
            field_dict["finishedAt"] = finished_at
        if message is not UNSET:
            field_dict["message"] = message

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        status: Any = d.pop("status", UNSET)
        if status is None:
            status = UNSET
        elif status is not UNSET:
            status = reading.as_member(PipelineExecutionStatus, status, "status")

        started_at: Any = d.pop("startedAt", UNSET)
        if started_at is not UNSET and started_at is not None:
            started_at = reading.as_moment(started_at, "startedAt")

        finished_at: Any = d.pop("finishedAt", UNSET)
        if finished_at is not UNSET and finished_at is not None:
            finished_at = reading.as_moment(finished_at, "finishedAt")

        message: Any = d.pop("message", UNSET)
        if type(message) is not str and message is not UNSET and message is not None:
            message = reading.as_text(message)

        pipeline_execution_step_result = cls(
            status,
            started_at,
            finished_at,
            message,
        )

        pipeline_execution_step_result.extra = d
        return pipeline_execution_step_result

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.pipeline_execution_status import PipelineExecutionStatus
from ..models.pipeline_execution_trigger import PipelineExecutionTrigger
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PipelineExecution(_Model):
    """An execution of a pipeline.

    Attributes:
        pipeline_execution_id (str): Id of the execution (a UUID). The details may lack it, and it is empty then.
            Default: ''.
        project_id (str | Unset): Id of the project (a UUID). The details may lack it.
        environment_name (None | str | Unset): Name of the environment it runs in.
        pipeline_name (None | str | Unset): Name of the pipeline.
        pipeline_type (None | str | Unset): Kind of the pipeline, such as `ORCHESTRATION`.
        status (PipelineExecutionStatus | Unset): Where an execution is. It is over at `SUCCESS`, `FAILED`, `CANCELLED`,
            `SKIPPED` and `FORBIDDEN`. Other values may be added.
        message (None | str | Unset): What the execution has to say of its outcome.
        started_at (datetime.datetime | None | Unset): When it started.
        finished_at (datetime.datetime | None | Unset): When it ended.
        trigger (PipelineExecutionTrigger | Unset): What started an execution. Other values may be added.
        schedule_id (None | str | Unset): Id of the schedule that started it (a UUID), if one did.
        user (None | str | Unset): Who started it, if it was started in the designer or a schedule was run by hand.
    """

    pipeline_execution_id: str = ""
    project_id: str | Unset = UNSET
    environment_name: None | str | Unset = UNSET
    pipeline_name: None | str | Unset = UNSET
    pipeline_type: None | str | Unset = UNSET
    status: PipelineExecutionStatus | Unset = UNSET
    message: None | str | Unset = UNSET
    started_at: datetime.datetime | None | Unset = UNSET
    finished_at: datetime.datetime | None | Unset = UNSET
    trigger: PipelineExecutionTrigger | Unset = UNSET
    schedule_id: None | str | Unset = UNSET
    user: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        pipeline_execution_id = self.pipeline_execution_id

        project_id = self.project_id

        environment_name: None | str | Unset
        if isinstance(self.environment_name, Unset):
            environment_name = UNSET
        else:
            environment_name = self.environment_name

        pipeline_name: None | str | Unset
        if isinstance(self.pipeline_name, Unset):
            pipeline_name = UNSET
        else:
            pipeline_name = self.pipeline_name

        pipeline_type: None | str | Unset
        if isinstance(self.pipeline_type, Unset):
            pipeline_type = UNSET
        else:
            pipeline_type = self.pipeline_type

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

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

        trigger: str | Unset = UNSET
        if not isinstance(self.trigger, Unset):
            trigger = self.trigger.value

        schedule_id: None | str | Unset
        if isinstance(self.schedule_id, Unset):
            schedule_id = UNSET
        else:
            schedule_id = self.schedule_id

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "pipelineExecutionId": pipeline_execution_id,
            }
        )
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if environment_name is not UNSET:
            field_dict["environmentName"] = environment_name
        if pipeline_name is not UNSET:
            field_dict["pipelineName"] = pipeline_name
        if pipeline_type is not UNSET:
            field_dict["pipelineType"] = pipeline_type
        if status is not UNSET:
            field_dict["status"] = status
        if message is not UNSET:
            field_dict["message"] = message
        if started_at is not UNSET:
            field_dict["startedAt"] = started_at
        if finished_at is not UNSET:
            field_dict["finishedAt"] = finished_at
        if trigger is not UNSET:
            field_dict["trigger"] = trigger
        if schedule_id is not UNSET:
            field_dict["scheduleId"] = schedule_id
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        pipeline_execution_id: Any = d.pop("pipelineExecutionId", "")
        if type(pipeline_execution_id) is not str:
            pipeline_execution_id = (
                "" if pipeline_execution_id is None else reading.as_text(pipeline_execution_id)
            )

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET:
            project_id = reading.given(reading.as_text(project_id))

        environment_name: Any = d.pop("environmentName", UNSET)
        if (
            type(environment_name) is not str
            and environment_name is not UNSET
            and environment_name is not None
        ):
            environment_name = reading.as_text(environment_name)

        pipeline_name: Any = d.pop("pipelineName", UNSET)
        if (
            type(pipeline_name) is not str
            and pipeline_name is not UNSET
            and pipeline_name is not None
        ):
            pipeline_name = reading.as_text(pipeline_name)

        pipeline_type: Any = d.pop("pipelineType", UNSET)
        if (
            type(pipeline_type) is not str
            and pipeline_type is not UNSET
            and pipeline_type is not None
        ):
            pipeline_type = reading.as_text(pipeline_type)

        status: Any = d.pop("status", UNSET)
        if status is None:
            status = UNSET
        elif status is not UNSET:
            status = reading.as_member(PipelineExecutionStatus, status, "status")

        message: Any = d.pop("message", UNSET)
        if type(message) is not str and message is not UNSET and message is not None:
            message = reading.as_text(message)

        started_at: Any = d.pop("startedAt", UNSET)
        if started_at is not UNSET and started_at is not None:
            started_at = reading.as_moment(started_at, "startedAt")

        finished_at: Any = d.pop("finishedAt", UNSET)
        if finished_at is not UNSET and finished_at is not None:
            finished_at = reading.as_moment(finished_at, "finishedAt")

        trigger: Any = d.pop("trigger", UNSET)
        if trigger is None:
            trigger = UNSET
        elif trigger is not UNSET:
            trigger = reading.as_member(PipelineExecutionTrigger, trigger, "trigger")

        schedule_id: Any = d.pop("scheduleId", UNSET)
        if type(schedule_id) is not str and schedule_id is not UNSET and schedule_id is not None:
            schedule_id = reading.as_text(schedule_id)

        user: Any = d.pop("user", UNSET)
        if type(user) is not str and user is not UNSET and user is not None:
            user = reading.as_text(user)

        pipeline_execution = cls(
            pipeline_execution_id,
            project_id,
            environment_name,
            pipeline_name,
            pipeline_type,
            status,
            message,
            started_at,
            finished_at,
            trigger,
            schedule_id,
            user,
        )

        pipeline_execution.extra = d
        return pipeline_execution

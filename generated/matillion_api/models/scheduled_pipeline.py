# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.grid_variables import GridVariables
    from ..models.scalar_variables import ScalarVariables


@_attrs_define(repr=False, eq=False)
class ScheduledPipeline(_Model):
    """What a schedule starts, and where.

    Attributes:
        pipeline_name (str): Name of a published pipeline.
        environment_name (str): Name of the environment that it runs in.
        version_name (str | Unset): Artifact version to run; without it, the latest.
        agent_id (str | Unset): Id of the agent that runs it (a UUID); without it, the environment's default agent.
        scalar_variables (ScalarVariables | Unset): Values of scalar variables, by name.
        grid_variables (GridVariables | Unset): Values of grid variables, by name. A value is a list of rows, and a row
            a list of strings.
    """

    pipeline_name: str
    environment_name: str
    version_name: str | Unset = UNSET
    agent_id: str | Unset = UNSET
    scalar_variables: ScalarVariables | Unset = UNSET
    grid_variables: GridVariables | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        pipeline_name = self.pipeline_name

        environment_name = self.environment_name

        version_name = self.version_name

        agent_id = self.agent_id

        scalar_variables: dict[str, Any] | Unset = UNSET
        if not isinstance(self.scalar_variables, Unset):
            scalar_variables = self.scalar_variables.to_dict()

        grid_variables: dict[str, Any] | Unset = UNSET
        if not isinstance(self.grid_variables, Unset):
            grid_variables = self.grid_variables.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "pipelineName": pipeline_name,
                "environmentName": environment_name,
            }
        )
        if version_name is not UNSET:
            field_dict["versionName"] = version_name
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if scalar_variables is not UNSET:
            field_dict["scalarVariables"] = scalar_variables
        if grid_variables is not UNSET:
            field_dict["gridVariables"] = grid_variables

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.grid_variables import GridVariables  # noqa: PLC0415
        from ..models.scalar_variables import ScalarVariables  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        pipeline_name: Any = d.pop("pipelineName", None)
        if type(pipeline_name) is not str:
            pipeline_name = reading.needed(reading.as_text(pipeline_name), "pipelineName")

        environment_name: Any = d.pop("environmentName", None)
        if type(environment_name) is not str:
            environment_name = reading.needed(reading.as_text(environment_name), "environmentName")

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET:
            version_name = reading.given(reading.as_text(version_name))

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET:
            agent_id = reading.given(reading.as_text(agent_id))

        scalar_variables: Any = d.pop("scalarVariables", UNSET)
        if scalar_variables is None:
            scalar_variables = UNSET
        elif scalar_variables is not UNSET:
            scalar_variables = reading.as_object(
                ScalarVariables, scalar_variables, "scalarVariables"
            )

        grid_variables: Any = d.pop("gridVariables", UNSET)
        if grid_variables is None:
            grid_variables = UNSET
        elif grid_variables is not UNSET:
            grid_variables = reading.as_object(GridVariables, grid_variables, "gridVariables")

        scheduled_pipeline = cls(
            pipeline_name,
            environment_name,
            version_name,
            agent_id,
            scalar_variables,
            grid_variables,
        )

        scheduled_pipeline.extra = d
        return scheduled_pipeline

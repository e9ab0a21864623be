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
class StartPipelineExecutionRequest(_Model):
    """What to run, where, and with which variables.

    Attributes:
        pipeline_name (str): Name of the published pipeline, such as `ingest/orders.orch.yaml`.
        environment_name (str): Name of the environment to run it in.
        agent_id (str | Unset): Id of the agent that runs it (a UUID); the environment's default agent unless given.
        execution_tag (str | Unset): At most one execution of a tag runs in an environment; a second start gives 409.
        version_name (str | Unset): Version of the artifact to run; the latest unless given.
        scalar_variables (ScalarVariables | Unset): Values of scalar variables, by name.
        grid_variables (GridVariables | Unset): Values of grid variables, by name. A value is a list of rows, and a row
            a list of strings.
    """

    pipeline_name: str
    environment_name: str
    agent_id: str | Unset = UNSET
    execution_tag: str | Unset = UNSET
    version_name: str | Unset = UNSET
    scalar_variables: ScalarVariables | Unset = UNSET
    grid_variables: GridVariables | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        pipeline_name = self.pipeline_name

        environment_name = self.environment_name

        agent_id = self.agent_id

        execution_tag = self.execution_tag

        version_name = self.version_name

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
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if execution_tag is not UNSET:
            field_dict["executionTag"] = execution_tag
        if version_name is not UNSET:
            field_dict["versionName"] = version_name
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

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET:
            agent_id = reading.given(reading.as_text(agent_id))

        execution_tag: Any = d.pop("executionTag", UNSET)
        if type(execution_tag) is not str and execution_tag is not UNSET:
            execution_tag = reading.given(reading.as_text(execution_tag))

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET:
            version_name = reading.given(reading.as_text(version_name))

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

        start_pipeline_execution_request = cls(
            pipeline_name,
            environment_name,
            agent_id,
            execution_tag,
            version_name,
            scalar_variables,
            grid_variables,
        )

        start_pipeline_execution_request.extra = d
        return start_pipeline_execution_request

# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskConfig(_Model):
    """Which agent works, and where. Which of these are required is not documented.

    Attributes:
        name (str | Unset): Name of the agent, such as `data_engineer_agent`.
        mode (str | Unset): How it works; `ACT` is the only value that is known.
        project_id (str | Unset): Id of the project (a UUID).
        environment_name (str | Unset): Name of the environment.
        source_branch_name (str | Unset): Git branch that it starts from.
        target_branch_name (str | Unset): Git branch that it works on.
        generate_branch (bool | Unset): Whether a branch is made for it.
        graph_id (str | Unset): Not documented.
        working_directory (str | Unset): Folder in the project.
    """

    name: str | Unset = UNSET
    mode: str | Unset = UNSET
    project_id: str | Unset = UNSET
    environment_name: str | Unset = UNSET
    source_branch_name: str | Unset = UNSET
    target_branch_name: str | Unset = UNSET
    generate_branch: bool | Unset = UNSET
    graph_id: str | Unset = UNSET
    working_directory: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        mode = self.mode

        project_id = self.project_id

        environment_name = self.environment_name

        source_branch_name = self.source_branch_name

        target_branch_name = self.target_branch_name

        generate_branch = self.generate_branch

        graph_id = self.graph_id

        working_directory = self.working_directory

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if mode is not UNSET:
            field_dict["mode"] = mode
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if environment_name is not UNSET:
            field_dict["environmentName"] = environment_name
        if source_branch_name is not UNSET:
            field_dict["sourceBranchName"] = source_branch_name
        if target_branch_name is not UNSET:
            field_dict["targetBranchName"] = target_branch_name
        if generate_branch is not UNSET:
            field_dict["generateBranch"] = generate_branch
        if graph_id is not UNSET:
            field_dict["graphId"] = graph_id
        if working_directory is not UNSET:
            field_dict["workingDirectory"] = working_directory

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET:
            name = reading.given(reading.as_text(name))

        mode: Any = d.pop("mode", UNSET)
        if type(mode) is not str and mode is not UNSET:
            mode = reading.given(reading.as_text(mode))

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET:
            project_id = reading.given(reading.as_text(project_id))

        environment_name: Any = d.pop("environmentName", UNSET)
        if type(environment_name) is not str and environment_name is not UNSET:
            environment_name = reading.given(reading.as_text(environment_name))

        source_branch_name: Any = d.pop("sourceBranchName", UNSET)
        if type(source_branch_name) is not str and source_branch_name is not UNSET:
            source_branch_name = reading.given(reading.as_text(source_branch_name))

        target_branch_name: Any = d.pop("targetBranchName", UNSET)
        if type(target_branch_name) is not str and target_branch_name is not UNSET:
            target_branch_name = reading.given(reading.as_text(target_branch_name))

        generate_branch: Any = d.pop("generateBranch", UNSET)
        if type(generate_branch) is not bool and generate_branch is not UNSET:
            generate_branch = reading.given(reading.as_boolean(generate_branch))

        graph_id: Any = d.pop("graphId", UNSET)
        if type(graph_id) is not str and graph_id is not UNSET:
            graph_id = reading.given(reading.as_text(graph_id))

        working_directory: Any = d.pop("workingDirectory", UNSET)
        if type(working_directory) is not str and working_directory is not UNSET:
            working_directory = reading.given(reading.as_text(working_directory))

        agent_task_config = cls(
            name,
            mode,
            project_id,
            environment_name,
            source_branch_name,
            target_branch_name,
            generate_branch,
            graph_id,
            working_directory,
        )

        agent_task_config.extra = d
        return agent_task_config

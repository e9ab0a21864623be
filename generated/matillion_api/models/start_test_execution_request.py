# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.test_scope import TestScope
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.test_to_run import TestToRun
    from ..models.tested_pipeline import TestedPipeline


@_attrs_define(repr=False, eq=False)
class StartTestExecutionRequest(_Model):
    """The tests to run.

    Attributes:
        environment_name (str): Name of the environment.
        scope (TestScope): Which tests to run: TEST for named tests, PIPELINE for those of named pipelines, PROJECT for
            all.
        pipelines (list[TestedPipeline] | Unset): The pipelines, with scope PIPELINE, each an object whose fields are
            not documented.
        tests (list[TestToRun] | Unset): The tests, with scope TEST, each an object whose fields are not documented.
        agent_id (str | Unset): Id of the agent to use in place of the environment's own (a UUID).
        execution_tag (str | Unset): A tag of your own for this run.
        version_name (str | Unset): The published version to test; otherwise the latest.
    """

    environment_name: str
    scope: TestScope
    pipelines: list[TestedPipeline] | Unset = UNSET
    tests: list[TestToRun] | Unset = UNSET
    agent_id: str | Unset = UNSET
    execution_tag: str | Unset = UNSET
    version_name: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        environment_name = self.environment_name

        scope = self.scope.value

        pipelines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.pipelines, Unset):
            pipelines = []
            for pipelines_item_data in self.pipelines:
                pipelines_item = pipelines_item_data.to_dict()
                pipelines.append(pipelines_item)

        tests: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tests, Unset):
            tests = []
            for tests_item_data in self.tests:
                tests_item = tests_item_data.to_dict()
                tests.append(tests_item)

        agent_id = self.agent_id

        execution_tag = self.execution_tag

        version_name = self.version_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "environmentName": environment_name,
                "scope": scope,
            }
        )
        if pipelines is not UNSET:
            field_dict["pipelines"] = pipelines
        if tests is not UNSET:
            field_dict["tests"] = tests
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if execution_tag is not UNSET:
            field_dict["executionTag"] = execution_tag
        if version_name is not UNSET:
            field_dict["versionName"] = version_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.test_to_run import TestToRun  # noqa: PLC0415
        from ..models.tested_pipeline import TestedPipeline  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        environment_name: Any = d.pop("environmentName", None)
        if type(environment_name) is not str:
            environment_name = reading.needed(reading.as_text(environment_name), "environmentName")

        scope: Any = d.pop("scope", None)
        if scope is None:
            raise reading.lacks("scope")
        scope = reading.as_member(TestScope, scope, "scope")

        pipelines: Any = d.pop("pipelines", UNSET)
        if pipelines is None:
            pipelines = UNSET
        elif pipelines is not UNSET:
            pipelines = reading.as_list(TestedPipeline.from_dict, pipelines, "pipelines")

        tests: Any = d.pop("tests", UNSET)
        if tests is None:
            tests = UNSET
        elif tests is not UNSET:
            tests = reading.as_list(TestToRun.from_dict, tests, "tests")

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET:
            agent_id = reading.given(reading.as_text(agent_id))

        execution_tag: Any = d.pop("executionTag", UNSET)
        if type(execution_tag) is not str and execution_tag is not UNSET:
            execution_tag = reading.given(reading.as_text(execution_tag))

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET:
            version_name = reading.given(reading.as_text(version_name))

        start_test_execution_request = cls(
            environment_name,
            scope,
            pipelines,
            tests,
            agent_id,
            execution_tag,
            version_name,
        )

        start_test_execution_request.extra = d
        return start_test_execution_request

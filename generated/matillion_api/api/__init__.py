# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the API, by group."""

from functools import cached_property
from typing import TYPE_CHECKING

from ..types import Session

if TYPE_CHECKING:
    from .agents import Agents
    from .ai_agent_tasks import AiAgentTasks
    from .artifacts import Artifacts
    from .audit import Audit
    from .connections import Connections
    from .connectors import Connectors
    from .consumption import Consumption
    from .directory_integration import DirectoryIntegration
    from .environments import Environments
    from .lineage import Lineage
    from .pipeline_executions import PipelineExecutions
    from .pipeline_reviews import PipelineReviews
    from .pipelines import Pipelines
    from .project_variables import ProjectVariables
    from .projects import Projects
    from .repositories import Repositories
    from .schedules import Schedules
    from .secret_references import SecretReferences
    from .shared_pipeline_artifacts import SharedPipelineArtifacts
    from .shared_pipelines import SharedPipelines
    from .streaming_pipelines import StreamingPipelines
    from .test_executions import TestExecutions


class Resources:
    """The groups of the API as attributes; each is imported when it is first used."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def agents(self) -> "Agents":
        from .agents import Agents

        return Agents(self._session)

    @cached_property
    def ai_agent_tasks(self) -> "AiAgentTasks":
        from .ai_agent_tasks import AiAgentTasks

        return AiAgentTasks(self._session)

    @cached_property
    def artifacts(self) -> "Artifacts":
        from .artifacts import Artifacts

        return Artifacts(self._session)

    @cached_property
    def audit(self) -> "Audit":
        from .audit import Audit

        return Audit(self._session)

    @cached_property
    def connections(self) -> "Connections":
        from .connections import Connections

        return Connections(self._session)

    @cached_property
    def connectors(self) -> "Connectors":
        from .connectors import Connectors

        return Connectors(self._session)

    @cached_property
    def consumption(self) -> "Consumption":
        from .consumption import Consumption

        return Consumption(self._session)

    @cached_property
    def directory_integration(self) -> "DirectoryIntegration":
        from .directory_integration import DirectoryIntegration

        return DirectoryIntegration(self._session)

    @cached_property
    def environments(self) -> "Environments":
        from .environments import Environments

        return Environments(self._session)

    @cached_property
    def lineage(self) -> "Lineage":
        from .lineage import Lineage

        return Lineage(self._session)

    @cached_property
    def pipeline_executions(self) -> "PipelineExecutions":
        from .pipeline_executions import PipelineExecutions

        return PipelineExecutions(self._session)

    @cached_property
    def pipeline_reviews(self) -> "PipelineReviews":
        from .pipeline_reviews import PipelineReviews

        return PipelineReviews(self._session)

    @cached_property
    def pipelines(self) -> "Pipelines":
        from .pipelines import Pipelines

        return Pipelines(self._session)

    @cached_property
    def project_variables(self) -> "ProjectVariables":
        from .project_variables import ProjectVariables

        return ProjectVariables(self._session)

    @cached_property
    def projects(self) -> "Projects":
        from .projects import Projects

        return Projects(self._session)

    @cached_property
    def repositories(self) -> "Repositories":
        from .repositories import Repositories

        return Repositories(self._session)

    @cached_property
    def schedules(self) -> "Schedules":
        from .schedules import Schedules

        return Schedules(self._session)

    @cached_property
    def secret_references(self) -> "SecretReferences":
        from .secret_references import SecretReferences

        return SecretReferences(self._session)

    @cached_property
    def shared_pipeline_artifacts(self) -> "SharedPipelineArtifacts":
        from .shared_pipeline_artifacts import SharedPipelineArtifacts

        return SharedPipelineArtifacts(self._session)

    @cached_property
    def shared_pipelines(self) -> "SharedPipelines":
        from .shared_pipelines import SharedPipelines

        return SharedPipelines(self._session)

    @cached_property
    def streaming_pipelines(self) -> "StreamingPipelines":
        from .streaming_pipelines import StreamingPipelines

        return StreamingPipelines(self._session)

    @cached_property
    def test_executions(self) -> "TestExecutions":
        from .test_executions import TestExecutions

        return TestExecutions(self._session)

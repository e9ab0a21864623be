"""The groups of the API as attributes of the client, with what is written by hand for some of them."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Self

from matillion_async._calls.session import Session
from matillion_async._foreign import or_generated
from matillion_async._names.naming import NamingSession
from matillion_async._names.project_names import ProjectNames
from matillion_async._unknown import TellingResources

if TYPE_CHECKING:
    from matillion_async._groups.ai_agent_tasks import AiAgentTasks
    from matillion_async._groups.artifacts import Artifacts, SharedPipelineArtifacts
    from matillion_async._groups.audit import Audit
    from matillion_async._groups.connections import Connections
    from matillion_async._groups.consumption import Consumption
    from matillion_async._groups.directory_integration import DirectoryIntegration
    from matillion_async._groups.lineage import Lineage
    from matillion_async._groups.named import Agents, Environments, Pipelines, ProjectVariables
    from matillion_async._groups.pipeline_executions import PipelineExecutions
    from matillion_async._groups.projects import Projects
    from matillion_async._groups.schedules import Schedules
    from matillion_async._groups.streaming_pipelines import StreamingPipelines


class ClientResources(TellingResources):
    """The generated groups; those with more than generated methods are replaced. Each is imported when first used."""

    def __init__(self, session: Session, names: ProjectNames) -> None:
        self._own_session = session
        self._names = names
        self._naming_session = NamingSession(session, names)
        super().__init__(self._naming_session)

    def _over(self, session: Session) -> Self:
        """A copy, with all that a subclass has set, whose calls go through another session."""
        clone = copy(self)
        for cls in type(self).__mro__:
            for name, attribute in vars(cls).items():
                if isinstance(attribute, cached_property):
                    vars(clone).pop(name, None)  # it may hold the session of the original
        ClientResources.__init__(clone, session, self._names)
        return clone

    @cached_property
    @or_generated
    def agents(self) -> Agents:
        """Agents of the account, which run pipelines."""
        from matillion_async._groups.named import Agents

        return Agents(self._naming_session)

    @cached_property
    @or_generated
    def ai_agent_tasks(self) -> AiAgentTasks:
        """Tasks of AI agents: start them, follow them, decide what they ask, stop them."""
        from matillion_async._groups.ai_agent_tasks import AiAgentTasks

        return AiAgentTasks(self._naming_session)

    @cached_property
    @or_generated
    def artifacts(self) -> Artifacts:
        """Published versions of a project, uploaded and promoted from environment to environment."""
        from matillion_async._groups.artifacts import Artifacts

        return Artifacts(self._naming_session)

    @cached_property
    @or_generated
    def audit(self) -> Audit:
        """Audit events of the account."""
        from matillion_async._groups.audit import Audit

        return Audit(self._naming_session)

    @cached_property
    @or_generated
    def connections(self) -> Connections:
        """Connections of a project, and what of them differs per environment."""
        from matillion_async._groups.connections import Connections

        return Connections(self._naming_session)

    @cached_property
    @or_generated
    def consumption(self) -> Consumption:
        """Credits that the account has used."""
        from matillion_async._groups.consumption import Consumption

        return Consumption(self._naming_session)

    @cached_property
    @or_generated
    def directory_integration(self) -> DirectoryIntegration:
        """Users and groups from a directory, by SCIM 2.0."""
        from matillion_async._groups.directory_integration import DirectoryIntegration

        return DirectoryIntegration(self._naming_session)

    @cached_property
    @or_generated
    def environments(self) -> Environments:
        """Environments of a project, where pipelines run."""
        from matillion_async._groups.named import Environments

        return Environments(self._naming_session)

    @cached_property
    @or_generated
    def lineage(self) -> Lineage:
        """OpenLineage events of the account."""
        from matillion_async._groups.lineage import Lineage

        return Lineage(self._naming_session)

    @cached_property
    @or_generated
    def pipeline_executions(self) -> PipelineExecutions:
        """Start pipelines, wait for them, cancel them."""
        from matillion_async._groups.pipeline_executions import PipelineExecutions

        return PipelineExecutions(self._naming_session)

    @cached_property
    @or_generated
    def pipelines(self) -> Pipelines:
        """Pipelines that are published to an environment."""
        from matillion_async._groups.named import Pipelines

        return Pipelines(self._naming_session)

    @cached_property
    @or_generated
    def project_variables(self) -> ProjectVariables:
        """Variables of a project, and their values per environment."""
        from matillion_async._groups.named import ProjectVariables

        return ProjectVariables(self._naming_session)

    @cached_property
    @or_generated
    def projects(self) -> Projects:
        """Projects of the account."""
        from matillion_async._groups.projects import Projects

        return Projects(self._naming_session)

    @cached_property
    @or_generated
    def schedules(self) -> Schedules:
        """Schedules that start pipelines."""
        from matillion_async._groups.schedules import Schedules

        return Schedules(self._naming_session)

    @cached_property
    @or_generated
    def shared_pipeline_artifacts(self) -> SharedPipelineArtifacts:
        """Published versions of shared pipelines."""
        from matillion_async._groups.artifacts import SharedPipelineArtifacts

        return SharedPipelineArtifacts(self._naming_session)

    @cached_property
    @or_generated
    def streaming_pipelines(self) -> StreamingPipelines:
        """Streaming pipelines of a project, which copy changes of a database as they happen."""
        from matillion_async._groups.streaming_pipelines import StreamingPipelines

        return StreamingPipelines(self._naming_session)

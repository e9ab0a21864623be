"""Groups that have a look-up by name beside their generated methods, and nothing else."""

from __future__ import annotations

from matillion_api.api import agents, environments, pipelines, project_variables
from matillion_api.models.agent import Agent
from matillion_api.models.environment import Environment
from matillion_api.models.project_variable import ProjectVariable
from matillion_api.models.published_pipeline import PublishedPipeline

from matillion_async._names.matching import Kind

_AGENT: Kind[Agent] = Kind("agent", lambda agent: agent.name, lambda agent: agent.agent_id)
_ENVIRONMENT: Kind[Environment] = Kind("environment", lambda environment: environment.name)
_PIPELINE: Kind[PublishedPipeline] = Kind("published pipeline", lambda pipeline: pipeline.name)
_VARIABLE: Kind[ProjectVariable] = Kind("variable", lambda variable: variable.name)


class Agents(agents.Agents):
    """Agents of the account, which run pipelines."""

    async def find(self, agent: str) -> Agent:
        """Find an agent by its exact name, or by its id; there is no such call in the API, so the listing is walked.

        Args:
            agent: exact name or id of the agent.

        Raises:
            ResourceNameError: there is none, or several; the message and ``candidates`` tell what is near.
        """
        return await _AGENT.find(agent, self.list())


class Environments(environments.Environments):
    """Environments of a project, where pipelines run."""

    async def find(self, project: str, environment_name: str) -> Environment:
        """Find an environment by its exact name; there is no such call in the API, so the listing is walked.

        Args:
            project: id or exact name of the project.
            environment_name: exact name of the environment.

        Raises:
            ResourceNameError: there is none; the message and ``candidates`` tell what is near.
        """
        return await _ENVIRONMENT.find(environment_name, self.list(project))


class Pipelines(pipelines.Pipelines):
    """Pipelines that are published to an environment."""

    async def find(
        self, project: str, pipeline_name: str, *, environment_name: str
    ) -> PublishedPipeline:
        """Find a published pipeline by its exact name; there is no such call in the API, so the listing is walked.

        Args:
            project: id or exact name of the project.
            pipeline_name: exact name of the pipeline, such as ``ingest/orders.orch.yaml``.
            environment_name: name of the environment that it is published to.

        Raises:
            ResourceNameError: there is none; the message and ``candidates`` tell what is near.
        """
        listing = self.list(project, environment_name=environment_name)
        return await _PIPELINE.find(pipeline_name, listing)


class ProjectVariables(project_variables.ProjectVariables):
    """Variables of a project, and their values per environment."""

    async def find(self, project: str, variable_name: str) -> ProjectVariable:
        """Find a variable by its exact name; there is no such call in the API, so the listing is walked.

        Args:
            project: id or exact name of the project.
            variable_name: exact name of the variable.

        Raises:
            ResourceNameError: there is none; the message and ``candidates`` tell what is near.
        """
        return await _VARIABLE.find(variable_name, self.list(project))

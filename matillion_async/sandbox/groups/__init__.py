"""What carries out each operation: one module per group of the API, each with its ``HANDLERS`` by operationId."""

from matillion_async.sandbox._operations import Handlers
from matillion_async.sandbox.groups import (
    agents,
    ai_agent_tasks,
    artifacts,
    audit,
    connections,
    connectors,
    consumption,
    directory_integration,
    environments,
    lineage,
    pipeline_executions,
    pipeline_reviews,
    pipelines,
    project_variables,
    projects,
    repositories,
    schedules,
    secret_references,
    shared_pipelines,
    streaming_pipelines,
    test_executions,
)

_GROUPS = (
    agents,
    ai_agent_tasks,
    artifacts,
    audit,
    connections,
    connectors,
    consumption,
    directory_integration,
    environments,
    lineage,
    pipeline_executions,
    pipeline_reviews,
    pipelines,
    project_variables,
    projects,
    repositories,
    schedules,
    secret_references,
    shared_pipelines,
    streaming_pipelines,
    test_executions,
)

HANDLERS: Handlers = {
    name: handler for group in _GROUPS for name, handler in group.HANDLERS.items()
}

"""What carries out each operation: one module per group of the API, each with its ``HANDLERS`` by operationId."""

from matillion_async.sandbox._operations import Handlers
from matillion_async.sandbox.groups import (
    audit,
    connectors,
    consumption,
    directory_integration,
    environments,
    lineage,
    projects,
    test_executions,
)

_GROUPS = (
    audit,
    connectors,
    consumption,
    directory_integration,
    environments,
    lineage,
    projects,
    test_executions,
)

HANDLERS: Handlers = {
    name: handler for group in _GROUPS for name, handler in group.HANDLERS.items()
}

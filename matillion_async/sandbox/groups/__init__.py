"""What carries out each operation: one module per group of the API, each with its ``HANDLERS`` by operationId."""

from matillion_async.sandbox._operations import Handlers
from matillion_async.sandbox.groups import (
    artifacts,
    environments,
    projects,
    schedules,
    shared_pipelines,
)

_GROUPS = (
    artifacts,
    environments,
    projects,
    schedules,
    shared_pipelines,
)

HANDLERS: Handlers = {
    name: handler for group in _GROUPS for name, handler in group.HANDLERS.items()
}

"""What carries out each operation: one module per group of the API, each with its ``HANDLERS`` by operationId."""

from matillion_async.sandbox._operations import Handlers
from matillion_async.sandbox.groups import (
    environments,
    projects,
)

_GROUPS = (
    environments,
    projects,
)

HANDLERS: Handlers = {
    name: handler for group in _GROUPS for name, handler in group.HANDLERS.items()
}

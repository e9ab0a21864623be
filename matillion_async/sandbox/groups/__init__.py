"""What carries out each operation: one module per group of the API, in which the handler of an operation has its id for a name.

Only where several operations have one handler does a module say which, in ``HANDLERS``.
"""

from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from types import ModuleType

from matillion_async.sandbox._operations import Handlers

_ARGUMENTS = ("state", "call")


def _handlers(module: ModuleType) -> Handlers:
    found = {
        name: function
        for name, function in vars(module).items()
        if isfunction(function) and not name.startswith("_")
        if function.__code__.co_varnames[: function.__code__.co_argcount] == _ARGUMENTS
    }
    return found | getattr(module, "HANDLERS", {})


HANDLERS: Handlers = {}
"""By operationId."""
for _found in iter_modules(__path__, f"{__name__}."):
    HANDLERS |= _handlers(import_module(_found.name))

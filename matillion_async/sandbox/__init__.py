"""An ASGI application that behaves like the API, for your tests and for trying things out.

It needs the extra ``sandbox``: ``pip install 'matillion-async[sandbox]'``.
"""

from matillion_async.sandbox._virtual_time import VirtualTimeLoop

try:
    from matillion_async.sandbox._agent_work import AgentWork
    from matillion_async.sandbox._app import ClientOptions, Sandbox
    from matillion_async.sandbox._fault_text import parse_fault
    from matillion_async.sandbox._faults import Fault
    from matillion_async.sandbox._pipelines import Pipeline
    from matillion_async.sandbox._serve import Served, serve
    from matillion_async.sandbox._stats import RecordedRequest, Stats
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("jsonschema", "referencing", "uvicorn", "h11"):
        raise
    raise ImportError(
        f"the sandbox needs {error.name}, which is not installed: "
        "pip install 'matillion-async[sandbox]'"
    ) from error

__all__ = [
    "AgentWork",
    "ClientOptions",
    "Fault",
    "Pipeline",
    "RecordedRequest",
    "Sandbox",
    "Served",
    "Stats",
    "VirtualTimeLoop",
    "parse_fault",
    "serve",
]

"""A sandbox of the API: in your process for tests, or on a port of this machine."""

from matillion_async.sandbox._virtual_time import VirtualTimeLoop

try:
    from matillion_async.sandbox._app import Sandbox
    from matillion_async.sandbox._serve import Served, serve
except ModuleNotFoundError as error:
    if error.name not in ("jsonschema", "referencing", "starlette", "uvicorn"):
        raise
    raise ModuleNotFoundError(
        f"the sandbox needs {error.name}: pip install 'matillion-async[sandbox]'", name=error.name
    ) from None

__all__ = ["Sandbox", "Served", "VirtualTimeLoop", "serve"]

"""Run in an environment that holds the wheel without extras: the import works; OpenTelemetry and the command say what to install."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import matillion_async

for module in ("click", "rich", "starlette", "uvicorn", "jsonschema", "opentelemetry", "redis"):
    assert find_spec(module) is None, f"{module} is installed without the extra that brings it"

try:
    import matillion_async.otel
except ImportError as error:
    said = str(error)
assert "matillion-async[otel]" in said, said

command = [str(Path(sys.executable).with_name("matillion")), "projects", "list"]
completed = subprocess.run(command, capture_output=True, text=True, check=False)
found = completed.returncode
assert found == 2, f"exit code {found} without the extra, not 2 (usage)"
assert "matillion-async[cli]" in completed.stderr, completed.stderr
assert "Traceback" not in completed.stderr, completed.stderr

print(f"{matillion_async.__version__} imports; the command says what to install")

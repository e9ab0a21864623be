"""Run in an environment that holds the wheel without extras: the import works, the command says what to install."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import matillion_async

for module in ("click", "rich", "starlette", "uvicorn", "jsonschema"):
    assert find_spec(module) is None, f"{module} is installed without the extra that brings it"

command = [str(Path(sys.executable).with_name("matillion")), "projects", "list"]
answer = subprocess.run(command, capture_output=True, text=True, check=False)
assert answer.returncode == 2, f"exit code {answer.returncode} without the extra, not 2 (usage)"
assert "matillion-async[cli]" in answer.stderr, answer.stderr
assert "Traceback" not in answer.stderr, answer.stderr

print(f"{matillion_async.__version__} imports; the command says what to install")

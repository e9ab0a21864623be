"""Runs the steps of action.yml on this machine, as GitHub's runner does: bash, inputs in the environment, files for what comes out."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
_BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass
class Job:
    """One use of the action."""

    folder: Path
    """What the runner has for it; the steps run in ``workspace`` in it."""
    inputs: dict[str, str]
    environment: dict[str, str]
    done_by_hand: dict[str, dict[str, str]] = field(default_factory=dict)
    """Outputs of steps that are not run, by their ids: those of other actions, and the installation where it is not looked at."""
    popen: Callable[..., subprocess.Popen[str]] = subprocess.Popen
    log: str = ""

    def run(self) -> int:
        """Run the steps; gives the exit code of the first one that fails, after which only those with ``always()`` run."""
        (self.folder / "workspace").mkdir(exist_ok=True)
        (self.folder / "summary.md").touch()
        outputs: dict[str, dict[str, str]] = {}
        failed = 0
        for step in ACTION["runs"]["steps"]:
            name = step.get("id", "")
            if not self._is_wanted(step.get("if", "success()"), failed, outputs):
                continue
            if "run" not in step or name in self.done_by_hand:
                outputs[name] = self.done_by_hand.get(name, {})
                continue
            code = self._step(step, outputs)
            failed = failed or code
        self.outputs = {
            key: self._filled(value["value"], outputs) for key, value in ACTION["outputs"].items()
        }
        return failed

    @property
    def summary(self) -> str:
        """What the page of the job shows."""
        return (self.folder / "summary.md").read_text(encoding="utf-8")

    def _is_wanted(self, condition: str, failed: int, outputs: dict[str, dict[str, str]]) -> bool:
        parts = condition.split(" && ")
        if failed and "always()" not in parts:
            return False
        for part in parts:
            if compared := re.fullmatch(r"inputs\.command (==|!=) '(\w+)'", part):
                if (self.inputs["command"] == compared[2]) is not (compared[1] == "=="):
                    return False
            elif part == "steps.install.outcome == 'success'":
                if "install" not in outputs:
                    return False
            else:
                assert part in ("always()", "success()"), part
        return True

    def _filled(self, text: str, outputs: dict[str, dict[str, str]]) -> str:
        def value(match: re.Match[str]) -> str:
            kind, name, *rest = match[1].split(".")
            if kind == "inputs":
                return self.inputs.get(name) or str(ACTION["inputs"][name].get("default", ""))
            assert (kind, rest[0]) == ("steps", "outputs")
            return outputs.get(name, {}).get(rest[1], "")

        return _EXPRESSION.sub(value, text)

    def _step(self, step: dict[str, Any], outputs: dict[str, dict[str, str]]) -> int:
        script = self.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        (output := self.folder / "output").write_text("")
        environment = {
            **os.environ,
            **self.environment,
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            **{name: self._filled(value, outputs) for name, value in step.get("env", {}).items()},
        }
        (self.folder / "temp/matillion-async").mkdir(parents=True, exist_ok=True)
        process = self.popen(
            [*_BASH, str(script)],
            cwd=self.folder / "workspace",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.log += process.communicate(timeout=300)[0]
        if process.returncode == 0:
            lines = output.read_text(encoding="utf-8").splitlines()
            outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
        return process.returncode

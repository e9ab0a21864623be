"""What action.yml tells of a run, or of a version that was published: on the page of the job, and to the steps after it.

    python scripts/_action_summary.py RESULT.json

RESULT is what ``matillion run --json`` or ``matillion artifacts publish --json`` has printed. The names of the files to append
to are in GITHUB_STEP_SUMMARY and GITHUB_OUTPUT.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

_ROWS = {
    "Pipeline": "pipelineName",
    "Environment": "environmentName",
    "Version": "versionName",
    "Started": "startedAt",
    "Ended": "finishedAt",
    "Message": "message",
}


def outputs(result: dict[str, Any]) -> dict[str, str]:
    """What other steps may use; empty where the result does not have it."""
    names = {"id": "pipelineExecutionId", "status": "status", "url": "url"}
    return {name: _one_line(result.get(field)) for name, field in names.items()}


def summary(result: dict[str, Any]) -> str:
    """A table in Markdown, with a link to the run where the result has one."""
    known = outputs(result)
    rows = [(title, _one_line(result.get(field))) for title, field in _ROWS.items()]
    title = "Published" if not known["id"] else f"Run: {known['status'] or 'not known'}"
    lines = [f"### {_escaped(title)}", "", "| | |", "| --- | --- |"]
    if known["id"]:
        shown = f"`{re.sub('[^0-9A-Za-z-]', '', known['id'])}`"
        is_link = re.fullmatch(r"https://[\w./?=&%:#-]+", known["url"])
        lines.append(f"| Id | [{shown}]({known['url']}) |" if is_link else f"| Id | {shown} |")
    lines += [f"| {name} | {_escaped(value)} |" for name, value in rows if value]
    return "\n".join([*lines, "", ""])


def _one_line(value: Any) -> str:
    """Text without line ends, which would be the end of an output and the start of another."""
    return "" if value is None else " ".join(str(value).split())


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&@-])", r"\\\1", text)


def main() -> None:
    result = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs(result).items())
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
        file.write(summary(result))


if __name__ == "__main__":
    main()

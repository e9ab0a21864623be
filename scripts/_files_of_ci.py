"""Hold the files of CI servers against their schemas, and look in those of GitHub for what is unsafe.

    python scripts/_files_of_ci.py

The files of GitLab and of Azure DevOps are blocks of docs/ci.md.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/ci.md"
GITHUB = ROOT / ".github"
SCHEMAS = {
    "github-actions": [ROOT / "action.yml"],
    "github-workflows": sorted(GITHUB.glob("workflows/*.yml")),
    "github-issue-forms": sorted(
        set(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) - {GITHUB / "ISSUE_TEMPLATE/config.yml"}
    ),
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
}
ON_PAGE = {
    ".gitlab-ci.yml": "gitlab-ci",
    "azure-pipelines.yml": "azure-pipelines",
    "deploy.yml": "github-workflows",
}
"""Files that a block of the page begins with the name of, and their schemas."""


def on_page(text: str) -> dict[str, str]:
    """The blocks of a page that are files of YAML, by their names."""
    return {
        match[2]: match[1]
        for match in re.finditer(
            r"^```\n(# ([\w.-]+\.yml)\n.*?)^```$", text, re.MULTILINE | re.DOTALL
        )
    }


def _against(schema: str, paths: list[Path]) -> list[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    if schema in ("azure-pipelines", "gitlab-ci"):  # what these two servers take beside plain YAML
        command += ["--data-transform", schema, "--regex-variant", "nonunicode"]
    return [*command, *map(str, paths)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        files = dict(SCHEMAS)
        found = on_page(PAGE.read_text(encoding="utf-8"))
        for name, schema in ON_PAGE.items():
            (path := Path(folder) / ".github/workflows" / name).parent.mkdir(
                parents=True, exist_ok=True
            )
            path.write_text(found[name], encoding="utf-8")
            files[schema] = [*files.get(schema, []), path]
        commands = [_against(schema, paths) for schema, paths in files.items()]
        workflow = Path(folder) / ".github/workflows/deploy.yml"
        zizmor = str(Path(sys.executable).with_name("zizmor"))
        commands.append(
            [
                zizmor,
                "--offline",
                "--no-progress",
                "--persona",
                "pedantic",
                str(ROOT / "action.yml"),
                str(GITHUB),
                str(workflow),
            ]
        )
        return max(subprocess.run(command, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main())

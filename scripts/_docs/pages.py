"""Lay out the pages of the site: those of docs/, and the documents beside it that belong to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from posixpath import dirname, normpath, relpath

BESIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
"""Documents at the top of the repository, and the pages that they become."""

FIRST = (
    "quick-start",
    "authentication",
    "troubleshooting",
    "run-a-pipeline",
    "ai-agent-tasks",
    "schedules",
    "publish-from-ci",
    "ci",
    "variables-and-agents",
    "export-audit-and-lineage",
    "bulk-queries",
    "errors",
    "rate-limits",
    "several-processes",
    "command-line",
    "service",
    "observability",
    "prometheus",
    "fastapi",
    "airflow",
    "prefect",
    "dagster",
    "celery",
    "cron",
    "testing",
    "another-file",
)
"""The order of the pages by task; others follow by their names."""

PROJECT = ("why", "architecture", "performance", "regenerate")
"""Pages for those who work on the project."""

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"\[([^][]*)\]\(((?!https?:|mailto:|#)[^)#\s]+)(#[^)\s]*)?\)")


def lay_out(root: Path, folder: Path) -> None:
    """Write every page into ``folder``; links to what is not a page of the site become plain text."""
    sources = {f"docs/{each.relative_to(root / 'docs').as_posix()}": each for each in _docs(root)}
    pages = {name: name.removeprefix("docs/") for name in sources} | BESIDE
    for name, page in pages.items():
        text = (root / name).read_text(encoding="utf-8")
        target = folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_with_links(text, name, pages), encoding="utf-8")


def navigation(root: Path) -> str:
    """The value of ``nav``, as TOML."""
    names = {each.stem for each in (root / "docs").glob("*.md")} - {*PROJECT, "coverage"}
    tasks = [name for name in FIRST if name in names] + sorted(names.difference(FIRST))
    reference = sorted(each.stem for each in (root / "docs" / "reference").glob("*.md"))
    project = [name for name in PROJECT if (root / "docs" / f"{name}.md").exists()]
    sections = {
        "By task": tasks,
        "Reference": ["coverage", *(f"reference/{name}" for name in reference)],
        "Project": ["changelog", *project, "contributing", "security"],
    }
    parts = ['{ "Overview" = "index.md" }']
    for title, members in sections.items():
        parts.append(
            f"{{ {json.dumps(title)} = {json.dumps([f'{name}.md' for name in members])} }}"
        )
    return f"[{', '.join(parts)}]"


def _docs(root: Path) -> list[Path]:
    return sorted((root / "docs").rglob("*.md"))


def _with_links(text: str, name: str, pages: dict[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        label, target, anchor = match.groups(default="")
        found = pages.get(normpath(f"{dirname(name)}/{target}".lstrip("/")))
        if found is None:
            return label
        return f"[{label}]({relpath(found, dirname(pages[name]) or '.')}{anchor})"

    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [_LINK.sub(replaced, text[end : code.start()]), code.group()]
        end = code.end()
    return "".join([*parts, _LINK.sub(replaced, text[end:])])

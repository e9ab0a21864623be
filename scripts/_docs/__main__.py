"""The command behind scripts/docs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts._docs.pages import lay_out, navigation

ROOT = Path(__file__).resolve().parents[2]
_CLEAN = "No issues found"
"""All that zensical writes to stderr when there is no warning."""


def main() -> int:
    """Build the site into site/; the exit code is 0, or 1 with each warning on stderr."""
    site = ROOT / "site"
    told = build(ROOT, site)
    if told:
        print(told, file=sys.stderr)
        return 1
    print(f"{len(list(site.rglob('*.html')))} pages in {site.name}/")
    return 0


def build(root: Path, site: Path) -> str:
    """Replace ``site`` by what ``root`` says, and return nothing; or change nothing, and return what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        lay_out(root, project / "docs")
        settings = (root / "docs" / "zensical.toml").read_text(encoding="utf-8")
        settings = settings.replace("[project]", f"[project]\nnav = {navigation(root)}", 1)
        (project / "zensical.toml").write_text(settings, encoding="utf-8")
        modules = [str(root), str(root / "generated"), str(ROOT)]
        done = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--strict"],
            cwd=project,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(modules), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        # What is wrong with a docstring is logged only: strict mode does not count it.
        if done.returncode != 0 or done.stderr.strip() != _CLEAN:
            return done.stdout + done.stderr
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(project / "site", site)
    return ""


if __name__ == "__main__":
    sys.exit(main())

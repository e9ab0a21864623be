"""What README.md and the pages of docs/ show, as type checkers see it: no field is used that a response may lack."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from tests.repository.pages import PAGES, ROOT, Block, blocks

OF_ANOTHER_API = "another-file.md"
"""Its program has the groups of a package that is not there."""


def program(block: Block, above: list[Block]) -> str:
    """A block as a module: the imports of the blocks above it, and a function for what awaits."""
    if re.match(r"# [\w/.-]+\.py\n", block.text) or "asyncio.run(" in block.text:
        return block.text
    earlier = [each for each in above if each.language == "python"]
    imports, body = [], []
    for each in [*earlier, block]:
        lines = each.text.splitlines()
        for node in ast.parse(each.text).body:
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if isinstance(node, ast.Import | ast.ImportFrom):
                imports.append(text)
            elif each is block:
                body.append(text)
    return "\n".join(
        [*imports, "async def main() -> None:", *(indent(each, "    ") for each in body)]
    )


@pytest.mark.long
def test_type_checkers_accept_what_the_pages_show(tmp_path: Path) -> None:
    """All at once, since mypy takes seconds to begin."""
    for page in PAGES:
        shown = blocks(page)
        for number, block in enumerate(shown):
            if block.language == "python" and page.name != OF_ANOTHER_API:
                file = tmp_path / f"{page.stem.replace('-', '_')}_line_{block.line}.py"
                file.write_text(program(block, shown[:number]), encoding="utf-8")
    options = ["--config-file=", "--check-untyped-defs", "--ignore-missing-imports"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout

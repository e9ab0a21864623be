"""README.md and the pages of docs/: what they show works."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

import matillion_async
from matillion_async.cli._app import GROUPS
from matillion_async.sandbox import Sandbox
from matillion_async.sandbox._thread import served_in_thread
from tests.repository.pages import (
    AGENT_WORK,
    PAGES,
    PIPELINES,
    PROJECTS,
    ROOT,
    Block,
    blocks,
    environment,
    run_console,
    run_python,
)

PAGE = Path("page.md")
LONG = {
    "ai-agent-tasks.md",
    "fastapi.md",
    "publish-from-ci.md",
    "run-a-pipeline.md",
    "testing.md",
}
"""Pages whose commands need many processes, or a run of pytest."""
ELSEWHERE = {"celery.md", "dagster.md", "prefect.md"}
"""Pages on packages that are in the environment of scripts/flows, where tests/flows runs them."""
TO_RUN = [
    pytest.param(page, marks=[pytest.mark.long] * (page.name in LONG))
    for page in PAGES
    if page.name not in ELSEWHERE
]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to work in, with the commands of this Python."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))  # where processes share a limit


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("page", TO_RUN, ids=lambda page: str(page.name))
def test_what_a_page_shows_works(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its Python and its commands run from top to bottom, and end as they say."""
    found = blocks(page)
    sandbox = Sandbox(projects=PROJECTS, pipelines=PIPELINES, agent_work=AGENT_WORK)
    with served_in_thread(sandbox) as server:
        for name, value in environment(server).items():
            monkeypatch.setenv(name, value)
        for number, block in enumerate(found):
            if block.language == "python":
                run_python(block, found[:number])
            elif block.language == "console":
                run_console(block)


@pytest.mark.parametrize("page", sorted(ELSEWHERE))
def test_a_page_is_run_elsewhere(page: str) -> None:
    """What is left out here has a test in tests/flows, which scripts/check runs."""
    name = page.removesuffix(".md")
    text = (ROOT / "tests" / "flows" / f"test_{name}_page.py").read_text(encoding="utf-8")
    assert f'"{name}", server' in text
    assert "scripts/flows" in (ROOT / "scripts" / "check").read_text(encoding="utf-8")


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "line",
    [
        "false",
        "matillion projects delete",
        "matillion --sandbox projects list  # exits with 1",
        "matillion projects delete > file",
        "true  # exits with 1",
        "scripts/nothing",
        "pip install x",
        "pip install matillion-async[x]",
    ],
)
def test_a_command_that_does_not_work_is_found(line: str) -> None:
    """A line of the console whose command fails, or is not there, fails the test of its page."""
    with pytest.raises(AssertionError):
        run_console(Block(PAGE, 1, "console", f"{line}\n"))


@pytest.mark.usefixtures("reader")
def test_exit_codes_and_variables() -> None:
    """A line may fail as it says, and use what a line above it has set."""
    run_console(Block(PAGE, 1, "console", "a=$(echo 1)\ntest $a = 2  # exits with 1\n"))


@pytest.mark.usefixtures("reader")
def test_output_goes_into_a_file() -> None:
    """That of a command of ours goes into the file that its line names."""
    line = "matillion --sandbox projects list > projects.json\n"
    run_console(Block(PAGE, 1, "console", line))
    assert "Sales" in Path("projects.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_a_page_imports_from_one_root(page: Path) -> None:
    """What users copy comes from ``matillion_async``, its models included, and from no module with an underscore."""
    for block in blocks(page):
        if block.language == "python":
            assert not re.search(r"matillion_api|matillion_async\S*\._", block.text), block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_block_has_a_known_language(page: Path) -> None:
    """No block is left out because its language is written otherwise, such as ``py``; bash is for what is not run."""
    fences = [line.strip() for line in page.read_text(encoding="utf-8").splitlines()]
    found = {line for line in fences if line.startswith(("```", "~~~"))}
    assert set() == found - {"```", "```python", "```console", "```bash"}


def test_the_page_of_the_command_line_has_every_group() -> None:
    """docs/command-line.md shows a command of each group."""
    text = "".join(
        block.text
        for block in blocks(ROOT / "docs" / "command-line.md")
        if block.language == "console"
    )
    assert set(GROUPS) <= {line.split()[1] for line in text.splitlines()}


@pytest.mark.usefixtures("reader")
def test_python_uses_the_imports_above_it() -> None:
    """A block sees imports of the blocks above it, and no other names; files are written."""
    imports = Block(PAGE, 1, "python", "import json\nnumber = 1\n")
    run_python(Block(PAGE, 9, "python", "assert json.loads('1') == 1\n"), [imports])
    with pytest.raises(NameError):
        run_python(Block(PAGE, 9, "python", "number\n"), [imports])
    run_python(Block(PAGE, 12, "python", "# some.py\nnumber = 1\n"), [])
    assert "# some.py\nnumber = 1\n" == Path("some.py").read_text()


@pytest.mark.usefixtures("reader")
def test_what_is_quoted_after_print_is_printed() -> None:
    """A message that a page quotes is the one that there is; other comments say what they like."""
    run_python(Block(PAGE, 1, "python", 'print("a b c")  # "a … c"\nprint(1)  # the first\n'), [])
    with pytest.raises(AssertionError, match=r"page\.md: not 'a … d'"):
        run_python(Block(PAGE, 1, "python", 'print("a b c")  # "a … d"\n'), [])


def test_blocks_in_a_list_are_found(tmp_path: Path) -> None:
    """A block that is indented, as in a list, is one like the others, and its line is that of the page."""
    page = tmp_path / "page.md"
    page.write_text("1. Do\n\n   ```console\n   true\n   ```\n")
    assert [Block(page, 4, "console", "true\n")] == blocks(page)


def test_the_page_of_errors_has_them_all() -> None:
    """Each class of errors is in the tree of docs/errors.md."""
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    public = {name: getattr(matillion_async, name) for name in dir(matillion_async)}
    errors = {
        name
        for name, value in public.items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert set() == {name for name in errors if name not in page}

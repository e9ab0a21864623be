"""action.yml, Containerfile and the files of docs/ci.md: what they do, against a sandbox on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from matillion_async.sandbox import Pipeline, Sandbox, Served
from matillion_async.sandbox._thread import served_in_thread
from scripts._action_summary import outputs, summary
from scripts._files_of_ci import ON_PAGE, PAGE, on_page
from tests.repository.action import ACTION, ROOT, Job
from tests.repository.pages import PIPELINES, Block, environment, run_console

RUN = {
    "command": "run",
    "project": "Sales",
    "environment": "Environment 1",
    "pipeline": "daily.orch.yaml",
}
GITHUB = {"GITHUB_SHA": "0a1b", "GITHUB_REF_NAME": "1.6.0", "GITHUB_REF_TYPE": "tag"}
INSTALLED = {"install": {"programs": str(Path(sys.executable).parent)}, "python": {}}
RECORDER = """#!{python}
import json, pathlib, sys
arguments = sys.argv[1:]
files = [each.partition("=")[2] for each, before in zip(arguments[1:], arguments) if before == "--var-file"]
texts = [pathlib.Path(file).read_text() for file in files]
modes = [oct(pathlib.Path(file).stat().st_mode & 0o777) for file in files]
pathlib.Path("{seen}").write_text(json.dumps([arguments, texts, modes]))
print("{{}}")
"""


@pytest.fixture
def server() -> Iterator[Served]:
    pipelines = [*PIPELINES, Pipeline("slow.orch.yaml", seconds=3600)]
    with served_in_thread(Sandbox(projects=["Sales"], pipelines=pipelines)) as served:
        yield served


def job(tmp_path: Path, inputs: dict[str, str], settings: dict[str, str], **options: Any) -> Job:
    """A use of the action with what is installed here."""
    return Job(tmp_path, inputs, {**GITHUB, **settings}, INSTALLED, **options)


def recorded(tmp_path: Path, inputs: dict[str, str]) -> tuple[Job, list[Any]]:
    """A use of the action, and what the command was called with: arguments, texts of files of variables, their modes."""
    (programs := tmp_path / "programs").mkdir()
    (command := programs / "matillion").write_text(
        RECORDER.format(python=sys.executable, seen=tmp_path / "seen.json")
    )
    command.chmod(0o755)
    (programs / "python").symlink_to(sys.executable)
    done_by_hand = {"install": {"programs": str(programs)}, "python": {}}
    used = Job(tmp_path, inputs, dict(GITHUB), done_by_hand)
    assert 0 == used.run(), used.log
    return used, json.loads((tmp_path / "seen.json").read_text())


def test_the_action_runs_a_pipeline(tmp_path: Path, server: Served) -> None:
    """It waits for the end, and tells id and status to the next steps and on the page of the job."""
    used = job(tmp_path, RUN, environment(server))
    assert 0 == used.run(), used.log
    assert "SUCCESS" == used.outputs["status"]
    assert re.fullmatch("[0-9a-f-]{36}", used.outputs["id"])
    assert "### Run: SUCCESS" in used.summary
    assert used.outputs["id"] in used.summary
    assert 1 == server.sandbox.stats.operations["pipeline_executions.start"]


@pytest.mark.long
def test_the_action_fails_with_its_pipeline(tmp_path: Path, server: Served) -> None:
    """The exit code is that of the command, and the summary says how the run ended."""
    used = job(tmp_path, {**RUN, "pipeline": "fail.orch.yaml"}, environment(server))
    assert 1 == used.run()
    assert "FAILED" == used.outputs["status"]
    assert "### Run: FAILED" in used.summary


@pytest.mark.long
def test_the_action_publishes(tmp_path: Path, server: Served) -> None:
    """It sends the files of the folder as the version of the tag."""
    (tmp_path / "workspace/sales").mkdir(parents=True)
    (tmp_path / "workspace/sales/a.orch.yaml").write_text("type: orchestration\n")
    (tmp_path / "workspace/sales/notes.md").write_text("# Notes\n")
    inputs = {**RUN, "command": "publish", "folder": "sales", "exclude": "*.md\n*.txt\n"}
    used = job(tmp_path, inputs, environment(server))
    assert 0 == used.run(), used.log
    assert "| Version | 1.6.0 |" in used.summary
    assert "1 file(s)" in used.log
    assert 1 == server.sandbox.stats.operations["artifacts.upload"]


@pytest.mark.long
def test_a_cancelled_job_ends_its_run(tmp_path: Path, server: Served) -> None:
    """The signal that GitHub sends to the step arrives at the command, which asks for the end of the run."""
    started: list[subprocess.Popen[str]] = []

    def popen(*arguments: Any, **options: Any) -> subprocess.Popen[str]:
        started.append(subprocess.Popen(*arguments, **options))
        return started[-1]

    used = job(tmp_path, {**RUN, "pipeline": "slow.orch.yaml"}, environment(server), popen=popen)
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(used.run()))
    thread.start()
    deadline = time.monotonic() + 120
    counts = server.sandbox.stats.operations
    while not counts["pipeline_executions.status"]:
        assert time.monotonic() < deadline, used.log
        threading.Event().wait(0.05)
    started[-1].send_signal(signal.SIGINT)
    thread.join(120)
    assert [130] == codes, used.log
    assert 1 == counts["pipeline_executions.cancel"]
    assert used.outputs["id"]


def test_another_command_is_refused(tmp_path: Path) -> None:
    """A misspelt command is an error that says which there are."""
    used = job(tmp_path, {**RUN, "command": "publsh"}, {})
    assert 2 == used.run()
    assert "'command' is 'run' or 'publish'" in used.log


def test_values_of_variables_are_in_no_command_line(tmp_path: Path) -> None:
    """They are in files that nobody else can read, and that are gone at the end."""
    variables = 'day=2026-03-01\n\nkey=a secret = with "quotes" and $HOME\n'
    used, (arguments, texts, modes) = recorded(tmp_path, {**RUN, "variables": variables})
    assert ["2026-03-01", 'a secret = with "quotes" and $HOME'] == texts
    assert {"0o600"} == set(modes)
    assert not any("secret" in argument for argument in arguments)
    assert ["day", "key"] == [each.partition("=")[0] for each in arguments if "/variables/" in each]
    assert not list(tmp_path.rglob("variables/*"))
    assert "secret" not in used.log + used.summary


@pytest.mark.parametrize("command", ["run", "publish"])
def test_lines_that_end_as_on_windows(tmp_path: Path, command: str) -> None:
    """As an input does that was typed into a form: no value and no pattern has the end of its line."""
    inputs = {"variables": "day=2026-03-01\r\n\r\nkey=b\r\n", "exclude": "*.csv\r\n\r\ndrafts\r\n"}
    _, (arguments, texts, _) = recorded(tmp_path, {**RUN, "command": command, **inputs})
    excluded = [each for before, each in pairwise(arguments) if before == "--exclude"]
    assert (["2026-03-01", "b"] if command == "run" else []) == texts
    assert ([] if command == "run" else ["*.csv", "drafts"]) == excluded


def test_a_line_that_is_no_variable(tmp_path: Path) -> None:
    """It is an error that does not repeat the line."""
    used = job(tmp_path, {**RUN, "variables": "hunter2"}, {})
    assert 2 == used.run()
    assert "not NAME=VALUE" in used.log
    assert "hunter2" not in used.log


@pytest.mark.parametrize("command", ["run", "publish"])
def test_inputs_are_never_commands(tmp_path: Path, command: str) -> None:
    """Whatever an input holds reaches the command as one argument, and the shell runs none of it."""
    names = [name for name in ACTION["inputs"] if name not in ("command", "variables", "exclude")]
    evil = {name: f'--{name} "; touch evil; $(touch evil) `touch evil`' for name in names}
    inputs = {
        **evil,
        "command": command,
        "exclude": "$(touch evil)",
        "variables": "a=$(touch evil)",
    }
    _, (arguments, _, _) = recorded(tmp_path, inputs)
    expected = {"run": {"pipeline", "tag", "wait-timeout"}, "publish": {"folder"}}[command]
    for name in {"project", "environment", "version", *expected}:
        assert evil[name] in arguments
    assert not list(tmp_path.rglob("evil"))
    positional = arguments[arguments.index("--") + 1 :]
    assert positional == (
        [evil["pipeline"]] if command == "run" else [evil["project"], evil["folder"]]
    )


def test_no_script_has_expressions_in_it() -> None:
    """GitHub puts the values of expressions into a script before the shell reads it."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        scripts += [step["run"] for each in jobs for step in each["steps"] if "run" in step]
    assert len(scripts) > 10
    assert [] == [script for script in scripts if "${{" in script]


def test_actions_are_pinned() -> None:
    """Every action of others is named by a commit, with its version beside it, the same one everywhere."""
    files = [ROOT / "action.yml", PAGE, *(ROOT / ".github/workflows").glob("*.yml")]
    versions: dict[str, set[str]] = {}
    for path in files:
        for line in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")):
            found = re.match(r"([\w/-]+)@([0-9a-f]{40})( # v\d+\.\d+\.\d+$)?", line)
            assert found, line
            if not found[1].startswith("matillion-async/"):
                assert found[3], line
                versions.setdefault(found[1], set()).add(line)
    assert dict.fromkeys(versions, 1) == {name: len(lines) for name, lines in versions.items()}


def test_the_summary_shows_text_as_text() -> None:
    """What the API says is no Markdown, no end of a line, and no address but one of the web."""
    result = {
        "pipelineExecutionId": "0a1b",
        "status": "FAILED\nid=2",
        "message": "[x](http://evil) <b>|",
        "url": "https://app.example.com/runs/0a1b",
    }
    assert {"id": "0a1b", "status": "FAILED id=2", "url": result["url"]} == outputs(result)
    shown = summary(result)
    assert "| Id | [`0a1b`](https://app.example.com/runs/0a1b) |" in shown
    assert r"\[x\]\(http://evil\) \<b\>\|" in shown
    assert "| Id | `0a1b` |" in summary({**result, "url": "https://a)![](b"})
    assert "| Id | `0a1b` |" in summary({**result, "url": "javascript:alert(1)"})


@pytest.mark.long
def test_the_action_installs_itself(tmp_path: Path, server: Served) -> None:
    """All its steps but those of other actions, in an empty folder: the command that runs is the one it has installed."""
    used = Job(
        tmp_path,
        RUN,
        {**GITHUB, **environment(server), "PATH": os.environ["PATH"]},
        {"python": {"python-path": sys.executable}},
    )
    assert 0 == used.run(), used.log
    assert (tmp_path / "temp/matillion-async/environment/bin/matillion").exists()
    assert "SUCCESS" == used.outputs["status"]


def commands_of_image() -> list[tuple[str, str]]:
    """The instructions of the Containerfile."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def test_the_image_has_no_privileges() -> None:
    """Its last stage runs the command as a user whose number is not root's, and holds no source, nor what built it."""
    instructions = commands_of_image()
    last = instructions[max(at for at, each in enumerate(instructions) if each[0] == "FROM") :]
    assert ("USER", "10001:10001") in last
    assert ("ENTRYPOINT", '["matillion"]') in last
    assert [("COPY", "--from=build /opt/matillion /opt/matillion")] == [
        each for each in last if each[0] in ("COPY", "ADD")
    ]
    known = {"FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"}
    assert known >= {name for name, _ in instructions}


@pytest.mark.long
def test_what_the_image_installs_works(tmp_path: Path) -> None:
    """Its commands, done here in other folders with only the files that .dockerignore lets in."""
    (source := tmp_path / "source").mkdir()
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            origin, target = ROOT / line[1:], source / line[1:]
            target.parent.mkdir(parents=True, exist_ok=True)
            if origin.is_dir():
                shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(origin, target)
    build = [text for name, text in commands_of_image() if name == "RUN" and "useradd" not in text]
    assert 2 == len(build)
    for text in build:
        command = text.replace("/source", str(source)).replace(
            "/opt/matillion", str(tmp_path / "opt")
        )
        command = command.replace("python -m venv", f"{sys.executable} -m venv")
        subprocess.run(["bash", "-euc", command], check=True, capture_output=True, timeout=300)
    program = tmp_path / "opt/bin/matillion"
    # As in the container: nothing is set but the path, there is no home, and nothing can be written.
    (empty := tmp_path / "data").mkdir()
    empty.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = subprocess.run(
        [program, "--sandbox", "projects", "list"],
        cwd=empty, env={"PATH": str(program.parent)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Sales" in done.stdout, done.stderr


def test_the_page_has_each_file() -> None:
    """The files of the servers that the page is about, which scripts/check holds against their schemas."""
    assert set(ON_PAGE) == set(on_page(PAGE.read_text(encoding="utf-8")))


@pytest.mark.long
@pytest.mark.parametrize("name", [".gitlab-ci.yml", "azure-pipelines.yml"])
def test_jobs_of_other_servers(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Served
) -> None:
    """Their scripts publish and run, with the variables that these servers set."""
    file = yaml.safe_load(on_page(PAGE.read_text(encoding="utf-8"))[name])
    if name == ".gitlab-ci.yml":
        script = "\n".join(file["publish and run"]["script"])
        variables = {"CI_COMMIT_TAG": "1.6.0", "CI_COMMIT_SHA": "0a1b"}
    else:
        script = "\n".join(step["script"] for step in file["steps"] if "script" in step)
        variables = {"BUILD_SOURCEBRANCHNAME": "1.6.0", "BUILD_SOURCEVERSION": "0a1b"}
        assert not re.search(r"\$\(", script)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sales").mkdir()
    (tmp_path / "sales/daily.orch.yaml").write_text("type: orchestration\n")
    for key, value in (environment(server) | variables).items():
        monkeypatch.setenv(key, value)
    run_console(Block(PAGE, 1, "console", script))
    assert 1 == server.sandbox.stats.operations["artifacts.upload"]
    assert 1 == server.sandbox.stats.operations["pipeline_executions.start"]

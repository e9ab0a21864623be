"""matillion artifacts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.command_line import Invoke, Start, environment

PUBLISH = ("--version", "1.0", "--environment", "Environment 1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project: a pipeline, a file that the API ignores, and one that Git does."""
    (tmp_path / "ingest").mkdir()
    (tmp_path / "ingest/daily.orch.yaml").write_text("type: orchestration\n")
    (tmp_path / "README.md").write_text("# Sales\n")
    (tmp_path / ".gitignore").write_text("*.log\n")
    (tmp_path / "x.log").write_text("log")
    return tmp_path


def test_publish_promote_show_and_list(invoke: Invoke, served: Start, folder: Path) -> None:
    """A version is published with a warning for each ignored file, promoted, and found where it went."""
    env = environment(served(projects=["Sales"]))
    published = invoke(
        *("artifacts", "publish", "Sales", str(folder), *PUBLISH),
        *("--branch", "main", "--commit", "0a1b"),
        env=env,
    )
    assert (0, "") == (published.exit_code, published.stdout)
    assert [
        "warning: the API ignored README.md: Unsupported resource type",
        "Published version '1.0' to 'Environment 1': 2 file(s), 28 bytes.",
    ] == published.stderr.splitlines()
    promoted = invoke(
        *("artifacts", "promote", "Sales", "1.0", "--from", "Environment 1"),
        *("--to", "Environment 2", "--json"),
        env=env,
    )
    assert {"environmentName": "Environment 2", "versionName": "1.0"} == json.loads(promoted.stdout)
    assert "Promoted version '1.0' from 'Environment 1' to 'Environment 2'.\n" == promoted.stderr
    shown = json.loads(
        invoke("artifacts", "show", "Sales", "--environment", "Environment 2", env=env).stdout
    )
    assert ("1.0", "main", "0a1b", ["ingest/daily.orch.yaml"]) == (
        shown["versionName"],
        shown["branch"],
        shown["commitHash"],
        shown["assets"],
    )
    listed = invoke(
        "artifacts", "list", "Sales", "--environment", "Environment 2", "--csv", env=env
    )
    assert ["1.0"] == [row["versionName"] for row in csv.DictReader(io.StringIO(listed.stdout))]


def test_disabled_versions_are_listed_on_demand(
    invoke: Invoke, served: Start, folder: Path
) -> None:
    """--all lists them, too."""
    server = served(projects=["Sales"])
    env = environment(server)
    invoke("artifacts", "publish", "Sales", str(folder), *PUBLISH, env=env)
    server.sandbox.disable_artifact("Sales", "Environment 1", "1.0")
    listing = ("artifacts", "list", "Sales", "--environment", "Environment 1")
    assert [] == json.loads(invoke(*listing, env=env).stdout)
    assert [False] == [
        row["enabled"] for row in json.loads(invoke(*listing, "--all", env=env).stdout)
    ]


def test_publish_as_json(invoke: Invoke, folder: Path) -> None:
    """--json writes one object for the next step of a pipeline."""
    result = invoke("--sandbox", "artifacts", "publish", "Sales", str(folder), *PUBLISH, "--json")
    assert {
        "versionName": "1.0",
        "environmentName": "Environment 1",
        "files": [
            {"name": "README.md", "size": 8},
            {"name": "ingest/daily.orch.yaml", "size": 20},
        ],
        "ignoredResources": [{"name": "README.md", "reason": "Unsupported resource type"}],
        "isVerified": False,
        "isDryRun": False,
    } == json.loads(result.stdout)


def test_a_dry_run(invoke: Invoke, folder: Path) -> None:
    """It lists the files, needs no credentials, and says that nothing happened."""
    arguments = ("artifacts", "publish", "Sales", str(folder), *PUBLISH, "--dry-run")
    result = invoke(*arguments, "--exclude", "*.md", "--exclude", "!x.log")
    assert (0, "ingest/daily.orch.yaml\nx.log\n") == (result.exit_code, result.stdout)
    assert "Would publish version '1.0' to 'Environment 1': 2 file(s), 23 bytes.\n" == result.stderr
    assert json.loads(invoke(*arguments, "--json").stdout)["isDryRun"]


def test_a_secret(invoke: Invoke, folder: Path) -> None:
    """It is refused unless --allow-secret names it."""
    (folder / "id_rsa").write_text("x")
    arguments = ("artifacts", "publish", "Sales", str(folder), *PUBLISH, "--dry-run")
    result = invoke(*arguments)
    assert (2, True) == (result.exit_code, "'id_rsa' looks like a secret" in result.stderr)
    result = invoke(*arguments, "--allow-secret", "id_rsa")
    assert (0, True) == (result.exit_code, "id_rsa\n" in result.stdout)


def test_a_response_that_is_lost(invoke: Invoke, served: Start, folder: Path) -> None:
    """A 500 after which the version is there is a success, with a warning."""
    server = served(projects=["Sales"], faults=["artifacts.upload:500,processed"])
    result = invoke("artifacts", "publish", "Sales", str(folder), *PUBLISH, env=environment(server))
    assert 0 == result.exit_code
    assert [
        "warning: the API gave no usable response, but the version is there; what it ignored is unknown",
        "Published version '1.0' to 'Environment 1': 2 file(s), 28 bytes.",
    ] == result.stderr.splitlines()
    assert 1 == server.sandbox.stats.operations["artifacts.upload"]


def _empty(folder: Path) -> None:
    for path in (folder / "README.md", folder / "ingest/daily.orch.yaml"):
        path.unlink()


def _binary(folder: Path) -> None:
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\0")


def _link(folder: Path) -> None:
    (folder / "passwd").symlink_to("/etc/passwd")


def _large(folder: Path) -> None:
    with (folder / "big.sql").open("wb") as file:
        file.truncate(100 * 2**20)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_empty, "has no file that is not excluded"),
        (_binary, "'logo.png' is not a text file: it has a NUL byte"),
        (_link, "'passwd' is a link out of the folder, to '/etc/passwd'"),
        (_large, "'big.sql' has 104857600 bytes, and max_file_size is 10485760"),
    ],
)
def test_a_folder_that_cannot_be_published(
    invoke: Invoke, folder: Path, spoil: object, message: str
) -> None:
    """An empty folder, a binary file, a link out of the folder and 100 MiB are one line and exit code 2."""
    assert callable(spoil)
    spoil(folder)
    result = invoke("--sandbox", "artifacts", "publish", "Sales", str(folder), *PUBLISH)
    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert message in result.stderr


def test_an_empty_folder_name(invoke: Invoke) -> None:
    """It is wrong usage: a variable of the shell that is not set must not publish where one happens to be."""
    result = invoke("--sandbox", "artifacts", "publish", "Sales", "", *PUBLISH, "--dry-run")
    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert "'FOLDER': it must not be empty" in result.stderr


@pytest.mark.parametrize("option", ["--version", "--environment", "--branch", "--commit"])
@pytest.mark.parametrize("text", ["", "größer", "x "])
def test_what_no_header_holds_is_refused_by_the_name_of_its_option(
    invoke: Invoke, folder: Path, option: str, text: str
) -> None:
    """Such as a variable of CI that is not set, before anything is read or sent."""
    result = invoke("artifacts", "publish", "Sales", str(folder), *PUBLISH, option, text)
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(
        f"matillion: Invalid value for '{option}': it is sent in a header of HTTP: it must be printable ASCII"
    )


def test_what_lets_a_secret_pass_is_told_as_an_option(invoke: Invoke, folder: Path) -> None:
    """In the error of a file that looks like a secret, and of one that is not there."""
    (folder / "id_rsa").write_text("key")
    arguments = ("artifacts", "publish", "Sales", str(folder), *PUBLISH, "--dry-run")
    result = invoke(*arguments, "--allow-secret", "id_dsa")
    assert 2 == result.exit_code
    assert "allow it by its name (--allow-secret)" in result.stderr
    assert 1 == result.stderr.count("artifacts.publish: ")
    assert "'id_dsa' is in --allow-secret, and there is no such file" in result.stderr
    assert "allow_secrets" not in result.stderr

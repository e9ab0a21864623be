"""What all commands share: settings, errors, exit codes, help."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from matillion_async import (
    AgentTaskTimeoutError,
    APIConnectionError,
    AuthenticationError,
    ConfigurationError,
    DeadlineExceededError,
    InvalidRequestError,
    MatillionError,
    NotFoundError,
    PagingError,
    PipelineRunTimeoutError,
    RateLimitedError,
    ResourceNameError,
    ResponseDecodingError,
    ServerError,
    TokenUnavailableError,
)
from matillion_async.cli._app import matillion
from matillion_async.cli._failures import Failure
from tests.cli.command_line import (
    PROGRAM,
    SECONDS,
    Invoke,
    Start,
    asked_on_terminal,
    environment,
    run_program,
)

SECRET = "hunter2/secret+value"


def _commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    with click.Context(command) as ctx:
        found = [(name, command.get_command(ctx, name)) for name in command.list_commands(ctx)]
    return [
        leaf
        for name, child in found
        if child is not None
        for leaf in _commands(child, (*path, name))
    ]


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in _commands(matillion)])
def test_every_command_has_an_example(invoke: Invoke, path: str) -> None:
    """--help of each command shows how it is written."""
    result = invoke(*path.split(), "--help")
    assert result.exit_code == 0
    assert f"Example: matillion {path}" in result.stdout


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in _commands(matillion)])
def test_every_option_and_argument_is_explained(invoke: Invoke, path: str) -> None:
    """Each option has a sentence of help, and the description of a command names its arguments."""
    command = dict(_commands(matillion))[tuple(path.split())]
    described = (command.help or "").partition("Example:")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").endswith("."), parameter.opts
        else:
            name = parameter.metavar or str(parameter.name).upper()
            assert name.rstrip(".") in described


def test_the_first_help_page(invoke: Invoke) -> None:
    """--help documents the exit codes, the global options and shell completion, and no way to pass a secret."""
    text = invoke("--help").stdout
    for expected in (
        "Exit codes",
        "--region",
        "--base-url",
        "--timeout",
        "--deadline",
        "_MATILLION_COMPLETE",
    ):
        assert expected in text
    assert "--client-secret" not in text


def test_version(invoke: Invoke) -> None:
    """--version names the program and its version."""
    assert invoke("--version").stdout.startswith("matillion 0.")


@pytest.mark.parametrize("arguments", [(), ("projects",)])
def test_nothing_to_do(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    """Without a command the help goes to stderr, and the exit code is 2."""
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


@pytest.mark.parametrize("position", [0, 1, 2])
def test_global_options_may_stand_anywhere(invoke: Invoke, position: int) -> None:
    """A global option is the same before and after the names of group and command."""
    arguments = ["projects", "list"]
    arguments.insert(position, "--sandbox")
    assert len(json.loads(invoke(*arguments).stdout)) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("projects", "lst"), "No such command 'lst'"),
        (("projects", "list", "--nope"), "--nope"),
        (("--sandbox", "--timeout", "0", "projects", "list"), "0"),
        (("--client-secret", "x", "projects", "list"), "--client-secret"),
        (("--region", "mars", "--client-id", "x", "projects", "list"), "mars"),
        (("--base-url", "http://example.com", "projects", "list"), "https"),
    ],
)
def test_wrong_usage(invoke: Invoke, arguments: tuple[str, ...], expected: str) -> None:
    """Wrong usage or configuration is one line and exit code 2."""
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("matillion: ")
    assert expected in result.stderr
    assert ". (see " not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"MATILLION_CLIENT_ID": "x"}, "MATILLION_CLIENT_SECRET"),
        ({"MATILLION_CLIENT_SECRET": SECRET}, "MATILLION_CLIENT_ID"),
    ],
)
def test_missing_credentials(invoke: Invoke, given: dict[str, str], missing: str) -> None:
    """Missing credentials are a usage error that names the variable to set."""
    result = invoke("projects", "list", env={"MATILLION_REGION": "eu1", **given})
    assert result.exit_code == 2
    assert f"{missing} is not set" in result.stderr
    assert SECRET not in result.output


def test_all_that_is_missing_is_told_at_once(invoke: Invoke) -> None:
    """Whoever begins need not try three times; what is there is not among it."""
    assert (
        "matillion: MATILLION_CLIENT_ID is not set, and --client-id was not given; MATILLION_CLIENT_SECRET is not set; "
        "MATILLION_REGION or MATILLION_BASE_URL is not set, and --region (eu1, us1, au1) was not given; create API "
        "credentials in the Matillion Hub, or try --sandbox (see 'matillion projects list --help')\n"
    ) == invoke("projects", "list", env={"MATILLION_CLIENT_ID": " "}).stderr
    told = invoke("projects", "list", "--region", "eu1", "--client-id", "x").stderr
    assert told.startswith("matillion: MATILLION_CLIENT_SECRET is not set; create ")


def test_wrong_credentials(invoke: Invoke, served: Start) -> None:
    """Refused credentials are one line that names the variables, and exit code 1."""
    env = environment(served(), MATILLION_CLIENT_SECRET=SECRET)
    result = invoke("projects", "list", env=env)
    assert result.exit_code == 1
    assert "MATILLION_CLIENT_ID" in result.stderr
    assert "MATILLION_CLIENT_SECRET" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("is_right", [True, False])
def test_secrets_are_never_shown(invoke: Invoke, served: Start, is_right: bool) -> None:
    """Neither the client secret nor a token is in the output, with -v and whether or not the call works."""
    server = served(projects=1, client_secret=SECRET)
    secret = SECRET if is_right else f"{SECRET}-wrong"
    result = invoke(
        "-v", "projects", "list", env=environment(server, MATILLION_CLIENT_SECRET=secret)
    )
    assert int(not is_right) == result.exit_code
    assert "projects.list" in result.stderr
    for hidden in (SECRET, "hunter2", "eyJ", "Bearer"):
        assert hidden not in result.stdout + result.stderr


def test_the_secret_is_asked_for_on_a_terminal(served: Start) -> None:
    """A secret that is not in the environment is asked for, and not shown while it is typed."""
    server = served(projects=["Sales"], client_secret=SECRET)
    env = environment(server)
    del env["MATILLION_CLIENT_SECRET"]
    code, shown = asked_on_terminal(
        "projects", "list", env=env, question="Client secret: ", answer=SECRET
    )
    assert code == 0, shown
    assert "Client secret" in shown
    assert "Sales, made by" in shown
    assert "hunter2" not in shown


def test_details_of_an_error(invoke: Invoke, served: Start) -> None:
    """-v adds operation, status, problem, attempts and timing below the line of the error."""
    server = served(projects=1, faults=["projects.list:403"])
    lines = invoke("-v", "projects", "list", env=environment(server)).stderr.splitlines()
    assert lines[0].startswith("projects.list: 403 in ")
    assert lines[1].startswith("matillion: projects.list: 403")
    details = [line.split(":")[0].strip() for line in lines[2:]]
    for expected in ("operation", "status", "problem detail", "body", "attempts", "time"):
        assert expected in details


def test_details_of_an_outcome_that_is_not_known() -> None:
    """-v has the server's id of the request, and says that it may have been carried out."""
    error = ServerError("503", status_code=503, request_id="r\x1b-1")
    error.may_have_been_processed = True
    assert (
        "error: ServerError",
        "status: 503",
        "request id: r -1",
        "the server may have carried it out: look before you repeat it",
    ) == Failure.of(error, is_verbose=True).details


def test_an_attempt_that_is_repeated(invoke: Invoke, served: Start) -> None:
    """-v says why, and when it is repeated."""
    server = served(projects=1, faults=["projects.list:503x1"])
    lines = invoke("-v", "projects", "list", env=environment(server)).stderr.splitlines()
    assert lines[0].startswith("projects.list: 503 in ")
    assert ", again in " in lines[0]
    assert lines[1].startswith("projects.list: 200 in ")


@pytest.mark.parametrize(
    ("option", "told"), [("--deadline", "the deadline"), ("--timeout", "within 0.3 seconds")]
)
def test_limits_of_time(invoke: Invoke, served: Start, option: str, told: str) -> None:
    """A call ends at its deadline, and a request that is not repeated at its timeout."""
    server = served(faults=["projects.create:delay=600"])
    create = ("projects", "create", "x", "--warehouse", "SNOWFLAKE")
    result = invoke(
        *(option, "0.3", *create, "--agent-deployment-type", "HYBRID"), env=environment(server)
    )
    assert (4, 1) == (result.exit_code, result.stderr.count("\n"))
    assert told in result.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigurationError("x"), 2),
        (InvalidRequestError("x"), 2),
        (NotFoundError("x", status_code=404), 1),
        (ResourceNameError("x", resource="agent", name="y"), 1),
        (AuthenticationError("x"), 1),
        (PipelineRunTimeoutError("x", project_id="p", execution_id="e", status=None), 3),
        (AgentTaskTimeoutError("x", task_id="t", status=None), 3),
        (APIConnectionError("x"), 4),
        (DeadlineExceededError("x"), 4),
        (TokenUnavailableError("x"), 4),
        (ServerError("x", status_code=502), 4),
        (RateLimitedError("x", status_code=429), 4),
        (ResponseDecodingError("x", status_code=200, body=""), 4),
        (PagingError("x"), 4),
    ],
    ids=lambda value: type(value).__name__,
)
def test_exit_codes(error: MatillionError, code: int) -> None:
    """What was refused, a run out of time, and what got no usable response, can be told apart."""
    assert code == Failure.of(error).exit_code


def test_a_command_that_does_not_exist(invoke: Invoke) -> None:
    """What is near is named, at the top and in a group."""
    assert (
        "matillion: No such command 'project'; near: 'projects' (see 'matillion --help')\n"
        == invoke("project", "list").stderr
    )
    assert "No such command 'lst'; near: 'list' " in invoke("projects", "lst").stderr


@pytest.mark.parametrize("words", [(), ("projects",), ("projects", "list")])
def test_help_has_a_short_form(invoke: Invoke, words: tuple[str, ...]) -> None:
    """-h is --help, wherever it stands."""
    result = invoke(*words, "-h")
    assert (0, invoke(*words, "--help").stdout) == (result.exit_code, result.stdout)


def test_violations_are_shown(invoke: Invoke) -> None:
    """A 400 says which argument the API refused."""
    result = invoke(
        "--sandbox", "-v", "projects", "create", "x", "--warehouse", "PAPER",
        "--agent-deployment-type", "HYBRID",
    )  # fmt: skip
    assert result.exit_code == 1
    assert any(
        "warehouse" in line for line in result.stderr.splitlines() if "  violation: " in line
    )


def test_no_server(invoke: Invoke) -> None:
    """A connection that cannot be made is one line and exit code 4."""
    settings = {
        "MATILLION_CLIENT_ID": "x",
        "MATILLION_CLIENT_SECRET": SECRET,
        "MATILLION_BASE_URL": "http://127.0.0.1:9/dpc",
        "MATILLION_TOKEN_URL": "http://127.0.0.1:9/token",
    }
    result = invoke("--deadline", "0.2", "projects", "list", env=settings)
    assert result.exit_code == 4
    assert result.stderr.startswith("matillion: projects.list: ")
    assert result.stderr.count("\n") == 1


def test_a_reader_that_goes_away(served: Start) -> None:
    """Output into a pipe that is closed ends quietly, as other programs do."""
    env = environment(served(projects=3000))
    with subprocess.Popen(
        [*PROGRAM, "projects", "list"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (141, b"")


@pytest.mark.parametrize(
    ("arguments", "stream"),
    [(("--help",), "stdout"), (("projects", "--help"), "stdout"), (("nonsense",), "stderr")],
)
def test_a_reader_that_was_never_there(arguments: tuple[str, ...], stream: str) -> None:
    """Help and errors into a pipe that is closed end as any other output does."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        result = subprocess.run(
            [*PROGRAM, *arguments],
            env=environment(),
            stdout=closed if stream == "stdout" else subprocess.PIPE,
            stderr=closed if stream == "stderr" else subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    assert (141, b"") == (result.returncode, (result.stdout or b"") + (result.stderr or b""))


@pytest.mark.parametrize(
    "arguments",
    [
        ("pipelines", "list", "Sales", "--environment", "bad\udcff"),
        ("variables", "set", "Sales", "bad\udcff", "1"),
        ("run", "p", "--project", "Sales", "--environment", "E", "--var", "a=bad\udcff"),
        ("--client-id", "bad\udcff", "projects", "list"),
    ],
)
def test_bytes_that_are_no_text(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    """An argument in another encoding is one line and exit code 2, wherever it stands."""
    result = invoke("--sandbox", *arguments)
    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert "it is not valid text from character " in result.stderr
    assert "bad" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
@pytest.mark.parametrize("arguments", [("--sandbox", "projects", "list"), ("--help",)])
def test_a_full_disk(arguments: tuple[str, ...]) -> None:
    """Output that cannot be written is one line and exit code 1."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*PROGRAM, *arguments],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == b"matillion: cannot write the output: No space left on device\n"


def test_ctrl_c(served: Start) -> None:
    """Ctrl-C while a call is under way ends with 130 and no traceback."""
    env = environment(served(projects=250, faults=["projects.list:delay=600@2"]))
    with subprocess.Popen(
        [*PROGRAM, "projects", "list"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"[\n"  # and now it waits for the second page
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert b"Traceback" not in complaint


def test_without_its_packages() -> None:
    """Without the extra the program says in one line what to install, and exits with 2."""
    for package in ("click", "rich"):
        script = (
            f"import sys; sys.modules[{package!r}] = None\n"
            "from matillion_async.cli import main; main()"
        )
        result = subprocess.run(
            [sys.executable, "-c", script],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert result.returncode == 2
        assert result.stderr.count("\n") == 1
        assert "pip install 'matillion-async[cli]'" in result.stderr


def test_the_client_does_not_import_the_command_line() -> None:
    """import matillion_async leaves the commands and the sandbox alone."""
    script = (
        "import sys, matillion_async\n"
        "found = {'matillion_async.cli', 'matillion_async.sandbox'} & set(sys.modules)\n"
        "sys.exit(str(found) if found else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, b"")


def test_shell_completion() -> None:
    """The completion that click offers knows groups and commands."""
    env = environment(
        _MATILLION_COMPLETE="bash_complete", COMP_WORDS="matillion projects ", COMP_CWORD="2"
    )
    result = run_program(env=env)
    assert {"plain,list", "plain,create", "plain,delete"} == set(result.stdout.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("matillion agents create x --track CU", {"plain,current"}),
        ("matillion projects create x --warehouse sn", {"plain,SNOWFLAKE"}),
        ("matillion executions list --status cancel", {"plain,CANCELLED", "plain,CANCELLING"}),
    ],
)
def test_completion_of_values(words: str, expected: set[str]) -> None:
    """The values that are known are completed, whatever case they and what was typed are in."""
    env = environment(
        _MATILLION_COMPLETE="bash_complete",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )
    assert expected == set(run_program(env=env).stdout.split())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--json", "as in: matillion doctor --json (see"),
        ("--json projects list", "as in: matillion projects list --json (see"),
        ("--csv environments list Sales", "as in: matillion environments list PROJECT --csv (see"),
        ("projects --json list", "as in: matillion projects list --json (see"),
        ("--project=Sales run daily", "as in: matillion run PIPELINE --project PROJECT (see"),
        ("--no-wait run daily", "as in: matillion run PIPELINE --no-wait (see"),
        (
            "variables --csv overrides list Sales a",
            "as in: matillion variables overrides list PROJECT NAME --csv (see",
        ),
    ],
)
def test_an_option_of_a_command_that_stands_before_it_is_told_its_place(
    invoke: Invoke, line: str, told: str
) -> None:
    """With the command that was typed, or one that has it."""
    result = invoke(*line.split())
    assert 2 == result.exit_code
    assert f"stands after its command, {told}" in result.stderr


@pytest.mark.parametrize(
    "line", ["--jsn projects list", "projects list --csvv", "projects -x list"]
)
def test_an_option_that_nothing_has_is_none(invoke: Invoke, line: str) -> None:
    """Its place does not matter."""
    result = invoke(*line.split())
    assert (2, True) == (result.exit_code, "No such option" in result.stderr)


def test_an_option_that_is_cut_short_is_told_whole(invoke: Invoke) -> None:
    """It is not taken for the whole: another version may have two that begin so."""
    result = invoke("run", "daily", "--project", "Sales", "--env", "Test")
    assert "No such option '--env'; did you mean --environment?" in result.stderr


@pytest.mark.parametrize("command", ["projects list", "doctor"])
@pytest.mark.parametrize(
    ("line", "variables", "told"),
    [
        ("--region mars", {}, "unknown region 'mars' (from --region); the regions are eu1"),
        ("", {"MATILLION_REGION": "mars"}, "unknown region 'mars' (from MATILLION_REGION)"),
        ("--base-url http://a.de", {}, "--base-url 'http://a.de' must use https"),
        ("", {"MATILLION_BASE_URL": "http://a.de"}, "MATILLION_BASE_URL 'http://a.de' must use"),
        ("--region eu1 --base-url https://a.de", {}, "give --region or --base-url, not both"),
    ],
)
def test_a_wrong_setting_is_called_what_it_was_typed_as(
    invoke: Invoke, command: str, line: str, variables: dict[str, str], told: str
) -> None:
    """An option as an option, and a variable as a variable."""
    environment = {"MATILLION_CLIENT_ID": "a", "MATILLION_CLIENT_SECRET": "b", **variables}
    result = invoke(*line.split(), *command.split(), env=environment)
    assert 0 != result.exit_code
    assert told in result.stdout + result.stderr

"""The plugin of pytest, in runs of pytest as its users have them: a process each, with the event loops' own plugins."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

OURS = ("-p", "matillion")  # by the name of the entry point
ANYIO = ("-p", "anyio.pytest_plugin")
STRICT = ("-p", "pytest_asyncio.plugin", "--asyncio-mode", "strict")
AUTO = ("-p", "pytest_asyncio.plugin", "--asyncio-mode", "auto")
RUNNERS = {
    "anyio": (ANYIO, "anyio"),
    "asyncio strict": (STRICT, "asyncio"),
    "asyncio auto": (AUTO, None),
    "asyncio strict beside anyio": (ANYIO + STRICT, "asyncio"),
    "anyio beside asyncio strict": (ANYIO + STRICT, "anyio"),
    "asyncio auto beside anyio": (ANYIO + AUTO, None),
}
ASYNC_TESTS = """
    import pytest
    {fixture_import}

    pytestmark = [pytest.mark.matillion_sandbox(projects=["Sales"]){mark}]

    @{fixture}
    async def made(matillion_client):
        project = (await matillion_client.projects.list())[0]
        yield project.id
        assert (await matillion_client.projects.list()).total == 1  # it is still open

    async def test_a_call(matillion_client, made):
        assert [project.id async for project in matillion_client.projects.list()] == [made]

    async def test_a_run(matillion_client, matillion_sandbox):
        run = await matillion_client.pipeline_executions.run(
            "Sales", pipeline_name="daily.orch.yaml", environment_name="Environment 1"
        )
        assert run.id
        matillion_sandbox.revoke_tokens()
        assert (await matillion_client.projects.list()).total == 1
        assert matillion_sandbox.stats.tokens_issued == 2

    async def test_in_a_block(matillion_client):
        async with matillion_client as client:
            await client.projects.list()
"""


@pytest.fixture(autouse=True)
def _no_options_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD"):
        monkeypatch.delenv(name, raising=False)


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest in a process of its own, with ours and these plugins, where a warning is an error."""
    fixed = ("--disable-plugin-autoload", "--strict-markers", "-Werror", *OURS)
    if any("asyncio" in argument for argument in arguments):
        pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    return pytester.runpytest_subprocess(*fixed, *arguments, timeout=120)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] * ("beside" in name)) for name in RUNNERS],
)
def test_it_works_with_each_runner_of_async_tests(pytester: pytest.Pytester, name: str) -> None:
    """A client works in tests and in fixtures of the user's own, on the loop that either plugin makes, and is closed."""
    plugins, mark = RUNNERS[name]
    is_anyio = mark == "anyio"
    code = ASYNC_TESTS.format(
        fixture_import="" if is_anyio else "import pytest_asyncio",
        fixture="pytest.fixture" if is_anyio else "pytest_asyncio.fixture",
        mark=f", pytest.mark.{mark}" if mark else "",
    )
    pytester.makepyfile(code)
    pytester.makeconftest(
        "import pytest\n\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'\n"
    )
    run(pytester, *plugins).assert_outcomes(passed=3)


def test_without_a_plugin_for_event_loops(pytester: pytest.Pytester) -> None:
    """A test that runs an event loop by itself uses the same fixtures; one that never sends anything, too."""
    pytester.makepyfile("""
        import asyncio

        import pytest

        @pytest.mark.matillion_sandbox(projects=3)
        def test_by_hand(matillion_client, matillion_sandbox):
            async def names():
                return [project.name async for project in matillion_client.projects.list()]

            assert len(asyncio.run(names())) == 3
            assert matillion_sandbox.stats.operations["projects.list"] == 1

        def test_unused(matillion_client):
            assert matillion_client.base_url.endswith("/dpc")
    """)
    run(pytester).assert_outcomes(passed=2)


def test_the_server(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes its own client, or is a process of its own, finds the server; nothing of a real account is left."""
    monkeypatch.setenv("MATILLION_REGION", "eu1")
    monkeypatch.setenv("MATILLION_CLIENT_SECRET", "a-real-one")
    pytester.makepyfile("""
        import asyncio
        import os
        import subprocess
        import sys

        import pytest

        from matillion_async import MatillionClient

        @pytest.mark.matillion_sandbox(projects=["Sales"])
        def test_it(matillion_server, matillion_sandbox):
            async def names():
                async with MatillionClient() as client:
                    return [project.name async for project in client.projects.list()]

            assert asyncio.run(names()) == ["Sales"]
            command = [sys.executable, "-m", "matillion_async.cli", "projects", "list", "--json"]
            assert "Sales" in subprocess.run(command, check=True, capture_output=True, text=True).stdout
            assert matillion_sandbox is matillion_server.sandbox
            assert matillion_sandbox.stats.operations["projects.list"] == 2
            assert "MATILLION_REGION" not in os.environ

        def test_after_it():
            assert os.environ["MATILLION_REGION"] == "eu1"
            assert os.environ["MATILLION_CLIENT_SECRET"] == "a-real-one"
    """)
    run(pytester).assert_outcomes(passed=2)


def test_markers(pytester: pytest.Pytester) -> None:
    """Limits and faults come by marker; what is nearer to the test wins, option by option."""
    pytester.makepyfile("""
        import pytest

        from matillion_async import RateLimitedError, ServerError

        pytestmark = [
            pytest.mark.asyncio,
            pytest.mark.matillion_sandbox(projects=2, faults="projects.list:503x1", limits="5/s"),
            pytest.mark.matillion_client(retry=None),
        ]

        async def test_as_the_module_says(matillion_client, matillion_sandbox):
            with pytest.raises(ServerError):
                await matillion_client.projects.list()
            with pytest.raises(RateLimitedError):
                for _ in range(8):
                    assert (await matillion_client.projects.list()).total == 2
            assert matillion_sandbox.stats.refused == 1

        @pytest.mark.matillion_sandbox(faults=[], limits=())
        async def test_of_its_own(matillion_client, matillion_sandbox):
            for _ in range(8):
                assert (await matillion_client.projects.list()).total == 2
            assert not matillion_sandbox.stats.refused
    """)
    run(pytester, *STRICT).assert_outcomes(passed=2)


MISTAKES = (
    ("matillion_sandbox(project=1)", "no option 'project': did you mean 'projects'?"),
    ("matillion_sandbox(projects='Sales')", "projects must be a number or a list of names"),
    ("matillion_sandbox(flat_executions='no')", "flat_executions must be True or False"),
    ("matillion_sandbox(limits=60)", "limits must be a string, or an iterable of strings, not int"),
    ("matillion_sandbox(faults=503)", "faults must be a Fault or a string, or several"),
    ("matillion_sandbox(pipelines=[1])", "pipelines: 1 is not a Pipeline"),
    ("matillion_sandbox(agent_work='fast')", "agent_work must be an AgentWork, not str"),
    ("matillion_sandbox(seed='a')", "seed must be an integer, not 'a'"),
    ("matillion_sandbox(projects=[1])", "projects: 1 is not a name"),
    ("matillion_client(timeout='3')", "timeout must be a number of seconds"),
    ("matillion_sandbox(limits='many')", "'many' is not a rate limit"),
    ("matillion_sandbox('Sales')", "arguments are given by name, not as 'Sales'"),
    ("matillion_client(retries=1)", "retry"),
)


def test_mistakes_in_markers(pytester: pytest.Pytester) -> None:
    """Each is one line that names the marker, without a traceback of ours."""
    tests = (
        f"@pytest.mark.{marker}\ndef test_{number}_(matillion_client): raise AssertionError\n"
        for number, (marker, _) in enumerate(MISTAKES)
    )
    pytester.makepyfile("import pytest\n\n" + "\n".join(tests))
    result = run(pytester)
    result.assert_outcomes(errors=len(MISTAKES))
    output = result.stdout.str()
    assert "pytest_plugin.py" not in output
    assert "another exception" not in output  # one line, and no second one
    sections = re.split("ERROR at setup of |short test summary info", output)[1:]
    for (marker, message), told in zip(MISTAKES, sections, strict=False):
        assert f"@pytest.mark.{marker.partition('(')[0]}: " in told
        assert message in told


@pytest.mark.long
def test_a_sandbox_of_ones_own(pytester: pytest.Pytester) -> None:
    """A fixture of the same name in a conftest is what the client and the server stand on."""
    pytester.makeconftest("""
        import pytest

        from matillion_async.sandbox import Sandbox

        @pytest.fixture
        def matillion_sandbox():
            return Sandbox(projects=["Mine"])
    """)
    pytester.makepyfile("""
        import pytest

        @pytest.mark.asyncio
        async def test_it(matillion_client, matillion_server):
            assert [project.name for project in await matillion_client.projects.list()] == ["Mine"]
            assert matillion_server.sandbox.stats.operations["projects.list"] == 1
    """)
    run(pytester, *STRICT).assert_outcomes(passed=1)


@pytest.mark.long
def test_under_xdist(pytester: pytest.Pytester) -> None:
    """Each worker has ports and an environment of its own."""
    pytester.makepyfile("""
        import os

        import pytest

        from matillion_async import MatillionClient

        @pytest.mark.asyncio
        @pytest.mark.matillion_sandbox(projects=["Sales"])
        @pytest.mark.parametrize("number", range(6))
        async def test_it(matillion_server, number):
            async with MatillionClient() as client:
                assert (await client.projects.list()).total == 1
            assert os.environ["MATILLION_BASE_URL"].startswith(matillion_server.url)
            assert matillion_server.sandbox.stats.operations["projects.list"] == 1
    """)
    run(pytester, *STRICT, "-p", "xdist", "-n", "2").assert_outcomes(passed=6)


@pytest.mark.long
def test_pytest_finds_it_by_itself(pytester: pytest.Pytester) -> None:
    """Where plugins load themselves, the fixtures are there without a line of configuration."""
    arguments = ("--fixtures", "-p", "no:schemathesis", "-q")
    shown = pytester.runpytest_subprocess(*arguments, timeout=120).stdout.str()
    for name in ("matillion_sandbox", "matillion_client", "matillion_server"):
        assert f"\n{name}" in shown


def test_a_run_that_does_not_use_it_imports_nothing_for_it() -> None:
    """Loading the plugin imports what pytest has imported anyway, and two small modules of ours."""
    script = (
        "import pytest, sys; before = set(sys.modules); "
        "import matillion_async.pytest_plugin; print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    ours = {"matillion_async", "matillion_async._version", "matillion_async.pytest_plugin"}
    assert ours == set(done.stdout.split())


def test_without_the_extra(pytester: pytest.Pytester) -> None:
    """Without what the sandbox needs, tests that ask for it say what to install, and others run."""
    pytester.makeconftest("import sys\n\nsys.modules['jsonschema'] = None\n")
    pytester.makepyfile("def test_it(matillion_sandbox): ...\n\ndef test_other(): ...\n")
    result = run(pytester)
    result.assert_outcomes(passed=1, errors=1)
    assert "pip install 'matillion-async[sandbox]'" in result.stdout.str()

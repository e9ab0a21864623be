"""matillion pipelines."""

from __future__ import annotations

import json

from tests.cli.command_line import Invoke, Start, environment


def test_list(invoke: Invoke, served: Start) -> None:
    """What is published to one environment of a project, which is given by its name or its id."""
    env = environment(served(projects=["Sales"], pipelines=["a.orch.yaml", "b.tran.yaml"]))
    project = json.loads(invoke("projects", "list", env=env).stdout)[0]["id"]
    for given in ("Sales", project):
        result = invoke("pipelines", "list", given, "--environment", "Environment 2", env=env)
        assert ["a.orch.yaml", "b.tran.yaml"] == [row["name"] for row in json.loads(result.stdout)]


def test_an_environment_must_be_given_and_exist(invoke: Invoke) -> None:
    """Without one it is wrong usage; an unknown one, with spaces and slashes, is an error of one line."""
    result = invoke("--sandbox", "pipelines", "list", "Sales")
    assert (2, True) == (result.exit_code, "--environment" in result.stderr)
    result = invoke("--sandbox", "pipelines", "list", "Sales", "--environment", "Prod / EU %2F #1")
    assert (1, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "The environment does not exist" in result.stderr

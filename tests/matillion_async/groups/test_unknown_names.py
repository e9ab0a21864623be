"""A group, or an operation, that there is not: the error says which there are."""

from __future__ import annotations

import copy
import subprocess
import sys
from functools import cached_property, reduce

import pytest
from matillion_api.api import Resources

from matillion_async import MatillionClient
from tests.matillion_async.scripted import Script, scripted_client


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("projects.get", "client.projects has no operation 'get': it has create, delete, find, "),
        ("projects.lst", "client.projects has no operation 'lst': did you mean 'list'?"),
        (
            "pipeline_executions.strat",
            "client.pipeline_executions has no operation 'strat': did you mean 'start'?",
        ),
        (
            "repositories.connct",
            "client.repositories has no operation 'connct': did you mean 'connect'?",
        ),
        ("project", "MatillionClient has no group 'project': did you mean 'projects'?"),
        ("with_option", "MatillionClient has no group 'with_option': did you mean 'with_options'?"),
        ("users", "MatillionClient has no group 'users': it has agents, ai_agent_tasks, artifacts"),
        ("projects._secret", "'Projects' object has no attribute '_secret'"),
    ],
)
async def test_it_is_named_with_what_there_is(path: str, told: str) -> None:
    """Also by a client with other options."""
    async with scripted_client(Script()) as client:
        for each in (client, client.with_options(timeout=3)):
            with pytest.raises(AttributeError) as caught:
                reduce(getattr, path.split("."), each)
            assert str(caught.value).startswith(told)


@pytest.mark.parametrize("path", ["projects.lst", "project"])
def test_it_is_said_once_what_may_have_been_meant(path: str) -> None:
    """Where a program ends with the error, the interpreter adds guesses of its own."""
    program = (
        "from matillion_async import MatillionClient\n"
        f"MatillionClient(client_id='a', client_secret='b', region='eu1').{path}"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert 1 == ended.stderr.lower().count("did you mean"), ended.stderr


async def test_each_group_says_so() -> None:
    """Those that have methods by hand, and those that are as generated."""
    async with scripted_client(Script()) as client:
        names = [
            name for name, each in vars(Resources).items() if isinstance(each, cached_property)
        ]
        assert "connectors" in names
        for name in names:
            group = getattr(client, name)
            assert getattr(client, name) is group
            with pytest.raises(
                AttributeError, match=rf"^client\.{name} has no operation 'qqq': it has"
            ):
                _ = group.qqq
            assert not hasattr(group, "qqq")
            assert type(copy.copy(group)) is type(group)


async def test_an_error_within_a_group_stands() -> None:
    """What a property of a subclass lacks is not taken for the property."""

    class Sales(MatillionClient):
        @cached_property
        def team(self) -> str:
            return self.region_of_team  # type: ignore[attr-defined,no-any-return]  # pyright: ignore

    async with Sales(client_id="a", client_secret="b", region="eu1") as client:
        with pytest.raises(AttributeError, match=r"^Sales has no group 'region_of_team': it has"):
            _ = client.team

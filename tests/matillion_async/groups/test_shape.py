"""What the hand-written groups have in common."""

from __future__ import annotations

import inspect
from functools import cached_property
from pathlib import Path

import pytest

import matillion_async
from matillion_async._resources import ClientResources
from matillion_async._runs.polling import Polling
from matillion_async._runs.starts import Starts
from matillion_async.sandbox import Sandbox

BY_HAND = sorted(
    name for name, value in vars(ClientResources).items() if isinstance(value, cached_property)
)


@pytest.mark.parametrize("name", BY_HAND)
def test_where_it_is_and_how_it_is_made(name: str) -> None:
    """Each is in one folder, and is made of a session that knows names, and of nothing else."""
    group = type(getattr(Sandbox().client(), name))
    assert group.__module__.startswith("matillion_async._groups.")
    signature = inspect.signature(group)
    assert ["session"] == list(signature.parameters)
    defined = inspect.signature(group.__init__).parameters["session"].annotation
    assert getattr(defined, "__name__", defined) in (
        "NamingSession",
        "Session",
    )  # the second where nothing is added to it


def test_all_modules_but_the_root_are_private() -> None:
    """Whatever a user imports comes from the root, but for models, OpenTelemetry, the command line, the sandbox and the plugin of pytest."""
    package = Path(matillion_async.__file__).parent
    names = {path.stem for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {"airflow", "cli", "models", "otel", "pytest_plugin", "sandbox"} == {
        name for name in names if not name.startswith("_")
    }


async def test_clients_with_other_options_share_what_higher_layers_keep() -> None:
    """Else two clients over one connection would poll twice as often, and take each other's executions."""
    async with Sandbox().client() as client:
        other = client.with_options(timeout=1)._own_session.connection
        for kind in (Polling, Starts):
            shared = client._own_session.connection.shared(kind)
            assert isinstance(shared, kind)
            assert shared is other.shared(kind)
    async with Sandbox().client() as stranger:
        assert shared is not stranger._own_session.connection.shared(Starts)

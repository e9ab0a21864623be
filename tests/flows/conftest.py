"""The pages on orchestrators, with the packages of scripts/flows; without those nothing of this folder is collected."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from matillion_async.sandbox import Pipeline, Sandbox, Served
from matillion_async.sandbox._thread import served_in_thread

if "FLOWS_PYTHON" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A sandbox with a pipeline that takes some seconds and one that does not end."""
    pipelines = [
        Pipeline("daily.orch.yaml", seconds=20),
        Pipeline("endless.orch.yaml", seconds=3600),
    ]
    with served_in_thread(Sandbox(projects=["Sales"], pipelines=pipelines)) as server:
        yield server

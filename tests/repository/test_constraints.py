"""constraints/: what is pinned, and that it is what pyproject.toml says."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
FILES = ["dev", "highest", "lowest", "airflow-2.11", "airflow-3", "flows"]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def runtime() -> dict[str, Requirement]:
    """What the package depends on, extras included but for Airflow, itself excluded."""
    table = project()["project"]
    extras = {**table["optional-dependencies"], "airflow": []}
    texts = [*table["dependencies"], *chain(*extras.values())]
    requirements = [Requirement(text) for text in texts]
    return {
        canonicalize_name(each.name): each for each in requirements if each.name != table["name"]
    }


def group(name: str) -> list[Requirement]:
    """A dependency group with the groups it includes."""
    found: list[Requirement] = []
    for entry in project()["dependency-groups"][name]:
        found += [Requirement(entry)] if isinstance(entry, str) else group(entry["include-group"])
    return found


def pins(name: str) -> dict[str, str]:
    """Names and versions of a file in constraints/."""
    lines = (ROOT / "constraints" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if not line.startswith("#")]
    return {
        canonicalize_name(each.name): next(iter(each.specifier)).version for each in requirements
    }


@pytest.mark.parametrize("name", FILES)
def test_lines_are_names_and_exact_versions(name: str) -> None:
    """A pin is a name, one exact version and perhaps a marker: no address, no range, no extra."""
    lines = (ROOT / "constraints" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if not line.startswith("#")]
    assert requirements
    for each in requirements:
        assert ["=="] == [part.operator for part in each.specifier], each
        assert each.url is None, each
        assert not each.extras, each


def test_lowest_is_the_lower_bounds() -> None:
    """constraints/lowest.txt has every lower bound of pyproject.toml, so that the tests prove them."""
    bounds = {
        name: Version(part.version)
        for name, requirement in runtime().items()
        for part in requirement.specifier
        if part.operator == ">="
    }
    assert set(runtime()) == set(bounds), "every dependency has a lower bound"
    assert bounds == {name: Version(version) for name, version in pins("lowest").items()}


def test_highest_is_allowed() -> None:
    """constraints/highest.txt pins what the package depends on, within the bounds that users get."""
    pinned = pins("highest")
    assert set(runtime()) == set(pinned)
    assert {} == {
        name: pinned[name]
        for name, requirement in runtime().items()
        if not requirement.specifier.contains(pinned[name])
    }


@pytest.mark.parametrize(("name", "version"), [("airflow-2.11", "2.11"), ("airflow-3", "3")])
def test_airflow_is_the_one_and_allowed(name: str, version: str) -> None:
    """constraints/airflow-*.txt have the Airflow that their name says, and all that the tests with it need, within bounds."""
    pinned = pins(name)
    extra = project()["project"]["optional-dependencies"]["airflow"]
    needed = [*map(Requirement, extra), *runtime().values(), *group("airflow")]
    tools = {"click", "redis", "rich"} - set(
        pinned
    )  # of the extras cli and redis, which the tests with Airflow do not need
    assert [] == [
        str(each)
        for each in needed
        if each.name not in tools
        if not each.specifier.contains(pinned[canonicalize_name(each.name)])
    ]
    assert pinned["apache-airflow"].startswith(f"{version}.")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("dev", ["dev", "highest"]),
        ("flows", ["flows"]),
        ("httpx2", ["dev", "highest", "httpx2"]),
    ],
)
def test_every_tool_is_pinned(name: str, files: list[str]) -> None:
    """Whatever a dependency group names has a pin where the group is installed."""
    pinned = {each for file in files for each in pins(file)}
    assert set() == {canonicalize_name(each.name) for each in group(name)} - pinned

"""What all models do alike: how they are shown, compared, copied and typed."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
from collections.abc import Iterator, Sequence
from typing import Any, assert_type

import attrs
import matillion_api.api
import matillion_api.models
import pytest
from matillion_api.models import (
    AgentCredentials,
    CreatedProject,
    DirectoryGroupList,
    GridVariables,
    Project,
    ProjectPage,
)
from matillion_api.types import UNSET, Operation, Page, Unset


def operations() -> Iterator[Operation[Any]]:
    """Every operation of the package."""
    for module in pkgutil.walk_packages(matillion_api.api.__path__, "matillion_api.api."):
        operation = getattr(importlib.import_module(module.name), "OPERATION", None)
        if operation is not None:
            yield operation


def test_a_model_shows_its_fields() -> None:
    """All fields, in the order of the constructor, and at the end what the model does not know; models inside, too."""
    page = ProjectPage([Project.from_dict({"id": "a", "name": "b", "new": 1})], page=0)
    assert (
        "ProjectPage(results=[Project(id='a', name='b', description=UNSET, extra={'new': 1})], "
        "page=0, size=UNSET, total=UNSET, extra={})"
    ) == repr(page)


def test_a_model_inside_itself_is_shown() -> None:
    """A model that somebody put into itself ends its repr."""
    project = Project("a", "b")
    project.extra["self"] = project
    assert repr(project).endswith("extra={'self': ...})")


def test_models_are_equal_by_all_their_fields() -> None:
    """Of the same class with the same values, also those that are not shown or not known."""
    assert Project("a", "b") == Project("a", "b")
    assert Project("a", "b") != Project("a", "c")
    assert Project("a", "b") != Project.from_dict({"id": "a", "name": "b", "new": 1})
    assert AgentCredentials("a", "b") != AgentCredentials("a", "c")
    assert CreatedProject.from_dict({"projectId": "a"}) != Project("a", "b")
    assert Project("a", "b") != "a"


def test_a_subclass_is_another_class() -> None:
    """A class of a user's own has its own name, and equals none of ours."""

    class Mine(Project):
        pass

    assert repr(Mine("a", "b")).startswith("Mine(id='a', ")
    assert Mine("a", "b") != Project("a", "b")


def test_a_model_is_no_key() -> None:
    """What can change has no hash."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Project("a", "b"))


def test_a_model_is_a_class_of_attrs() -> None:
    """With slots; attrs and the standard library know how to list, copy, convert and match it."""
    project = Project("a", "b")
    assert ["id", "name", "description"] == [
        each.name for each in attrs.fields(Project) if each.init
    ]
    assert "b2" == attrs.evolve(project, name="b2").name
    assert {"id": "a", "name": "b"} == attrs.asdict(project, filter=lambda _, value: bool(value))
    assert project == pickle.loads(pickle.dumps(project))
    assert not hasattr(project, "__dict__")
    match project:
        case Project(id, name):
            assert ("a", "b") == (id, name)


def test_fields_that_are_not_documented_are_under_one_name() -> None:
    """They can be read, changed and sent back, and a model has no other way to them, such as an index or ``in``."""
    project = Project.from_dict({"id": "a", "name": "b", "new": 1})
    assert {"new": 1} == project.extra
    project.extra["new"] = 2
    assert {"id": "a", "name": "b", "new": 2} == project.to_dict()
    assert {} == Project("a", "b").extra
    for method in ("__getitem__", "__setitem__", "__delitem__", "__contains__", "__iter__"):
        assert not hasattr(Project, method)


def test_a_map_has_its_entries_there() -> None:
    """A model that is a map by name, whose entries are of a type that is documented."""
    variables = GridVariables.from_dict({"days": [["mon"], ["tue"]]})
    assert [["mon"], ["tue"]] == variables.extra["days"]


def test_a_page_is_a_sequence_of_its_items() -> None:
    """It can be walked, counted, indexed, cut, searched and turned around; its fields are where they were."""
    first, second = Project("a", "b"), Project("c", "d")
    page = ProjectPage([first, second], total=5)
    assert isinstance(page, Sequence)
    assert [first, second] == list(page) == page.results
    assert 2 == len(page)
    assert (first, second) == (page[0], page[-1])
    assert [second] == page[1:]
    assert [second, first] == list(reversed(page))
    assert second in page
    assert Project("e", "f") not in page
    assert (1, 1) == (page.index(second), page.count(second))
    with pytest.raises(IndexError):
        page[2]


@pytest.mark.parametrize(
    "page", [ProjectPage([]), DirectoryGroupList(), DirectoryGroupList(resources=[])]
)
def test_a_page_without_items_is_false(page: ProjectPage | DirectoryGroupList) -> None:
    """As any empty sequence, also where the field of the items may be left out."""
    assert not page
    assert 0 == len(page)
    assert [] == list(page)
    assert ProjectPage([Project("a", "b")])


def test_every_page_is_one() -> None:
    """What an awaited listing gives is a page for each listing of the API, and nothing else is."""
    pages = {operation.parse([]).__class__ for operation in operations() if operation.paging}
    assert len(pages) == len([each for each in pages if issubclass(each, Page)]) > 15
    models = {getattr(matillion_api.models, name) for name in matillion_api.models.__all__}
    assert pages == {each for each in models if issubclass(each, Page)}


def test_types() -> None:
    """What mypy and pyright know of a model."""
    project = assert_type(Project.from_dict({"id": "a", "name": "b"}), Project)
    assert_type(Project(id="a", name="b", description=None).description, None | str | Unset)
    assert UNSET is project.description
    with pytest.raises(TypeError, match="nmae"):
        # Wrong on purpose.
        Project(id="a", nmae="b")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

"""What all models do alike: how they are shown, compared, copied and typed."""

from __future__ import annotations

import pickle
from typing import assert_type

import attrs
import pytest
from matillion_api.models import AgentCredentials, CreatedProject, Project, ProjectPage
from matillion_api.types import UNSET, Unset


def test_a_model_shows_its_fields() -> None:
    """All fields, with what the model does not know, in the order of the constructor; models inside, too."""
    page = ProjectPage([Project.from_dict({"id": "a", "name": "b", "new": 1})], page=0)
    assert (
        "ProjectPage(results=[Project(id='a', name='b', description=UNSET, additional_properties={'new': 1})], "
        "page=0, size=UNSET, total=UNSET, additional_properties={})"
    ) == repr(page)


def test_a_model_inside_itself_is_shown() -> None:
    """A model that somebody put into itself ends its repr."""
    project = Project("a", "b")
    project["self"] = project
    assert repr(project).endswith("additional_properties={'self': ...})")


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


def test_types() -> None:
    """What mypy and pyright know of a model."""
    project = assert_type(Project.from_dict({"id": "a", "name": "b"}), Project)
    assert_type(Project(id="a", name="b", description=None).description, None | str | Unset)
    assert UNSET is project.description
    with pytest.raises(TypeError, match="nmae"):
        # Wrong on purpose.
        Project(id="a", nmae="b")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

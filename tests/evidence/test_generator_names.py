"""What openapi-python-client does with names that it is not given as they are, and what Python does with them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("openapi_python_client", reason="only development needs it")

from openapi_python_client import strings
from openapi_python_client.parser import openapi as parser

from scripts._generation.preparing.names import python_name

SAME = "ª"
"""To Python it is the letter a."""


def test_a_name_is_another_one_to_python(tmp_path: Path) -> None:
    """A module is looked for under another name than its file has, so that names are made one before they are used."""
    (tmp_path / f"{SAME}.py").touch()
    done = subprocess.run(
        [sys.executable, "-c", f"import {SAME}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert b"No module named 'a'" in done.stderr


def test_the_generator_takes_it_as_it_is() -> None:
    """Of itself: in a process that has not made its names one."""
    script = (
        f"from openapi_python_client.strings import snake_case; print(ascii(snake_case({SAME!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert ascii(SAME) == done.stdout.strip()


def test_every_name_goes_through_one_function() -> None:
    """What is made one there is so in modules, classes and fields."""
    assert "a" == python_name(SAME) == strings.snake_case(SAME)
    assert ("A", "a") == (strings.pascal_case(SAME).upper(), strings.PythonIdentifier(SAME, ""))


def test_parameters_of_the_path_are_ascii() -> None:
    """It takes no others for parameters, and then refuses the operation."""
    pattern = parser._PATH_PARAM_REGEX
    assert ["a"] == re.findall(pattern, "/{a}/{é}/{'}")

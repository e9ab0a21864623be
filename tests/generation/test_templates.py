"""Templates of openapi-python-client are not a public API: an upgrade that changes one must be looked at."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import openapi_python_client
from jinja2 import DictLoader, Environment

from scripts._generation.writing.generator import KeptTemplates

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "openapi" / "templates"
UPSTREAM = Path(openapi_python_client.__file__).parent / "templates"

OVERRIDDEN = {
    "api_init.py.jinja": "f3b0290732b219be",
    "client.py.jinja": "4eac65762f21014a",
    "endpoint_init.py.jinja": "c1837a037fdbbd85",
    "endpoint_module.py.jinja": "c1b2628053eb4875",
    "errors.py.jinja": "b6ba7ea79aa7d7f2",
    "model.py.jinja": "fd1c79680d51c06c",
    "models_init.py.jinja": "4f64a3d6e1b15a56",
    "package_init.py.jinja": "ac15907e32dc39bd",
    "property_templates/any_property.py.jinja": "1f5f9a325f4cc6cf",
    "property_templates/boolean_property.py.jinja": "df1821adba927948",
    "property_templates/const_property.py.jinja": "d296884c11f3aafa",
    "property_templates/file_property.py.jinja": "c7e4a756b1510888",
    "property_templates/list_property.py.jinja": "4390b5f673fdb10d",
    "property_templates/property_macros.py.jinja": "c79a9954579902a2",
    "property_templates/union_property.py.jinja": "03790f2710deaeb2",
    "str_enum.py.jinja": "e4979a5e6b338351",
    "types.py.jinja": "93df9d75883a4eaf",
}
# Used by our templates without being overridden.
IMPORTED = {
    "endpoint_macros.py.jinja": "58edb8b4913db6ed",
    "helpers.jinja": "4e6ada7b7a8806e7",
    "property_templates/helpers.jinja": "a321c953d7101a1b",
}


def _hashes(names: dict[str, str]) -> dict[str, str]:
    return {name: hashlib.sha256((UPSTREAM / name).read_bytes()).hexdigest()[:16] for name in names}


def test_overridden_templates_are_those_they_were_written_for() -> None:
    """After an upgrade: compare the upstream template with ours, take over what matters, update the hash."""
    assert OVERRIDDEN | IMPORTED == _hashes(OVERRIDDEN | IMPORTED)


def test_every_overridden_template_is_listed() -> None:
    """Each file of ours that shadows an upstream one has a hash above."""
    ours = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.jinja")}
    assert OVERRIDDEN.keys() == {name for name in ours if (UPSTREAM / name).exists()}


def test_every_template_that_is_imported_is_known() -> None:
    """What a template of ours imports by name is ours, or has a hash above."""
    text = "".join(path.read_text(encoding="utf-8") for path in OURS.rglob("*.jinja"))
    names = set(re.findall(r'\{%-? from "([^"]+)"', text))
    assert names
    assert set() == {name for name in names if not (OURS / name).exists()} - IMPORTED.keys()


def test_compiled_templates_may_be_taken_away(tmp_path: Path) -> None:
    """By another run, whose templates are other ones: this one goes on without keeping its own."""
    kept = tmp_path / "kept"
    kept.mkdir()
    environment = Environment(
        loader=DictLoader({"a": "{{ 1 + 1 }}", "b": "{{ 2 + 2 }}"}),
        bytecode_cache=KeptTemplates(str(kept)),
    )
    assert "2" == environment.get_template("a").render()
    assert list(kept.iterdir())
    shutil.rmtree(kept)
    assert "4" == environment.get_template("b").render()

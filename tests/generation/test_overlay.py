"""Overlays: what their actions do to a spec, and what is said of one that does nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import Findings, SpecError
from scripts._generation.reading.overlay import with_overlay

SPEC: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "servers": [{"url": "https://a.example.com"}, {"url": "https://b.example.com"}],
    "paths": {
        "/a": {
            "get": {
                "operationId": "getA",
                "tags": ["a"],
                "parameters": [{"name": "x", "in": "query", "schema": {"type": "string"}}],
                "responses": {"204": {"description": ""}},
            }
        },
        "/b": {"get": {"operationId": "getB", "deprecated": True}},
    },
}


def changed(tmp_path: Path, *actions: Any, findings: Findings | None = None) -> dict[str, Any]:
    told = Findings() if findings is None else findings
    path = tmp_path / "overlay.json"
    path.write_text(json.dumps({"overlay": "1.0.0", "actions": actions}))
    made = with_overlay(SPEC, path, told)
    assert findings is not None or [] == list(told)
    return made


@pytest.mark.parametrize(
    ("target", "update", "where", "value"),
    [
        ("$.info", {"title": "U"}, ("info",), {"title": "U", "version": "1"}),
        ("$['info']", {"x-a": {"b": 1}}, ("info", "x-a"), {"b": 1}),
        ("$.paths['/a'].get", {"tags": ["b"]}, ("paths", "/a", "get", "tags"), ["a", "b"]),
        ('$.paths["/a"].get.tags', "c", ("paths", "/a", "get", "tags"), ["a", "c"]),
        ("$.paths.*.get", {"x-method": "m"}, ("paths", "/b", "get", "x-method"), "m"),
        ("$.paths[*][*]", {"x-method": "m"}, ("paths", "/a", "get", "x-method"), "m"),
        ("$.servers[-1]", {"url": "c"}, ("servers", 1), {"url": "c"}),
        ("$.servers[?(@.url == 'https://a.example.com')]", {"d": 1}, ("servers", 0, "d"), 1),
        ("$.paths[*][?(@.tags[0] == 'a')]", {"d": 1}, ("paths", "/a", "get", "d"), 1),
        ("$.paths.*[?@.deprecated == true]", {"d": 1}, ("paths", "/b", "get", "d"), 1),
        ("$..parameters[?@.name=='x'].schema", {"enum": ["q"]}, ("paths", "/a", "get", "parameters", 0, "schema"), {"type": "string", "enum": ["q"]}),
    ],
)  # fmt: skip
def test_an_update_is_merged(
    tmp_path: Path, target: str, update: Any, where: tuple[Any, ...], value: Any
) -> None:
    """Objects are merged, lists grow; the spec that was read stays as it is."""
    before = json.dumps(SPEC)
    found: Any = changed(tmp_path, {"target": target, "update": update})
    for key in where:
        found = found[key]
    assert value == found
    assert before == json.dumps(SPEC)


def test_what_is_removed(tmp_path: Path) -> None:
    """Fields and items, also several at once."""
    found = changed(
        tmp_path,
        {"target": "$.servers[*]", "remove": True},
        {"target": "$.paths['/b']", "remove": True},
    )
    assert ([], ["/a"]) == (found["servers"], list(found["paths"]))


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ({"target": "$.info"}, "action 1 has neither update nor remove"),
        ({"update": {}}, "action 1 has no target"),
        ({"target": "info", "update": {}}, "action 1: info does not begin with $"),
        ({"target": "$.info[(1)]", "update": {}}, "action 1: '[(1)]' is no step of JSONPath"),
        ({"target": "$.info.title", "update": {}}, "action 1: $.info.title is neither an object"),
    ],
)
def test_what_is_not_an_action_is_refused(tmp_path: Path, action: Any, told: str) -> None:
    """The overlay itself is wrong, whatever it is laid over."""
    with pytest.raises(SpecError, match=re.escape(told)):
        changed(tmp_path, action)


@pytest.mark.parametrize("target", ["$.nope", "$.paths[*][?(@.tags[1] == 'a')]", "$.info[?@.a[0]]"])
def test_an_action_that_matches_nothing_is_told(tmp_path: Path, target: str) -> None:
    """The vendor's next version may have moved it: the other actions count."""
    findings = Findings()
    made = changed(
        tmp_path,
        {"target": target, "remove": True},
        {"target": "$.info", "update": {"x-a": 1}},
        findings=findings,
    )
    assert 1 == made["info"]["x-a"]
    [told] = map(str, findings)
    assert told.endswith(
        f"overlay.json: action 1: nothing in the spec is {target}: it changes nothing"
    )


def test_a_file_that_is_no_overlay(tmp_path: Path) -> None:
    """It is named."""
    path = tmp_path / "o.yaml"
    path.write_text("a: 1\n")
    with pytest.raises(SpecError, match=r"o\.yaml: it is no overlay"):
        with_overlay(SPEC, path, Findings())


def test_the_command_takes_one(tmp_path: Path) -> None:
    """A name is given by an overlay, and what is not wanted is left away."""
    spec, overlay = tmp_path / "spec.json", tmp_path / "overlay.yaml"
    spec.write_text(json.dumps(SPEC))
    overlay.write_text(
        "overlay: 1.0.0\nactions:\n"
        "- target: $.paths['/a'].get\n  update: {x-method: fetch}\n"
        "- target: $.paths['/b']\n  remove: true\n"
    )
    arguments = ["--spec", str(spec), "--overlay", str(overlay), "--output", str(tmp_path / "made")]
    assert 0 == main(arguments)
    group = tmp_path / "made" / "matillion_api" / "api" / "a"
    assert "async def fetch(" in (group / "__init__.py").read_text()
    assert not (group / "get_b.py").exists()


@pytest.mark.parametrize("strict", [False, True])
def test_what_matches_nothing_fails_only_where_it_is_to(
    tmp_path: Path, strict: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command generates, and says which action; ``--strict`` writes nothing."""
    spec, overlay = tmp_path / "spec.json", tmp_path / "overlay.yaml"
    spec.write_text(json.dumps(SPEC))
    overlay.write_text("overlay: 1.0.0\nactions:\n- {target: $.nope, remove: true}\n")
    arguments = ["--spec", str(spec), "--overlay", str(overlay), "--output", str(tmp_path / "made")]
    assert strict == bool(main([*arguments, *(["--strict"] if strict else [])]))
    assert f"{overlay}: action 1: nothing in the spec is $.nope" in capsys.readouterr().err
    assert strict != (tmp_path / "made").exists()

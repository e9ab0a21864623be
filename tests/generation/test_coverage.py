"""docs/coverage.md: what is on it, and that it is up to date."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from matillion_async import MatillionClient
from scripts._generation import __main__ as generate
from scripts._generation.reading.bundle import operations
from scripts._generation.writing.coverage import render
from tests.generation.spec import DOCUMENT, ROOT

SMALL: dict[str, Any] = {
    "tags": [{"name": "big_widgets", "description": "Widgets."}],
    "x-sources": {"REF": "the reference"},
    "x-left-out": [{"name": "Paint a widget", "reason": "A title."}],
    "paths": {
        "/v1/widgets": {
            "get": {
                "operationId": "list_widgets",
                "tags": ["big_widgets"],
                "summary": "List a|b",
                "x-method": "list",
                "x-source": ["REF"],
                "x-confidence": "HIGH",
                "x-cli": ["widgets list", "widgets watch"],
            }
        }
    },
}


def test_a_row_per_operation() -> None:
    """A row has the operation, its path, calls in Python and on the command line, confidence and sources."""
    lines = render(SMALL).splitlines()
    assert (
        "| List a\\|b | `GET /v1/widgets` | `client.big_widgets.list()` "
        "| `matillion widgets list`<br>`matillion widgets watch` | HIGH | REF |"
    ) in lines
    assert "| Paint a widget | A title. |" in lines
    assert "- REF: the reference" in lines
    assert "## Big widgets" in lines


def test_nothing_is_missing() -> None:
    """Each operation is on the page once, each of its sources is explained, and so is what is left out."""
    page = render(DOCUMENT)
    for path, method, operation in operations(DOCUMENT):
        assert page.count(f"| `{method.upper()} {path}` |") == 1
        assert set(operation["x-source"]) <= DOCUMENT["x-sources"].keys()
        assert operation["x-confidence"] in ("HIGH", "MEDIUM")
    for each in DOCUMENT["x-left-out"]:
        assert each["name"] in page


@pytest.mark.parametrize("call", re.findall(r"`(client\.[^`]+)`", render(DOCUMENT)))
async def test_a_call_is_complete(call: str) -> None:
    """The method is there, needs nothing that the page does not give it, and takes what it gives."""
    parsed = ast.parse(call, mode="eval").body
    assert isinstance(parsed, ast.Call)
    async with MatillionClient(client_id="a", client_secret="b", region="eu1") as client:
        method: Any = client
        for name in ast.unparse(parsed.func).split(".")[1:]:
            method = getattr(method, name)
    parameters = inspect.signature(method).parameters
    required = {name for name, each in parameters.items() if each.default is each.empty}
    given = {*map(ast.unparse, parsed.args), *(str(each.arg) for each in parsed.keywords)}
    assert required <= given <= set(parameters)


@pytest.mark.parametrize(
    ("name", "file"), [("COVERAGE", "docs/coverage.md"), ("OVERLAY", "overlays/vendor.yaml")]
)
def test_check_sees_that_a_page_differs(
    name: str,
    file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """scripts/generate --check fails when what is written beside the package is not what the spec says; it changes nothing."""
    page = tmp_path / file
    page.parent.mkdir()
    page.write_text("# Coverage\n")
    package = ROOT / "generated" / "matillion_api"
    monkeypatch.setattr(generate, name, page)
    monkeypatch.setattr(
        generate, "build", lambda *_: package
    )  # that it is up to date is asked elsewhere
    assert generate.main(["--check"]) == 1
    assert f"differs: {file}" in capsys.readouterr().err
    assert "# Coverage\n" == page.read_text()

"""scripts/docs: the documentation site."""

from __future__ import annotations

import re
import shutil
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matillion_api.api import Resources

import matillion_async
import matillion_async.sandbox
from matillion_async import MatillionClient
from scripts._docs.__main__ import build
from scripts._docs.pages import BESIDE, lay_out, navigation

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md")
)
DOCUMENTED = set(re.findall(r"^::: (\S+)$", REFERENCE, re.MULTILINE))
PLAIN = {"UNSET", "Unset", "__version__"}
"""Public names that need no page."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository with the documents and one page."""
    for name in BESIDE:
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "zensical.toml", tmp_path / "docs")
    (tmp_path / "docs" / "coverage.md").write_text("# Coverage\n")
    return tmp_path


class Loaded(HTMLParser):
    """What a page makes the browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_site_is_built_whole_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    """Without a warning each document and page of docs/ becomes a page, whose parts are all in the site."""
    site = tmp_path / "site"
    assert "" == build(ROOT, site)
    for source in [*(ROOT / "docs").rglob("*.md"), *map(Path, ("changelog.md", "contributing.md"))]:
        name = source.relative_to(ROOT / "docs") if source.is_absolute() else source
        assert (site / name.with_suffix("") / "index.html").is_file(), name
    for page in site.rglob("*.html"):
        loaded = Loaded()
        loaded.feed(page.read_text(encoding="utf-8"))
        assert [] == [each for each in loaded.addresses if re.match(r"(https?:)?//", each)], page


def test_a_reference_is_readable(tmp_path: Path) -> None:
    """Names of parameters and their types are shown, roles and section names of docstrings are not."""
    assert "" == build(ROOT, tmp_path / "site")
    text = (tmp_path / "site" / "reference" / "client" / "index.html").read_text(encoding="utf-8")
    shown = re.sub(r"<[^>]+>", "", text)
    assert "client_secret" in shown
    assert ":meth:" not in shown
    assert "Args:" not in shown


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("[x](#nothing)", "anchor does not exist"),
        ("::: broken.function", "Parameter 'b' does not appear in the function signature"),
        ("::: broken.nothing", "broken.nothing could not be found"),
    ],
)
def test_what_is_wrong_is_told(small: Path, page: str, told: str) -> None:
    """A link to nothing and a docstring that does not fit fail the build, and leave the site that was there."""
    (small / "broken.py").write_text(
        'def function(a: int) -> None:\n    """Do.\n\n    Args:\n        b: what.\n    """\n'
    )
    (small / "docs" / "wrong.md").write_text(f"# Wrong\n\n{page}\n")
    site = small / "site"
    site.mkdir()
    (site / "old.html").write_text("")
    assert told in build(small, site)
    assert (site / "old.html").exists()


def test_links_follow_the_pages(small: Path) -> None:
    """A link to another document leads to its page; one to what is no page is text; code is left alone."""
    (small / "docs" / "reference").mkdir()
    (small / "docs" / "reference" / "a.md").write_text(
        "[home](../../README.md#use) [b](../coverage.md) [spec](../../openapi/) [web](https://x.example) `[c](d)`\n"
    )
    (small / "README.md").write_text("[a](docs/reference/a.md) [how](CONTRIBUTING.md)\n")
    lay_out(small, small / "pages")
    assert (
        "[home](../index.md#use) [b](../coverage.md) spec [web](https://x.example) `[c](d)`\n"
        == (small / "pages" / "reference" / "a.md").read_text()
    )
    text = (small / "pages" / "index.md").read_text()
    assert "[a](reference/a.md) [how](contributing.md)\n" == text


def test_every_page_has_its_place(small: Path) -> None:
    """Pages by task come first, in their order and then by name; a page that is not there is not named."""
    for name in ("zebra", "errors", "quick-start", "architecture"):
        (small / "docs" / f"{name}.md").write_text("# Page\n")
    assert [
        {"Overview": "index.md"},
        {"By task": ["quick-start.md", "errors.md", "zebra.md"]},
        {"Reference": ["coverage.md"]},
        {"Project": ["changelog.md", "architecture.md", "contributing.md"]},
    ] == tomllib.loads(f"nav = {navigation(small)}")["nav"]


def test_every_public_name_is_in_the_reference() -> None:
    """Whatever the package exports is on a page of the reference, and so is the sandbox."""
    public = {f"matillion_async.{name}" for name in set(matillion_async.__all__) - PLAIN}
    public |= {f"matillion_async.sandbox.{name}" for name in matillion_async.sandbox.__all__}
    assert set() == public - DOCUMENTED


async def test_every_group_is_in_the_reference() -> None:
    """Each group of operations is on its page, by the class that the client really has."""
    async with MatillionClient(client_id="a", client_secret="b", region="eu1") as client:
        groups = [name for name in vars(Resources) if not name.startswith("_")]
        classes = {type(getattr(client, name)) for name in groups}
    assert set() == {f"{each.__module__}.{each.__qualname__}" for each in classes} - DOCUMENTED
    assert sorted(groups) == re.findall(r"heading: client\.(\w+)", REFERENCE)

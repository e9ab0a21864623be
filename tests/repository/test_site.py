"""scripts/docs: the documentation site."""

from __future__ import annotations

import re
import shutil
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import matillion_api.models
import pytest
from matillion_api.api import Resources

import matillion_async
import matillion_async.airflow
import matillion_async.sandbox
from matillion_async import MatillionClient
from scripts._docs.__main__ import build
from scripts._docs.pages import BESIDE, lay_out, navigation

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md")
)
DOCUMENTED = set(re.findall(r"^::: (\S+)$", REFERENCE, re.MULTILINE))
PLAIN = {"UNSET", "Unset", "File", "Listing", "UnreadableRow", "models", "__version__"}
"""Public names that need no page, or are on one under the name of where they are generated."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository with the documents and one page."""
    for name in BESIDE:
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "zensical.toml", tmp_path / "docs")
    (tmp_path / "docs" / "coverage.md").write_text("# Coverage\n")
    return tmp_path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository."""
    folder = tmp_path_factory.mktemp("built") / "site"
    assert "" == build(ROOT, folder)
    return folder


class Loaded(HTMLParser):
    """What a page makes the browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.long
def test_the_site_is_built_whole_and_loads_nothing_from_elsewhere(site: Path) -> None:
    """Without a warning each document and page of docs/ becomes a page, whose parts are all in the site."""
    for source in [*(ROOT / "docs").rglob("*.md"), *map(Path, ("changelog.md", "contributing.md"))]:
        name = source.relative_to(ROOT / "docs") if source.is_absolute() else source
        assert (site / name.with_suffix("") / "index.html").is_file(), name
    for page in site.rglob("*.html"):
        loaded = Loaded()
        loaded.feed(page.read_text(encoding="utf-8"))
        assert [] == [each for each in loaded.addresses if re.match(r"(https?:)?//", each)], page


@pytest.mark.long
def test_a_reference_is_readable(site: Path) -> None:
    """Names of parameters and their types are shown, roles and section names of docstrings are not."""
    shown = re.sub(r"<[^>]+>", "", reference(site, "client"))
    assert "client_secret" in shown
    assert ":meth:" not in shown
    assert "Args:" not in shown


@pytest.mark.long
def test_operations_lead_to_the_fields_of_their_models(site: Path) -> None:
    """Every model is on its page, with its fields or its values, and what an operation gives is a link to it."""
    models = reference(site, "models")
    assert sorted(matillion_api.models.__all__) == sorted(
        re.findall(r'<h2 id="matillion_api\.models\.(\w+)"', models)
    )
    shown = re.sub(r"<[^>]+>", "", models)
    assert "Id of the execution (a UUID)." in shown
    assert "One of paused, pending, running, stopped, unknown, or another" in shown
    links = re.findall(r'href="\.\./models/#([\w.]+)"', reference(site, "operations"))
    assert "matillion_api.models.EnvironmentPage" in links
    assert [] == [link for link in links if f'id="{link}"' not in models]


def reference(site: Path, name: str) -> str:
    return (site / "reference" / name / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
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
    """A link to another document leads to its page; one to what is not a page is text; code is left alone."""
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
        {"Project": ["changelog.md", "architecture.md", "contributing.md", "security.md"]},
    ] == tomllib.loads(f"nav = {navigation(small)}")["nav"]


def test_every_public_name_is_in_the_reference() -> None:
    """Whatever the package exports is on a page of the reference, and so are the sandbox and the provider for Airflow."""
    public = {f"matillion_async.{name}" for name in set(dir(matillion_async)) - PLAIN}
    public |= {f"matillion_async.sandbox.{name}" for name in matillion_async.sandbox.__all__}
    homes = vars(matillion_async.airflow)["_HOMES"]
    public |= {f"matillion_async.airflow.{module}.{name}" for name, module in homes.items()}
    assert set() == public - DOCUMENTED


async def test_every_group_is_in_the_reference() -> None:
    """Each group of operations is on its page, by the class that the client really has."""
    async with MatillionClient(client_id="a", client_secret="b", region="eu1") as client:
        groups = [name for name in vars(Resources) if not name.startswith("_")]
        classes = {type(getattr(client, name)) for name in groups}
    assert set() == {f"{each.__module__}.{each.__qualname__}" for each in classes} - DOCUMENTED
    assert sorted(groups) == re.findall(r"heading: client\.(\w+)", REFERENCE)

"""README.md: how it begins, and how long it is; what it shows is run with the other pages."""

from __future__ import annotations

from tests.repository.pages import ROOT, blocks

README = ROOT / "README.md"


def test_it_is_short_and_begins_with_two_commands() -> None:
    """The demo and the tests are the first two commands; the whole is at most 150 lines."""
    commands = [block.text.strip() for block in blocks(README) if block.language == "console"]
    assert ["scripts/demo", "scripts/test"] == commands[:2]
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150


def test_it_links_every_page() -> None:
    """Each page of docs/ can be reached from it."""
    text = README.read_text(encoding="utf-8")
    pages = {page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")}
    assert set() == {page for page in pages if f"]({page})" not in text}

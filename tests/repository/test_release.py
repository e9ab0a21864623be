"""scripts/release: the page of the package, the changelog, the tag, and what breaks since the last one."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from scripts._release import breaking, changelog
from scripts._release.__main__ import main
from scripts._release.package_page import with_whole_addresses
from tests.repository.test_files import files

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"][
    "Repository"
]
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- A thing.
"""
MODULE = '''"""A package."""

from matillion_async._version import __version__ as __version__


def start(name: str) -> str:
    """Start it."""
    return name
'''
SPEC = """{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
"operationId": "list_things", "tags": ["things"], "responses": {"200": {"description": "OK"}}}}}}"""


def git(folder: Path, *arguments: str) -> str:
    """Run git, as somebody who is nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small package that has what a release needs."""
    for name, text in {
        "CHANGELOG.md": CHANGELOG,
        "README.md": "# It\n\nThere is no release yet: write `.`.\n\nMore.\n",
        "matillion_async/__init__.py": MODULE,
        "matillion_async/_version.py": '__version__ = "0.1.0"\n',
        "generated/matillion_api/openapi.json": SPEC,
    }.items():
        (path := tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    git(tmp_path, "init", "--quiet")
    for key, value in {
        "user.name": "A",
        "user.email": "a@example.com",
        "commit.gpgsign": "false",
    }.items():
        git(tmp_path, "config", key, value)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_release(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It dates the changelog, drops what is wrong from then on, commits, tags, and can be checked by its tag."""
    assert 0 == main(["0.1.0"], checkout)
    assert "v0.1.0\n" == git(checkout, "tag", "--points-at", "HEAD")
    assert "" == git(checkout, "status", "--porcelain")
    text = (checkout / "CHANGELOG.md").read_text()
    assert re.search(
        r"^## \[Unreleased\]\n\n## \[0\.1\.0\] - \d{4}-\d\d-\d\d\n\n### Added", text, re.MULTILINE
    )
    assert text.endswith(
        f"[Unreleased]: {ADDRESS}/compare/v0.1.0...HEAD\n[0.1.0]: {ADDRESS}/releases/tag/v0.1.0\n"
    )
    assert "# It\n\nMore.\n" == (checkout / "README.md").read_text()
    capsys.readouterr()
    assert 0 == main(["--check", "v0.1.0"], checkout)
    assert "### Added\n\n- A thing.\n" == capsys.readouterr().out


@pytest.mark.long
def test_the_next_release(checkout: Path) -> None:
    """It has a section of its own, and links to what changed since the one before it."""
    main(["0.1.0"], checkout)
    path = checkout / "CHANGELOG.md"
    path.write_text(
        path.read_text().replace("[Unreleased]\n", "[Unreleased]\n\n### Fixed\n\n- It.\n", 1)
    )
    git(checkout, "commit", "--quiet", "--all", "--message", "Mend it")
    assert 0 == main(["0.1.1"], checkout)
    assert "### Fixed\n\n- It.\n" == changelog.notes(path.read_text(), "0.1.1")
    assert ["0.1.1", "0.1.0"] == changelog.versions(path.read_text())
    assert f"[0.1.1]: {ADDRESS}/compare/v0.1.0...v0.1.1\n" in path.read_text()
    assert '"0.1.1"' in (checkout / "matillion_async/_version.py").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1.0"], "three numbers"),
        (["0.01.0"], "three numbers"),
        (["\N{ARABIC-INDIC DIGIT ONE}.0.0"], "three numbers"),
        (["--check", "v0.2.0"], "the tag is v0.2.0, and the package is that of v0.1.0"),
        (["--check", "v0.1.0"], r"no line '## \[0.1.0\] - YYYY-MM-DD'"),
    ],
)
def test_what_is_refused(
    checkout: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """A tag of another version, or one that the changelog does not know, is not released."""
    assert 1 == main(arguments, checkout)
    assert re.search(message, capsys.readouterr().err)
    assert "" == git(checkout, "status", "--porcelain") + git(checkout, "tag")


def test_a_release_of_what_is_not_committed(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tag is that of files which are in git."""
    (checkout / "README.md").write_text("changed")
    assert 1 == main(["0.1.0"], checkout)
    assert "commit what is changed first" in capsys.readouterr().err


@pytest.mark.parametrize("other", ["v0", "v1", "v0.1-rc", "v0.0.9rc1", "v0.1.0.1", "v0.1.x"])
def test_tags_that_are_no_release(checkout: Path, other: str) -> None:
    """Such as the one that users of the action follow: nothing is compared with it."""
    git(checkout, "tag", "--annotate", other, "--message", "It moves")
    assert breaking.last_tag(checkout) is None
    git(checkout, "commit", "--quiet", "--allow-empty", "--message", "Release")
    git(checkout, "tag", "v0.1.0")
    git(checkout, "tag", "--annotate", "--force", other, "--message", "It moves")
    assert "v0.1.0" == breaking.last_tag(checkout)


@pytest.mark.parametrize("version", ["0.9.9", "0.10.0"])
def test_a_release_that_is_not_later(
    checkout: Path, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    """Whoever has the last one would never get it."""
    git(checkout, "tag", "v0.10.0" if version != "0.10.0" else "v0.10.1")
    assert 1 == main([version], checkout)
    assert "is not later" in capsys.readouterr().err
    assert "" == git(checkout, "status", "--porcelain")


@pytest.mark.parametrize("hook", ["pre-commit", "reference-transaction"])
def test_what_git_refuses(checkout: Path, capsys: pytest.CaptureFixture[str], hook: str) -> None:
    """Whether the commit or the tag: what it said is told, and all is as it was, so that it can be tried again."""
    begun = git(checkout, "rev-parse", "HEAD")
    script = checkout / ".git" / "hooks" / hook
    script.parent.mkdir(exist_ok=True)
    is_asked = '[ "$1" = prepared ] && grep -q refs/tags/' if hook != "pre-commit" else "true"
    script.write_text(f"#!/bin/sh\nif {is_asked}; then echo not today >&2; exit 1; fi\n")
    script.chmod(0o755)
    assert 1 == main(["0.1.0"], checkout)
    assert "not today" in capsys.readouterr().err
    assert begun == git(checkout, "rev-parse", "HEAD")
    assert "" == git(checkout, "status", "--porcelain") + git(checkout, "tag")
    script.unlink()
    assert 0 == main(["0.1.0"], checkout)


@pytest.mark.long
def test_a_release_of_nothing(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is written about it, there is no release, and no file is changed."""
    main(["0.1.0"], checkout)
    assert 1 == main(["0.1.1"], checkout)
    assert "CHANGELOG.md says nothing about 0.1.1" in capsys.readouterr().err
    assert "" == git(checkout, "status", "--porcelain")


@pytest.mark.long
@pytest.mark.parametrize("what", ["a parameter", "a name", "an operation"])
def test_what_breaks(checkout: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    """A parameter that is new and required, or an operation that is gone, takes a new minor version before 1.0."""
    main(["0.1.0"], checkout)
    assert 0 == main(["--breaking"], checkout)
    assert "nothing breaks since v0.1.0" in capsys.readouterr().out
    module = checkout / "matillion_async/__init__.py"
    spec = checkout / "generated/matillion_api/openapi.json"
    if what == "a parameter":
        module.write_text(MODULE.replace("name: str", "name: str, when: str"))
    elif what == "a name":
        module.write_text(MODULE.replace("start", "begin"))
    else:
        spec.write_text(SPEC.replace("/things", "/others").replace("things", "others"))
    assert 1 == main(["--breaking"], checkout)
    shown = capsys.readouterr()
    assert ("things" if what == "an operation" else "start") in shown.out
    assert "0.1.0 breaks code that was written for v0.1.0" in shown.err
    (checkout / "matillion_async/_version.py").write_text('__version__ = "0.2.0"\n')
    assert 0 == main(["--breaking"], checkout)


@pytest.mark.parametrize(
    ("version", "tag", "may"),
    [
        ("0.1.1", "v0.1.0", False), ("0.2.0", "v0.1.9", True), ("1.0.0", "v0.2.0", True),
        ("1.1.0", "v1.0.0", False), ("2.0.0", "v1.9.0", True),
    ],
)  # fmt: skip
def test_which_versions_may_break(version: str, tag: str, may: bool) -> None:
    """A new major version, and before 1.0 a new minor one."""
    assert may is breaking.may_break(version, tag)


def test_links_between_releases() -> None:
    """Every version is compared with the one before it; the first one has none."""
    text = CHANGELOG
    for version in ("0.1.0", "0.2.0", "0.2.1"):
        text = text.replace("[Unreleased]\n", "[Unreleased]\n\n- It.\n", 1)
        text = changelog.release(text, version, date(2026, 3, 1), "https://a")
    assert [
        "[Unreleased]: https://a/compare/v0.2.1...HEAD",
        "[0.2.1]: https://a/compare/v0.2.0...v0.2.1",
        "[0.2.0]: https://a/compare/v0.1.0...v0.2.0",
        "[0.1.0]: https://a/releases/tag/v0.1.0",
    ] == text.splitlines()[-4:]


def test_the_package_page_has_whole_addresses() -> None:
    """Links into the repository lead to the files of the version; those elsewhere, and code, stay as they are."""
    assert "[a](R/docs/a.md#b) [c](https://c) [d](#d) `[e](f)`" == with_whole_addresses(
        "[a](docs/a.md#b) [c](https://c) [d](#d) `[e](f)`", "R"
    )
    core = ProjectMetadata(str(ROOT), PluginManager()).core
    links = re.findall(r"\]\(([^)]+)\)", re.sub(r"```.*?```", "", core.readme, flags=re.DOTALL))
    assert len(links) > 10
    assert [] == [link for link in links if not link.startswith(f"{ADDRESS}/blob/v")]
    assert ADDRESS == core.urls["Repository"]


def test_the_repository_has_one_address() -> None:
    """Wherever a file names the repository, it is the address of pyproject.toml."""
    owner, name = ADDRESS.removeprefix("https://github.com/").split("/")
    for path in files():
        if path.suffix in {".md", ".yml", ".toml"} and path.name != "test_release.py":
            found = re.findall(rf"github\.com/([\w-]+)/{name}\b", path.read_text("utf-8"))
            found += re.findall(rf"uses: ([\w-]+)/{name}@", path.read_text("utf-8"))
            assert {owner} >= set(found), path

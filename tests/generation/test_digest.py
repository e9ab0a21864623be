"""scripts/generate --check: it is answered without generating where nothing has changed, and only there."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts._generation import __main__ as generate
from scripts._generation import digest, start


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small repository, in which all was generated and checked."""
    for name in (
        "openapi/openapi.yaml",
        "openapi/templates/model.py.jinja",
        "openapi/overlays/vendor.yaml",
        "scripts/generate",
        "scripts/_generation/preparing/names.py",
        "generated/matillion_api/models/a.py",
        "generated/matillion_api/models/__pycache__/a.pyc",
        "docs/coverage.md",
        "site/ruff-1.0.dist-info/METADATA",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in ("INPUTS", "OUTPUTS"):
        places = [tmp_path / each.relative_to(digest.ROOT) for each in getattr(digest, name)]
        monkeypatch.setattr(digest, name, tuple(places))
    monkeypatch.setattr(digest, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    digest.record(digest.of_all())
    assert digest.is_checked()
    return tmp_path


def written(name: str) -> Callable[[Path], object]:
    """Changes a file, or makes it."""
    return lambda tree: (tree / name).write_text("other")


def renamed(name: str, other: str) -> Callable[[Path], object]:
    """Gives a file another name."""
    return lambda tree: (tree / name).rename(tree / other)


CHANGES = {
    "spec": written("openapi/openapi.yaml"),
    "new file of the spec": written("openapi/b.yaml"),
    "template": written("openapi/templates/model.py.jinja"),
    "code of the generation": written("scripts/_generation/preparing/names.py"),
    "the command": written("scripts/generate"),
    "version of a tool": renamed("site/ruff-1.0.dist-info", "site/ruff-1.1.dist-info"),
    "generated file": written("generated/matillion_api/models/a.py"),
    "new generated file": written("generated/matillion_api/models/b.py"),
    "other name of a generated file": renamed(
        "generated/matillion_api/models/a.py", "generated/matillion_api/models/c.py"
    ),
    "no generated file": lambda tree: (tree / "generated/matillion_api/models/a.py").unlink(),
    "page": written("docs/coverage.md"),
    "overlay": written("openapi/overlays/vendor.yaml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change: str, tree: Path) -> None:
    """Whatever of all that is read, runs or is written changes, it is generated again."""
    CHANGES[change](tree)
    assert not digest.is_checked()


def test_another_python(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes and sorts as it does."""
    monkeypatch.setattr(sys, "version", "3.99")
    assert not digest.is_checked()


def test_what_python_compiled_does_not_count(tree: Path) -> None:
    """Nobody generates it."""
    written("generated/matillion_api/models/__pycache__/a.pyc")(tree)
    assert digest.is_checked()


def test_what_changed_meanwhile_is_not_noted(tree: Path) -> None:
    """A file that was saved while the command ran may have been read before or after that."""
    before = digest.of_all()
    written("openapi/openapi.yaml")(tree)
    digest.record(before)
    assert not digest.is_checked()


@pytest.mark.parametrize("content", [b"", b"\xff", b"0" * 64])
def test_a_damaged_record(tree: Path, content: bytes) -> None:
    """It is as none."""
    (digest.CACHE / "checked").write_bytes(content)
    assert not digest.is_checked()


@pytest.mark.parametrize("arguments", [["--check"], ["--check", "--strict"], []])
def test_only_a_plain_check_is_answered_at_once(
    tree: Path,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And only where all is as it was; other arguments generate."""
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setitem(sys.modules, "httpx._main", None)
    monkeypatch.setattr(generate, "main", lambda argv: 7)
    is_plain = arguments == ["--check"]
    assert (0 if is_plain else 7) == start.main(arguments)
    assert is_plain == (capsys.readouterr().out == "generated/ is what openapi/ says\n")
    written("docs/coverage.md")(tree)
    assert 7 == start.main(arguments)


@pytest.mark.long
def test_a_check_notes_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of this repository: where it found a difference, it generates again; else it need not."""
    with monkeypatch.context() as patched:
        patched.setattr(generate, "differences", lambda *_: ["differs: a.py"])
        assert 1 == generate.main(["--check"])
    assert not digest.is_checked()
    assert 0 == generate.main(["--check"])
    assert digest.is_checked()

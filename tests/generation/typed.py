"""What mypy says of packages that were generated, and of what calls them."""

from __future__ import annotations

from pathlib import Path

from mypy import api as mypy


def told(folder: Path, cache: Path, *options: str | Path) -> str:
    """What mypy writes; an error of mypy's own fails the test.

    Args:
        folder: in which modules are found, and to which its configuration is written.
        cache: what it knows of the standard library, attrs and httpx from the calls before.
        options: and the files to look at.
    """
    config = folder / "mypy.ini"
    config.write_text(f"[mypy]\nmypy_path = {folder}\nexplicit_package_bases = True\n")
    arguments = [f"--config-file={config}", f"--cache-dir={cache}", *map(str, options)]
    text, wrong, _ = mypy.run(arguments)
    assert not wrong
    return text


def mistyped(folder: Path, cache: Path, *files: Path) -> list[str]:
    """The lines that mypy has for files, as strict as it can be."""
    return told(folder, cache, "--strict", "--no-error-summary", *files).splitlines()

"""Whether generated/ was already found to be what openapi/ says, by a digest of all that went in and came out.

The digest is kept in the environment of the tools, not in generated/: there it would change with each tool although nothing
that is generated does, and a fresh clone would have to believe whoever committed it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUTS = (ROOT / "openapi", ROOT / "scripts" / "_generation", ROOT / "scripts" / "generate")
OUTPUTS = (
    ROOT / "generated" / "matillion_api",
    ROOT / "docs" / "coverage.md",
    ROOT / "openapi" / "overlays" / "vendor.yaml",
)
CACHE = Path(sys.prefix) / "generation"
"""Gone when the environment is made anew."""
_RECORD = "checked"


def of_tools() -> str:
    """A digest of this Python, of the versions of all packages in its environment, and of the generation's own code."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(_distributions()):
        digest.update(f"{name}\n".encode())
    _add_files(digest, INPUTS[1:])
    return digest.hexdigest()


def of_all() -> str:
    """A digest of all that the generated files are made of, and of these files."""
    digest = hashlib.sha256(of_tools().encode())
    _add_files(digest, (*INPUTS, *OUTPUTS))
    return digest.hexdigest()


def is_checked() -> bool:
    """Whether a run of this machine, with the same tools and inputs, generated what is there."""
    try:
        return (CACHE / _RECORD).read_text(encoding="ascii") == of_all()
    except (OSError, ValueError):
        return False


def record(digest: str) -> None:
    """Note that what is there was generated from what is there, unless something of it has changed since then.

    Args:
        digest: from before the files were read.
    """
    if digest == of_all():
        CACHE.mkdir(exist_ok=True)
        (CACHE / _RECORD).write_text(digest, encoding="ascii")


def _distributions() -> set[str]:
    """Names and versions, as the folders of their metadata have them."""
    folders = [Path(entry) for entry in sys.path if entry]
    return {each.name for folder in folders for each in folder.glob("*.dist-info")}


def _add_files(digest: hashlib._Hash, places: Iterable[Path]) -> None:
    for place in places:
        files = place.rglob("*") if place.is_dir() else [place]
        for file in sorted(each for each in files if each.is_file()):
            if "__pycache__" not in file.parts:
                content = file.read_bytes()
                name = file.relative_to(ROOT).as_posix()
                digest.update(f"{name}\0{len(content)}\0".encode() + content)

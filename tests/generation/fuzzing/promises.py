"""What the command promises of any document whatever."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.generation.fuzzing.documents import Made
from tests.generation.fuzzing.running import Batch, Ran, generate, run

MISTAKES = r"a mistake of this command|Traceback|the generator stopped|ruff refused"
NOT_OF_RIGHT_ONES = (
    rf"{MISTAKES}|another form than OpenAPI has|is no code|nested too deeply|[a-z]Error:"
)
NOTHING = r"there is no operation that can be generated|nothing can be generated: "
"""Why a right document may give no package: all of its operations are left out."""
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


def broken_by(made: Made, ran: Ran) -> Iterator[str]:
    """What is wrong with how a document was generated from."""
    for line in ran.err.splitlines():
        if not line.startswith("scripts/generate: "):
            yield f"not one line: {line!r}"
        if re.search(MISTAKES if made.is_broken else NOT_OF_RIGHT_ONES, line):
            yield line
    if ran.code not in (0, 1) or (ran.code == 1 and not ran.err):
        yield f"code {ran.code}, {ran.err!r}"
    if ran.code == 1 and not made.is_broken and not re.search(NOTHING, ran.err):
        yield f"refused: {ran.err}"
    counts = re.search(r"^(\d+) operation\(s\) generated, (\d+) left out$", ran.out, re.MULTILINE)
    if ran.code == 0:
        told = int(counts[1]) + int(counts[2]) if counts else None
        if not made.is_broken and told != _count(made.document):
            yield f"{told} operations are told of"


def broken_by_comparing(made: Made, folder: Path) -> Iterator[str]:
    """What is wrong with how a document and its other version are compared, and it with itself in another order."""
    files = {name: folder / f"{name}.json" for name in ("old", "new", "turned")}
    files["old"].write_text(json.dumps(made.document), encoding="utf-8")
    files["new"].write_text(json.dumps(made.changed), encoding="utf-8")
    files["turned"].write_text(json.dumps(_turned(made.document)), encoding="utf-8")
    for old, new in (("old", "new"), ("old", "turned")):
        ran = run("--spec", files[old], "--diff", files[new], "--json")
        if ran.code not in (0, 1, 2) or re.search(MISTAKES, ran.err):
            yield f"compared: {ran.code}: {ran.err}"
        elif ran.code == 2 and new == "turned" and not made.is_broken:
            yield f"not compared: {ran.err}"
        elif ran.code != 2:
            told = json.loads(ran.out)
            if new == "turned" and told["changes"] and not made.is_broken:
                yield f"in another order: {told['changes'][0]}"


def broken_by_all(documents: dict[str, Made], folder: Path, cache: Path | None = None) -> list[str]:
    """What is wrong with some documents, by their names, and with the packages that are made of them.

    Args:
        documents: by names of modules.
        folder: one that is not there.
        cache: of mypy; without it types are not checked.
    """
    folder.mkdir()
    batch = Batch(folder)
    found: list[str] = []
    for name, made in documents.items():
        found += [f"{name}: {each}" for each in broken_by(made, batch.add(made.document, name))]
        found += [f"{name}: {each}" for each in broken_by_comparing(made, folder)]
    return [*found, *batch.not_imported(), *(batch.mistyped(cache) if cache else ())]


def broken_by_one(made: Made, folder: Path) -> list[str]:
    """What is wrong with one document, without its package's types."""
    found = [*broken_by(made, generate(made.document, folder / "made"))]
    return [*found, *broken_by_comparing(made, folder)]


def _turned(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its paths, their operations and the named schemas in the reverse order."""
    turned = {**document}
    if isinstance(document.get("paths"), dict):
        turned["paths"] = {
            path: _reversed(item) for path, item in reversed(document["paths"].items())
        }
    if isinstance(document.get("components"), dict):
        components = document["components"]
        turned["components"] = {**components, "schemas": _reversed(components.get("schemas"))}
    return turned


def _reversed(value: Any) -> Any:
    return dict(reversed(value.items())) if isinstance(value, dict) else value


def _count(document: dict[str, Any]) -> int:
    count = 0
    for stated in document["paths"].values():
        item = stated
        if "$ref" in stated:
            shared = document["components"]["pathItems"][stated["$ref"].rpartition("/")[2]]
            item = {**shared, **stated}
        operations = [item[each] for each in _METHODS if each in item]
        count += sum(isinstance(each, dict) for each in operations)
    return count

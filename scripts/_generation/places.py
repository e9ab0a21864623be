"""Where in the files of the spec something is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml


def located(files: Iterable[Path], place: Sequence[str | int]) -> str:
    """``FILE:LINE: `` of a place in the joined document; empty where no file has it.

    The file is the one that has most of the keys that lead there. JSON is read as YAML, which it is but for tabs.
    """
    best = (0, "")
    for file in files:
        text = file.read_text(encoding="utf-8").replace("\t", " ")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        line, depth = 0, 0
        for key in place:
            found = _child(node, key)
            if found is None:
                break
            (line, node), depth = found, depth + 1
        if depth > best[0]:
            best = (depth, f"{file}:{line + 1}: ")
    return best[1]


def _child(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line, node.value[key]
    return None

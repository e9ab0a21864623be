"""Where in the files of the spec something is."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from scripts._generation.reading.documents import TOKEN, SafeLoader, is_json, text_of


class Node:
    """A value of a file: the line it begins on, from 1, and what it has below its keys."""

    __slots__ = ("children", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.children: dict[str | int, Node] = {}


class Places:
    """The lines of all values of some files, read when they are first asked for."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = list(files)
        self._trees: list[tuple[Path, Node]] | None = None

    def located(self, place: Sequence[str | int]) -> str:
        """``FILE:LINE: `` of a place in the joined document; empty where no file has it."""
        file, line = self.position(place)
        return f"{file}:{line}: " if line else ""

    def position(self, place: Sequence[str | int]) -> tuple[str, int]:
        """The file and the line of a place in the joined document; the line is 0 where no file has it.

        The file is the one that has most of the keys. Of a place below ``x-files``, where other files are kept, it is that
        file.
        """
        if not place:
            return "", 0
        if self._trees is None:
            self._trees = [(file, _tree(file)) for file in self._files]
        if place[0] == "x-files" and len(place) > 1:
            other = self._files[0].parent / str(place[1])
            if all(file != other for file, _ in self._trees):
                self._trees.append((other, _tree(other)))
            return _found([(other, tree) for file, tree in self._trees if file == other], place[2:])
        return _found(self._trees[: len(self._files)], place)


def _found(trees: Iterable[tuple[Path, Node]], place: Sequence[str | int]) -> tuple[str, int]:
    best, position = -1, ("", 0)
    for file, tree in trees:
        node, depth = tree, 0
        for key in place:
            if key not in node.children:
                break
            node, depth = node.children[key], depth + 1
        if depth > best and (depth or not place):
            best, position = depth, (str(file), node.line)
    return position


def _tree(file: Path) -> Node:
    text = text_of(file)
    if is_json(text):
        return _of_json(text)
    try:
        return _of_yaml(yaml.compose(text, Loader=SafeLoader), {})
    except yaml.YAMLError:
        return Node(1)


def _of_json(text: str) -> Node:
    """The lines of a text that is known to be JSON; a value of an object is on the line of its key."""
    ends = [match.start() for match in re.finditer("\n", text)]
    tokens = (
        (match.group(), bisect_left(ends, match.start()) + 1) for match in TOKEN.finditer(text)
    )

    def value(token: str, line: int) -> Node:
        node = Node(line)
        if token == "{":
            for key, at in tokens:
                if key == "}":
                    break
                if key != ",":
                    next(tokens)  # the colon
                    child = value(*next(tokens))
                    child.line = at
                    node.children[json.loads(key, strict=False)] = child
        elif token == "[":
            for item, at in tokens:
                if item == "]":
                    break
                if item != ",":
                    node.children[len(node.children)] = value(item, at)
        return node

    return value(*next(tokens))


def _of_yaml(node: yaml.Node | None, known: dict[int, Node]) -> Node:
    """The lines of a node, and of an anchored one once."""
    if node is None:
        return Node(1)
    if id(node) in known:
        return known[id(node)]
    made = known[id(node)] = Node(node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            child = _of_yaml(value, known)
            at_key = Node(key.start_mark.line + 1)
            at_key.children = child.children
            made.children[str(key.value)] = at_key
    elif isinstance(node, yaml.SequenceNode):
        made.children.update(
            {index: _of_yaml(each, known) for index, each in enumerate(node.value)}
        )
    return made

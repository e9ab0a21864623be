"""Read a file of YAML or JSON as OpenAPI means it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Hashable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from scripts._generation.findings import SpecError

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader
else:
    from yaml import CSafeLoader as SafeLoader  # reads the spec in a sixth of the time

__all__ = ["SafeLoader", "is_json", "load_document", "parse", "text_of"]


def load_document(path: Path, repeated: list[str] | None = None) -> dict[str, Any]:
    """Read a YAML or JSON file that holds one mapping, in UTF-8, or in UTF-16 with a byte order mark.

    Args:
        path: the file.
        repeated: takes what is to be told of keys that are there twice, of which the last counts; without it they are
            refused.
    """
    document = parse(text_of(path), path, repeated)
    if document is None:
        raise SpecError(f"{path}: it is empty")
    if not isinstance(document, dict):
        raise SpecError(f"{path}: expected a mapping, found {type(document).__name__}")
    return document


def text_of(path: Path) -> str:
    """The text of a file without its byte order mark."""
    try:
        content = path.read_bytes()
        is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except OSError as error:
        if path.parts[:1] in (("http:",), ("https:",)):
            # Not repeated, since there may be a secret in it.
            raise SpecError(
                "a URL is not read: download it first, and give the name of the file"
            ) from error
        raise SpecError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: it is not text in UTF-8: {error}") from error


def is_json(text: str) -> bool:
    """Whether a text is JSON rather than YAML, of which JSON with tabs is none."""
    return text.lstrip()[:1] in ("{", "[")


def parse(text: str, path: Path, repeated: list[str] | None = None) -> Any:
    """The document that a text holds, whatever the file is called."""
    found = _parsed(text, path, repeated)
    if r"\ud" in text.lower() and _HALF.search(repr(found)):
        raise SpecError(f"{path}: it has half of a character, such as \\ud800: it is no text")
    return found


_HALF = re.compile(r"(?<!\\)(?:\\\\)*\\ud[89a-f]")
"""A surrogate that is alone, as ``repr`` writes it; of two JSON makes one character."""


def _parsed(text: str, path: Path, repeated: list[str] | None) -> Any:
    try:
        if is_json(text):
            try:
                return json.loads(
                    text,
                    object_pairs_hook=partial(_once_each, repeated),
                    parse_constant=_refuse_constant,
                )
            except json.JSONDecodeError:
                if path.suffix == ".json":
                    raise
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _check_keys(node, repeated)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except json.JSONDecodeError as error:
        raise SpecError(f"{path}:{error.lineno}: it is not JSON: {error.msg}") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SpecError(f"{path}{line}: {error.problem}") from error
    except RecursionError:
        raise SpecError(f"{path}: it is nested too deeply") from None
    except (ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SpecError(f"{path}: {reason}") from error


_NOT_OF_JSON = {
    f"tag:yaml.org,2002:{each}" for each in ("binary", "omap", "pairs", "set", "timestamp")
}


class _Loader(SafeLoader):
    """Reads YAML 1.2, as OpenAPI asks for, with what is not in JSON left as text: ``NO``, ``010``, ``12:30``, dates."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        made = super().construct_mapping(node, deep=deep)
        return {self._text(key, node): value for key, value in made.items()}

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node.tag in _NOT_OF_JSON:
            raise yaml.MarkedYAMLError(
                problem=f"JSON has nothing like the tag {node.tag.replace('tag:yaml.org,2002:', '!!')}",
                problem_mark=node.start_mark,
            )
        return super().construct_object(node, deep=deep)

    @staticmethod
    def _text(key: Hashable, node: yaml.Node) -> str:
        """A key as text: ``200`` may be written without quotes, ``true`` not."""
        if isinstance(key, bool) or not isinstance(key, str | int):
            raise yaml.MarkedYAMLError(
                problem=f"the key {key!r} is not a string: put it in quotes",
                problem_mark=node.start_mark,
            )
        return str(key)


_FORMS = [
    ("null", "~nN", r"~|null|Null|NULL|"),
    ("bool", "tTfF", r"true|True|TRUE|false|False|FALSE"),
    ("int", "-+0123456789", r"[-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+"),
    ("float", "-+.0123456789", r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?)"),
    ("merge", "<", r"<<"),
]
_Loader.yaml_implicit_resolvers = {}
for _tag, _first, _form in _FORMS:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_form})$"),
        [*_first, ""] if _tag == "null" else list(_first),
    )


def _check_keys(top: yaml.Node | None, repeated: list[str] | None) -> None:
    """Refuse a key that is there twice; to be asked before mappings are merged, which repeats keys."""
    seen: set[int] = set()
    pending = [top]
    while pending:
        node = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            pending.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                pending.append(value)
                if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                    if key.value in keys and repeated is None:
                        raise yaml.MarkedYAMLError(
                            problem=f"the key {key.value!r} is there twice",
                            problem_mark=key.start_mark,
                        )
                    if key.value in keys and repeated is not None:
                        line = key.start_mark.line + 1
                        repeated.append(f"line {line}: the key {key.value!r} is there twice")
                    keys.add(key.value)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"JSON has no {name}")


def _once_each(repeated: list[str] | None, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, which may not have a key twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        if repeated is None:
            raise ValueError(f"the key {twice!r} is there twice")
        repeated.append(f"the key {twice!r} is there twice, beside {next(iter(made))!r}")
    return made

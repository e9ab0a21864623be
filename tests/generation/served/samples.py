"""Values that a schema of a file allows."""

from __future__ import annotations

import base64
import contextlib
import re
import warnings
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from tests.generation.served.meaning import Checked, Meaning, meaning
from tests.generation.served.original import Files, Node

_TRIES = 12
_DEEPEST = 12
_TEXTS = {
    "date-time": "2026-03-0{}T10:20:30Z",
    "date": "2026-03-0{}",
    "time": "10:20:3{}Z",
    "duration": "PT{}H",
    "uuid": "3f2b8c1e-5d0e-4a57-9a53-b6cf6ad0c1d{}",
    "email": "user{}@example.com",
    "uri": "https://example.com/{}",
    "url": "https://example.com/{}",
    "hostname": "host{}.example.com",
    "ipv4": "192.0.2.{}",
    "ipv6": "2001:db8::{}",
}


class NoSample(Exception):  # noqa: N818 - it is no error of a program: the schema may allow nothing
    """No value was found that a schema allows."""


class Samples:
    """Makes values of the schemas of a file."""

    def __init__(self, files: Files) -> None:
        self.checked = Checked(files)

    def value(
        self, schema: Node | None, random: Random, *, sent: bool, whole: bool, is_file: bool = False
    ) -> Any:
        """A value that the schema allows, with all fields, or with those that are required.

        Args:
            schema: None for a value of any kind.
            random: what chooses.
            sent: by a client; fields for the other direction are not there.
            whole: all fields are there.
            is_file: what is binary is ``bytes``, as in a form with files.

        Raises:
            NoSample: none was found.
        """
        if schema is None:
            return f"anything {random.randrange(10)}"
        told: list[str] = []
        for attempt in range(_TRIES):
            maker = _Maker(
                self.checked,
                random,
                sent=sent,
                whole=whole and attempt < _TRIES // 2,
                is_file=is_file,
            )
            try:
                found = self._example(schema) if not whole and attempt == 0 else None
                made = maker.make(schema, 0) if found is None else found
            except NoSample as error:
                told = [str(error)]
                continue
            told = self.checked.violations(_without_files(made), schema, sent=sent)
            if not told:
                return made
        raise NoSample("; ".join(told[:3]))

    def _example(self, schema: Node) -> Any:
        """The example of the file, unless it has what the schema does not know, or is of another type."""
        told = meaning(schema)
        examples = told.keys.get("examples")
        found = told.keys.get(
            "example", examples[0] if isinstance(examples, list) and examples else None
        )
        if isinstance(found, dict):
            is_known = not told.properties or found.keys() <= told.properties.keys()
            return found if is_known and told.type == "object" else None
        return None if told.type == "object" else found


def _without_files(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {key: _without_files(each) for key, each in value.items()}
    return [_without_files(each) for each in value] if isinstance(value, list) else value


class _Maker:
    def __init__(
        self, checked: Checked, random: Random, *, sent: bool, whole: bool, is_file: bool
    ) -> None:
        self._checked = checked
        self._random = random
        self._sent = sent
        self._absent = "readOnly" if sent else "writeOnly"
        self._whole = whole
        self._is_file = is_file

    def make(self, schema: Node, depth: int) -> Any:
        if depth > _DEEPEST:
            raise NoSample("it is made of itself without end")
        if schema.value is True or schema.value == {}:
            return self._random.choice(["any", 7, {"free": ["x", None]}])
        found = meaning(schema, self._random)
        keys = found.keys
        if "const" in keys:
            return keys["const"]
        if isinstance(keys.get("enum"), list) and keys["enum"]:
            return self._random.choice(
                [each for each in keys["enum"] if each is not None] or [None]
            )
        match found.type:
            case "object":
                return self._object(found, depth)
            case "array":
                return self._array(found, depth)
            case "integer" | "number":
                return self._number(found)
            case "boolean":
                return self._random.random() < 0.5
            case "null":
                return None
            case "string":
                return self._text(keys)
        return self._text(keys) if "pattern" in keys or "format" in keys else "any"

    def _object(self, found: Meaning, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, node in found.properties.items():
            if meaning(node).keys.get(self._absent) is True:
                continue
            if name in found.required:
                made[name] = self.make(node, depth + 1)
            elif self._whole and depth < 3:
                with contextlib.suppress(NoSample):
                    made[name] = self._right(node, depth + 1)
        for name in sorted(found.required - set(made) - set(found.properties)):
            made[name] = self._other(found, depth)
        least = found.keys.get("minProperties", 0)
        count = max(2 if self._whole and not found.properties else 0, least - len(made))
        if found.additional is None or found.additional.value is not False:
            names = [f"key {number}" for number in range(count)]
            made |= {name: self._other(found, depth) for name in names}
        for name, text in found.names.items():
            stated = meaning(found.properties[name]).keys if name in found.properties else {}
            if "enum" not in stated and "const" not in stated:
                made[name] = text
        return made

    def _right(self, node: Node, depth: int) -> Any:
        """A value that fits by itself, so that one field that cannot be made does not cost the others."""
        for _ in range(3):
            value = self.make(node, depth)
            if depth > 2 or not self._checked.violations(
                _without_files(value), node, sent=self._sent
            ):
                return value
        raise NoSample(f"none was found for {node.keys[-1]}")

    def _other(self, found: Meaning, depth: int) -> Any:
        if found.additional is not None and isinstance(found.additional.value, dict):
            return self.make(found.additional, depth + 1)
        return "other"

    def _array(self, found: Meaning, depth: int) -> list[Any]:
        made = [self.make(node, depth + 1) for node in found.prefix_items]
        least, most = found.keys.get("minItems", 0), found.keys.get("maxItems", 1000)
        count = min(max(least, 2 if self._whole and depth < 4 else 0), most) - len(made)
        for _ in range(max(count, 0) * 3):
            if len(made) >= count + len(found.prefix_items):
                break
            item = "any" if found.items is None else self.make(found.items, depth + 1)
            if item not in made or not found.keys.get("uniqueItems"):
                made.append(item)
        return made

    def _number(self, found: Meaning) -> float:
        keys = found.keys
        low, high = _bound(keys, "inimum", 1), _bound(keys, "aximum", -1)
        step = keys.get("multipleOf") or (1 if found.type == "integer" else 0.25)
        if low is None:
            low = min(1, high) if high is not None else 1
        high = low + 40 * step if high is None else high
        first = -(-low // step)
        last = min(high // step, first + 40)
        if last < first:
            return high  # type: ignore[no-any-return]
        number = self._random.randint(int(first), int(last)) * step
        return int(number) if found.type == "integer" else float(number)

    def _text(self, keys: dict[str, Any]) -> Any:
        digit = self._random.randrange(1, 10)
        form = keys.get("format")
        media = keys.get("contentMediaType")
        is_binary = form == "binary" or (media is not None and "contentEncoding" not in keys)
        if self._is_file and is_binary:
            return b"content of a file %d" % digit
        if "pattern" in keys:
            return self._matching(keys)
        text = f"text {digit}" if form not in _TEXTS else _TEXTS[form].format(digit)
        if form == "byte" or keys.get("contentEncoding") == "base64":
            text = base64.b64encode(text.encode()).decode()
        if len(text) < keys.get("minLength", 0):
            text += "x" * (keys["minLength"] - len(text))
        return text[-keys["maxLength"] :] if keys.get("maxLength", 1000) < len(text) else text

    def _matching(self, keys: dict[str, Any]) -> str:
        least, most = keys.get("minLength", 0), keys.get("maxLength", 200)
        for text in (f"text{self._random.randrange(10)}", f"{self._random.randrange(1, 10)}", "A1"):
            try:
                if re.search(keys["pattern"], text) and least <= len(text) <= most:
                    return text
            except re.error as error:
                raise NoSample(f"its pattern is none of Python: {error}") from None
        strategy = st.from_regex(
            keys["pattern"], alphabet=st.characters(min_codepoint=33, max_codepoint=126)
        )
        options = settings(
            database=None,
            suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
            deadline=None,
            max_examples=200,
            phases=[Phase.generate],
        )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return find(
                    strategy,
                    lambda text: (
                        max(least, 1) <= len(text.rstrip("\n")) <= most and text == text.strip()
                    ),
                    settings=options,
                    random=Random(self._random.randrange(1000)),
                )
        except (HypothesisException, re.error, ValueError, RecursionError) as error:
            raise NoSample(f"no text was found for its pattern: {error}") from None


def _bound(keys: dict[str, Any], word: str, inward: int) -> Any:
    """The smallest, or the largest, number that is allowed; None if there is no such bound."""
    exclusive = keys.get("exclusiveM" + word)
    found, inside = keys.get("m" + word), inward if exclusive is True else 0
    if exclusive is not None and not isinstance(exclusive, bool):
        found, inside = exclusive, inward
    # Some files have it as text.
    return found + inside if isinstance(found, int | float) else None

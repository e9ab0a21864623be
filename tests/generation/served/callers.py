"""Modules that call a generated package, written as its users would write them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.generation.served.described import Operation
from tests.generation.served.expressions import NoExpressionError, expression, members, plain_name
from tests.generation.served.given import Given, fields
from tests.generation.served.meaning import meaning

_HEAD = '''"""Calls of a generated package."""

# ruff: noqa
import datetime
import io
import uuid

from matillion_api import Client, models, types
from matillion_api.api import Resources
'''


class NotCallable(Exception):  # noqa: N818 - it is what is wrong with a package
    """The signature of a method does not take what the file allows."""


@dataclass(frozen=True)
class Method:
    """A method of the package, or the plain function of its operation."""

    name: str
    """On the client, such as ``jobs.list``; of the function in its module."""
    function: Any
    result: Any
    """What it returns, as it is annotated; without what a detailed response has beside it."""
    module: str
    """Of the plain functions."""
    is_plain: bool = False

    def plain(self, name: str) -> Method:
        """One of the plain functions."""
        functions = importlib.import_module(self.module)
        result = typing.get_type_hints(functions.asyncio).get("return")
        return Method(name, getattr(functions, name), result, self.module, is_plain=True)

    @property
    def is_listing(self) -> bool:
        """Whether it can be walked."""
        return getattr(typing.get_origin(self.result), "__name__", "") == "Listing"


def methods() -> dict[tuple[str, str], list[Method]]:
    """The methods of the package that is imported, by method and path of the API."""
    api = importlib.import_module("matillion_api.api")
    found: dict[tuple[str, str], list[Method]] = {}
    for group, prop in vars(api.Resources).items():
        if not hasattr(prop, "func"):
            continue
        owner = type(getattr(api.Resources(None), group))
        package = importlib.import_module(owner.__module__)
        for module in pkgutil.iter_modules(package.__path__):
            plain = f"{owner.__module__}.{module.name}"
            made = importlib.import_module(plain).OPERATION
            name = made.id.rpartition(".")[2]
            function = getattr(owner, name)
            hints = typing.get_type_hints(function)
            method = Method(f"{group}.{name}", function, hints.get("return"), plain)
            found.setdefault((made.method.lower(), made.path), []).append(method)
    return found


def method_of(operation: Operation, known: dict[tuple[str, str], list[Method]]) -> Method | None:
    """The method that calls an operation; None where it was left out, or where two have one path."""
    found = known.get((operation.method, re.split("[?#]", operation.path)[0]), [])
    return found[0] if len(found) == 1 else None


def call(method: Method, values: Given) -> str:
    """The expression of a call, such as ``client.jobs.get("a")`` or ``asyncio("a", client=client)``.

    Parameters that may be absent, and have no argument, are taken out of what is given.

    Raises:
        NotCallable: the signature does not take what is given.
    """
    parameters = dict(inspect.signature(method.function).parameters)
    del parameters["client" if method.is_plain else "self"]
    hints = typing.get_type_hints(method.function)
    names = list(parameters)
    optional = {(p.location, p.name) for p in values.operation.parameters if not p.required}
    written: list[str] = []
    for place, name, value in _in_order(values, names):
        taken = _argument(place, name, names)
        if taken is None and (place, name) in optional:
            del values.values[place, name]
            continue
        if taken is None and place == "body" and _is_constant(values, name):
            continue
        if taken is None:
            raise NotCallable(f"no argument for {place} {name}")
        names.remove(taken)
        # What may be anything is text in a path, a header or a cookie.
        kinds = {getattr(each, "__name__", "") for each in members(hints[taken])}
        is_list = kinds == {"Sequence"} and str in members(typing.get_args(hints[taken])[0])
        is_text = (kinds <= {"str", "Unset"} and place in ("path", "header", "cookie")) or (
            place == "path" and is_list
        )
        given = _path_text(value) if is_text else value
        try:
            text = expression(given, hints[taken])
        except NoExpressionError as error:
            raise NotCallable(f"{taken}: {error}") from None
        is_positional = parameters[taken].kind is not inspect.Parameter.KEYWORD_ONLY
        written.append(text if is_positional else f"{taken}={text}")
    missing = [name for name in names if parameters[name].default is inspect.Parameter.empty]
    if missing:
        raise NotCallable(f"it wants {', '.join(missing)}, which the file does not")
    if method.is_plain:
        return f"{method.name}({', '.join([*written, 'client=client'])})"
    return f"client.{method.name}({', '.join(written)})"


def _is_constant(values: Given, name: str) -> bool:
    """Whether a field of a body has one value only, which is sent whoever calls."""
    assert values.media is not None
    assert values.media.schema is not None
    stated = meaning(values.media.schema).properties
    return name in stated and "const" in meaning(stated[name]).keys


def _in_order(values: Given, names: list[str]) -> Iterator[tuple[str, str, Any]]:
    """What is given, with its place: the path first, as it stands there, then the body, then the rest."""
    given = dict(values.values)
    for name in dict.fromkeys(re.findall(r"\{([^{}]*)\}", values.operation.path)):
        if ("path", name) in given:
            yield "path", name, given.pop(("path", name))
    if values.media is not None:
        stated = fields(values.media.schema)
        if isinstance(values.body, dict) and _is_flat(values, stated, names):
            for name, value in values.body.items():
                yield "body", name, value
        else:
            yield "body", "body", values.body
    for (place, name), value in given.items():
        if isinstance(value, dict) and _argument(place, name, names) is None:
            # Each of its fields is a parameter in the query, unless it is left out.
            known = [field for field in value if _argument(place, field, names) is not None]
            if known:
                yield from ((place, field, value[field]) for field in value)
            else:
                yield place, name, value
        else:
            yield place, name, value


def _is_flat(values: Given, stated: list[str], names: list[str]) -> bool:
    """Whether the fields of a body are arguments: there is no other one for it."""
    if "body" not in names:
        return True
    others = {plain_name(name) for _, name in values.values}
    is_json = values.media is not None and values.media.is_json
    found = [_argument("body", name, names) for name in stated]
    return is_json and "body" in stated and "body" not in others and None not in found


def _argument(place: str, name: str, names: list[str]) -> str | None:
    """The argument for a parameter of the API: its own name, or that with its place or a number after it."""
    plain = plain_name(name)
    if place == "path":
        positions = {plain, plain.removesuffix("id")}
        found = next((each for each in names if plain_name(each) in positions), None)
        if found is not None:
            return found
    for form in (plain, plain + place, f"field{plain}"):
        for each in names:
            if plain_name(each) == form:
                return each
    return next(
        (
            each
            for each in names
            if re.fullmatch(f"{re.escape(plain)}({place})?[0-9]+", plain_name(each))
        ),
        None,
    )


def _path_text(value: Any) -> Any:
    """What may be anything, as the text that stands for it."""
    if isinstance(value, list):
        return [_path_text(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, dict) else str(value)


def module(calls: list[tuple[str, Method]]) -> str:
    """The text of a module with a function for each call."""
    parts = [_HEAD]
    for index, (text, method) in enumerate(calls):
        client = "Client" if method.is_plain else "Resources"
        if method.is_plain:
            parts.append(f"\n\nimport {method.module} as plain_{index}")
            text = f"plain_{index}.{text}"
        if method.name == "asyncio_detailed":
            body, result = f"    return (await {text}).parsed", "object"
        elif method.result in (None, type(None)):
            body, result = f"    await {text}", "None"
        else:
            body, result = f"    return await {text}", "object"
        parts.append(f"\n\nasync def call_{index}(client: {client}) -> {result}:\n{body}\n")
    return "".join(parts)

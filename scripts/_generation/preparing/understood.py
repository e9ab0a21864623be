"""What openapi-python-client understands of a prepared document, and the operations that it does not."""

from __future__ import annotations

import json
import re
from copy import copy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser import openapi as parser
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import model_property

from scripts._generation.preparing.shapes import reached

Request = tuple[str, str]
"""Path and method, as they are prepared."""
_ROUNDS = 20


class Unable(Exception):  # noqa: N818 - what it says is told as a finding
    """There is nothing left to generate from."""


def config_of(settings: Path, output: Path) -> Config:
    """The generator's configuration, from the folder that has ``generator.yaml``."""
    config_file = ConfigFile.load_from_path(settings / "generator.yaml")
    return Config.from_sources(config_file, MetaType.NONE, output, "utf-8", True, output)


def understood(
    document: dict[str, Any], config: Config, left_out: dict[Request, str]
) -> GeneratorData:
    """What the generator makes of a document, from which the operations that it does not understand are taken out.

    Args:
        document: is changed.
        config: of the generator.
        left_out: takes these operations, and why.

    Raises:
        Unable: it understands none.
    """
    for _ in range(_ROUNDS):
        drop_unused(document)
        data, wrong = _parsed(document, config)
        if not wrong and data is not None:
            return data
        if not wrong:
            raise Unable("nothing can be generated from it")
        leave_out(document, wrong, left_out)
    raise Unable(f"too many of its operations cannot be generated: {next(iter(left_out.values()))}")


def not_understood(document: dict[str, Any], settings: Path) -> list[tuple[str, str, str]]:
    """The operations that the generator does not understand, as path, method and why.

    Args:
        document: as it is prepared; it is not changed.
        settings: the folder with ``generator.yaml``.
    """
    left_out: dict[Request, str] = {}
    copied = json.loads(json.dumps(document))
    try:
        if document["paths"]:
            understood(copied, config_of(settings, settings), left_out)
    except Unable as error:
        left_out = {request: str(error) for request in requests_of(document)} | left_out
    return [(*request, reason) for request, reason in left_out.items()]


def leave_out(
    document: dict[str, Any], wrong: dict[Request, str], left_out: dict[Request, str]
) -> None:
    """Take operations out of a document.

    Raises:
        Unable: none is left.
    """
    left_out |= wrong
    for path, method in wrong:
        document["paths"][path].pop(method, None)
    document["paths"] = {path: item for path, item in document["paths"].items() if item}
    if not document["paths"]:
        raise Unable(f"nothing can be generated: {next(iter(left_out.values()))}")


def requests_of(document: dict[str, Any]) -> list[Request]:
    return [(path, method) for path, item in document["paths"].items() for method in item]


def drop_unused(document: dict[str, Any]) -> None:
    """Leave out the schemas that no operation reaches."""
    schemas = document["components"]["schemas"]
    used = reached(document["paths"], schemas)
    document["components"]["schemas"] = {name: schemas[name] for name in schemas if name in used}


def _parsed(
    document: dict[str, Any], config: Config
) -> tuple[GeneratorData | None, dict[Request, str]]:
    """What the generator understands of a document, and the operations that it does not."""
    try:
        # It copies all models of an operation to put the parameters of its path in order.
        # And it knows no parameters in the path but in ASCII. It refuses fields whose names are one in Python, which have
        # others by ``x-names``.
        with (
            patch.object(parser, "deepcopy", copy),
            patch.object(model_property, "_resolve_naming_conflict", lambda *_: None),
            patch.object(parser, "_PATH_PARAM_REGEX", re.compile(r"{([^{}]+)}")),
        ):
            data = GeneratorData.from_dict(document, config=config)
    except Exception as error:  # noqa: BLE001 - whatever the generator stumbles over is told of the operation
        return None, _blamed(document, config, f"{type(error).__name__}: {error}")
    if isinstance(data, GeneratorError):
        return None, _blamed(document, config, _line(data))
    wrong: dict[Request, str] = {}
    for collection in data.endpoint_collections_by_tag.values():
        for problem in collection.parse_errors:
            match = re.match(r"\s*WARNING parsing (\S+) (.*) within ", problem.header)
            if match:
                wrong.setdefault((match[2], match[1].lower()), _line(problem, with_header=False))
    if data.errors and not wrong:
        return None, _blamed(document, config, _line(data.errors[0]))
    reasons = "; ".join(dict.fromkeys(_line(error) for error in data.errors[:3]))
    return data, {
        request: f"{reason} ({reasons})" if reasons else reason for request, reason in wrong.items()
    }


def _blamed(document: dict[str, Any], config: Config, reason: str) -> dict[Request, str]:
    """The operations at which the generator stops, found by halving."""
    requests = requests_of(document)
    if len(requests) <= 1:
        return dict.fromkeys(requests, reason)
    middle = len(requests) // 2
    found: dict[Request, str] = {}
    for half in (requests[:middle], requests[middle:]):
        part = _only(document, half)
        _, wrong = _parsed(part, config)
        found |= wrong
    return found or dict.fromkeys(requests[-1:], reason)


def _only(document: dict[str, Any], requests: list[Request]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for path, method in requests:
        paths.setdefault(path, {})[method] = document["paths"][path][method]
    part = {**document, "paths": paths, "components": dict(document["components"])}
    drop_unused(part)
    return part


def _line(error: GeneratorError, *, with_header: bool = True) -> str:
    parts = [error.header if with_header else "", error.detail or ""]
    text = re.sub(
        r"<openapi_python_client\S+ object at \w+>|Failure to process .*",
        "",
        " ".join(parts),
        flags=re.DOTALL,
    )
    return " ".join(text.split())[:500]

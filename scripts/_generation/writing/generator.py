"""Run openapi-python-client on a prepared document; what it cannot generate is left out, and it is run again without."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from copy import copy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jinja2 import FileSystemBytecodeCache, Template, TemplateError
from jinja2.bccache import Bucket
from openapi_python_client import Project, strings
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser import openapi as parser
from openapi_python_client.parser.errors import GeneratorError

from scripts._generation.digest import CACHE, of_tools
from scripts._generation.progress import Progress

_ROUNDS = 20
_SCHEMA = "#/components/schemas/"
Request = tuple[str, str]
"""Path and method."""


class Unable(Exception):  # noqa: N818 - what it says is told as a finding
    """There is nothing left to generate from."""


def run(
    document: dict[str, Any], output: Path, settings: Path, progress: Progress | None = None
) -> dict[Request, str]:
    """Write the package, and return what was left out of it and why.

    Raises:
        Unable: no package can be made.
    """
    config_file = ConfigFile.load_from_path(settings / "generator.yaml")
    config = Config.from_sources(config_file, MetaType.NONE, output, "utf-8", True, output)
    left_out: dict[Request, str] = {}
    for _ in range(_ROUNDS):
        drop_unused(document)
        data, wrong = _parsed(document, config)
        if not wrong and data is not None:
            project = _project(data, config, settings / "templates")
            _count_templates(project, progress or Progress())
            wrong = _written(project)
            if not wrong:
                return left_out
        if not wrong:
            raise Unable("nothing can be generated from it")
        left_out |= wrong
        for path, method in wrong:
            document["paths"][path].pop(method, None)
        document["paths"] = {path: item for path, item in document["paths"].items() if item}
        if not document["paths"]:
            raise Unable(f"nothing can be generated: {next(iter(left_out.values()))}")
    raise Unable(f"too many of its operations cannot be generated: {next(iter(left_out.values()))}")


def _project(data: GeneratorData, config: Config, templates: Path) -> Project:
    project = Project(openapi=data, config=config, custom_template_path=templates)
    # Reading the templates would take as long as filling them in. What is kept is theirs by the digest of their text.
    kept = CACHE / f"templates-{of_tools()}"
    if not kept.is_dir():
        for old in CACHE.glob("templates-*"):
            shutil.rmtree(old, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
    project.env.bytecode_cache = KeptTemplates(str(kept))
    return project


class KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in a folder, which another run with other templates may take away at any time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if there still is a place for it."""
        with contextlib.suppress(FileNotFoundError):
            super().dump_bytecode(bucket)


def _count_templates(project: Project, progress: Progress) -> None:
    """Tell of each file that is written from a template."""
    data = project.openapi
    collections = data.endpoint_collections_by_tag.values()
    total = len([*data.models, *data.enums]) + sum(len(each.endpoints) for each in collections)
    done = 0

    class Counted(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            nonlocal done
            done += 1
            if done <= total:  # there are a few more, of which it is not known how many
                progress.count("files written", done, total)
            return super().render(*args, **kwargs)

    project.env.template_class = Counted


def requests_of(document: dict[str, Any]) -> list[Request]:
    return [(path, method) for path, item in document["paths"].items() for method in item]


def drop_unused(document: dict[str, Any]) -> None:
    """Leave out the schemas that no operation reaches."""
    schemas = document["components"]["schemas"]
    used = reached(document["paths"], schemas)
    document["components"]["schemas"] = {name: schemas[name] for name in schemas if name in used}


def reached(top: Any, schemas: dict[str, Any]) -> set[str]:
    """The names of the schemas that are reached from a place."""
    used: set[str] = set()
    pending = [top]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                name = reference.removeprefix(_SCHEMA)
                if name in schemas and name not in used:
                    used.add(name)
                    pending.append(schemas[name])
            pending.extend(
                value for key, value in node.items() if key not in ("example", "x-operation")
            )
    return used


def _parsed(
    document: dict[str, Any], config: Config
) -> tuple[GeneratorData | None, dict[Request, str]]:
    """What the generator understands of a document, and the operations that it does not."""
    try:
        # It copies all models of an operation to put the parameters of its path in order.
        with patch.object(parser, "deepcopy", copy):
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


def _written(project: Project) -> dict[Request, str]:
    """Write the package; the operations whose code cannot be written, or is none."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints where it writes
            project.build()
    except (TemplateError, LookupError, TypeError, ValueError, AttributeError) as error:
        return _unwritable(project) or _all_but_nothing(project, error)
    wrong: dict[Request, str] = {}
    for endpoint, path in _modules(project):
        reason = _reason_not_code(path.read_text(encoding="utf-8"))
        if reason:
            wrong[_request(endpoint)] = reason
    return wrong


def _all_but_nothing(project: Project, error: Exception) -> dict[Request, str]:
    raise Unable(f"the generator stopped: {type(error).__name__}: {error}") from None


def _unwritable(project: Project) -> dict[Request, str]:
    template = project.env.get_template("endpoint_module.py.jinja")
    wrong: dict[Request, str] = {}
    for endpoint, _ in _modules(project):
        try:
            template.render(endpoint=endpoint)
        except Exception as error:  # noqa: BLE001 - of any kind that templates raise
            wrong[_request(endpoint)] = f"{type(error).__name__}: {error}"
    return wrong


def _modules(project: Project) -> list[tuple[Any, Path]]:
    folder = project.package_dir / "api"
    return [
        (
            endpoint,
            folder
            / tag
            / f"{strings.PythonIdentifier(endpoint.name, project.config.field_prefix)}.py",
        )
        for tag, collection in project.openapi.endpoint_collections_by_tag.items()
        for endpoint in collection.endpoints
    ]


def _request(endpoint: Any) -> Request:
    facts = endpoint.responses.patterns[0].data.model_extra["x-operation"]
    return facts["prepared_path"], endpoint.method


def _reason_not_code(text: str) -> str:
    try:
        compile(text, "generated", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"what would be generated is no code: {error}"
    return ""


def _line(error: GeneratorError, *, with_header: bool = True) -> str:
    parts = [error.header if with_header else "", error.detail or ""]
    text = re.sub(
        r"<openapi_python_client\S+ object at \w+>|Failure to process .*",
        "",
        " ".join(parts),
        flags=re.DOTALL,
    )
    return " ".join(text.split())[:500]

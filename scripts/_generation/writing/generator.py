"""Run openapi-python-client on a prepared document; what it cannot generate is left out, and it is run again without."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, Template, TemplateError
from jinja2.bccache import Bucket
from openapi_python_client import Project, strings
from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData

from scripts._generation.digest import CACHE, of_tools
from scripts._generation.preparing.understood import (
    Request,
    Unable,
    config_of,
    leave_out,
    understood,
)
from scripts._generation.progress import Progress


def run(
    document: dict[str, Any], output: Path, settings: Path, progress: Progress | None = None
) -> dict[Request, str]:
    """Write the package, and return what was left out of it and why.

    Raises:
        Unable: no package can be made.
    """
    config = config_of(settings, output)
    left_out: dict[Request, str] = {}
    while True:  # each time with fewer operations
        data = understood(document, config, left_out)
        project = _project(data, config, settings / "templates")
        _count_templates(project, progress or Progress())
        wrong = _written(project)
        if not wrong:
            return left_out
        leave_out(document, wrong, left_out)


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

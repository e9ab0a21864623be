# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the API, by group."""

from functools import cached_property
from typing import TYPE_CHECKING

from ..types import Session

if TYPE_CHECKING:
    from .artifacts import Artifacts
    from .environments import Environments
    from .projects import Projects
    from .schedules import Schedules
    from .shared_pipelines import SharedPipelines


class Resources:
    """The groups of the API as attributes; each is imported when it is first used."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def artifacts(self) -> "Artifacts":
        from .artifacts import Artifacts

        return Artifacts(self._session)

    @cached_property
    def environments(self) -> "Environments":
        from .environments import Environments

        return Environments(self._session)

    @cached_property
    def projects(self) -> "Projects":
        from .projects import Projects

        return Projects(self._session)

    @cached_property
    def schedules(self) -> "Schedules":
        from .schedules import Schedules

        return Schedules(self._session)

    @cached_property
    def shared_pipelines(self) -> "SharedPipelines":
        from .shared_pipelines import SharedPipelines

        return SharedPipelines(self._session)

# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the API, by group."""

from functools import cached_property
from typing import TYPE_CHECKING

from ..types import Session

if TYPE_CHECKING:
    from .audit import Audit
    from .connectors import Connectors
    from .consumption import Consumption
    from .directory_integration import DirectoryIntegration
    from .environments import Environments
    from .lineage import Lineage
    from .projects import Projects
    from .test_executions import TestExecutions


class Resources:
    """The groups of the API as attributes; each is imported when it is first used."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def audit(self) -> "Audit":
        from .audit import Audit

        return Audit(self._session)

    @cached_property
    def connectors(self) -> "Connectors":
        from .connectors import Connectors

        return Connectors(self._session)

    @cached_property
    def consumption(self) -> "Consumption":
        from .consumption import Consumption

        return Consumption(self._session)

    @cached_property
    def directory_integration(self) -> "DirectoryIntegration":
        from .directory_integration import DirectoryIntegration

        return DirectoryIntegration(self._session)

    @cached_property
    def environments(self) -> "Environments":
        from .environments import Environments

        return Environments(self._session)

    @cached_property
    def lineage(self) -> "Lineage":
        from .lineage import Lineage

        return Lineage(self._session)

    @cached_property
    def projects(self) -> "Projects":
        from .projects import Projects

        return Projects(self._session)

    @cached_property
    def test_executions(self) -> "TestExecutions":
        from .test_executions import TestExecutions

        return TestExecutions(self._session)
